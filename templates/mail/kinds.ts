/** Every kind of mail; each has a template per language in `kinds/`. */
export const MAIL_KINDS = [
  'overdue-warning', // 警示
  'overdue', // 提醒, after the day
  'talk-proposed', // 约谈
  'bulletin-proposed', // 通报
  'due-soon', // 提醒, before the day
  'sign-due',
  'returned', // 退回
  'sign-asked',
  'correction-proposed',
  'urged',
  'extension-asked',
  'review-handed-on',
  'review-asked',
  'launched', // 签收
  'due-moved',
  'extension-decided',
  'exempted',
  'accepted',
  'result',
  'period-over',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** Fields of `data` that a reason of a kind may lack; templates ask for them with `#if`, and strict mode must know them. */
export const MAY_LACK: Partial<Record<MailKind, readonly string[]>> = {
  'review-asked': ['reason'],
  'due-moved': ['from', 'reason'],
  'extension-decided': ['to'],
  urged: ['note'],
  result: ['reason'],
};

/** @throws Error for a kind there is no mail for. */
export function mailKind(kind: string): MailKind {
  if ((MAIL_KINDS as readonly string[]).includes(kind)) return kind as MailKind;
  throw new Error(`no mail is called ${kind}`);
}
