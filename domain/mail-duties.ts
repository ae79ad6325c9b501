/**
 * What each kind of mail is to whom it goes. A `duty` asks for something, or sets, moves or ends what is owed: it is part
 * of the supervision the plan lays down, and nobody can unsubscribe from it. `optional` only tells what the pages show
 * anyway; of that whoever gets it may want no more.
 */
export const MAIL_DUTIES = {
  launched: 'duty', // 签收
  'due-soon': 'duty',
  'sign-asked': 'duty',
  'sign-due': 'duty',
  overdue: 'duty',
  'overdue-warning': 'duty',
  returned: 'duty',
  'due-moved': 'duty',
  'extension-asked': 'duty',
  'extension-decided': 'duty',
  exempted: 'duty', // A decision that has to reach whom it is about.
  urged: 'duty',
  'review-asked': 'duty',
  'review-handed-on': 'duty',
  'correction-proposed': 'duty',
  'talk-proposed': 'duty',
  'bulletin-proposed': 'duty',
  'period-over': 'duty', // It asks the administrator to wind up.
  accepted: 'optional',
  result: 'optional',
} as const;

/** Whether a person may do without mails of a kind; one that is not in the table is a duty. */
export function isOptional(kind: string): boolean {
  return (MAIL_DUTIES as Record<string, string>)[kind] === 'optional';
}
