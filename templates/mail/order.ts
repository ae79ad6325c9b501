import { daysBetween, type LocalDate } from '../../domain/time';
import { MAIL_KINDS, type MailKind, mailKind } from './kinds';
import type { LetterReason } from './letter';

/** Kinds that ask for something by the day in `data.due`. */
const DATED: readonly MailKind[] = ['due-soon', 'sign-due', 'sign-asked', 'returned', 'urged', 'extension-asked'];
/** Kinds whose title names the day, so each day has a section. */
const BY_DAY: readonly MailKind[] = ['due-soon', 'sign-due'];

const RANK: Partial<Record<MailKind, number>> = {
  'overdue-warning': 0,
  overdue: 1,
  'talk-proposed': 1,
  'bulletin-proposed': 1,
  // 2: due today or before; 3: dated, the soonest first.
  'correction-proposed': 4,
  'review-handed-on': 4,
  'review-asked': 4,
  launched: 5,
};
/** News that asks for nothing. */
const LAST = 6;

/**
 * The reasons of a letter as its sections, the most urgent first: overdue warnings, overdue, due today, then by day;
 * within a section by day too. Same kind (and, for reminders, same day) is one section, however many units.
 */
export function sectionsOf(reasons: LetterReason[], today: LocalDate): LetterReason[][] {
  const sorted = newest(reasons).sort((a, b) => compare(urgency(a, today), urgency(b, today)));
  const sections = new Map<string, LetterReason[]>();
  for (const reason of sorted) {
    const kind = mailKind(reason.kind);
    const key = BY_DAY.includes(kind) ? `${kind} ${dueOf(reason)}` : kind;
    sections.set(key, [...(sections.get(key) ?? []), reason]);
  }
  return [...sections.values()];
}

/** Whoever is both filer and head gets the same word twice; the latest of the same is enough. */
function newest(reasons: LetterReason[]): LetterReason[] {
  const latest = new Map<string, LetterReason>();
  for (const reason of reasons) {
    const key = `${reason.kind} ${reason.case} ${reason.obligation?.code ?? ''}`;
    const known = latest.get(key);
    if (!known || known.at <= reason.at) latest.set(key, reason);
  }
  return [...latest.values()];
}

/** Rank, days left, and the place of the kind in the list; smaller is more urgent. */
function urgency(reason: LetterReason, today: LocalDate): [number, number, number] {
  const kind = mailKind(reason.kind);
  const due = dueOf(reason);
  const days = due === undefined ? 0 : daysBetween(today, due);
  const dated = due !== undefined && DATED.includes(kind);
  const rank = dated ? (days <= 0 ? 2 : 3) : (RANK[kind] ?? LAST);
  return [rank, days, MAIL_KINDS.indexOf(kind)];
}

function compare(a: number[], b: number[]): number {
  for (const [place, value] of a.entries()) if (value !== b[place]) return value - b[place]!;
  return 0;
}

export function dueOf(reason: LetterReason): LocalDate | undefined {
  return reason.data.due as LocalDate | undefined;
}
