import type { MailReason } from '../case';
import { targetOf } from './schedule';
import { isOwed, type ObligationState } from './state';

/** Whether a reason to write about an obligation still holds: what it waited for has not come, the day is the same. */
export function reasonHolds(obligation: ObligationState, reason: MailReason): boolean {
  return WHILE[reason.kind]?.(obligation, reason) ?? true;
}

/** While each reason to write still holds; a kind that is not named always does. */
const WHILE: Record<string, (obligation: ObligationState, reason: MailReason) => boolean> = {
  'due-soon': (one, reason) => (one.status === 'pending' || one.status === 'returned') && sameDay(one, reason),
  'sign-asked': (one) => one.status === 'filed',
  'sign-due': (one, reason) => one.status === 'filed' && sameDay(one, reason),
  overdue: (one, reason) => isOwed(one.status) && sameDay(one, reason),
  'overdue-warning': (one, reason) => isOwed(one.status) && sameDay(one, reason),
  'talk-proposed': (one) => one.proposals.some((made) => made.measure === 'talk' && made.status === 'open'),
  'bulletin-proposed': (one) => one.proposals.some((made) => made.measure === 'bulletin' && made.status === 'open'),
  'review-asked': (one) => one.status === 'signed' || one.status === 'under-review',
  'review-handed-on': (one) => one.approval !== undefined && !isOwed(one.status) && one.status !== 'accepted',
  'correction-proposed': (one) => one.status === 'correcting',
  returned: (one, reason) => one.status === 'returned' && sameDay(one, reason),
  accepted: (one) => one.status === 'accepted',
  'extension-asked': (one) => one.extension !== undefined,
  'due-moved': (one, reason) => isOwed(one.status) && sameDay(one, reason),
  urged: (one) => isOwed(one.status),
  exempted: (one) => one.status === 'exempt',
};

function sameDay(one: ObligationState, reason: MailReason): boolean {
  return reason.data.due === targetOf(one);
}
