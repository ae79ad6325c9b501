import type { Addressee } from '../domain/case';
import { addDays, type LocalDate } from '../domain/time';
import type { SentMail } from './post-room';
import type { Rehearsal } from './rehearsal';

/** What one person gets; a role and a unit, never a name or an address. */
export interface PersonFigures {
  who: string;
  /** Mails in all. */
  total: number;
  /** Most on one day. */
  peak: number;
  /** Most in any 30 days. */
  inMonth: number;
}

/** `tooMany`: who gets more than one mail on a day, or more in a month than the plan allows. */
export interface MailsPerPerson {
  people: number;
  peakPerDay: number;
  most: PersonFigures[];
  tooMany: (PersonFigures & { why: ('more-than-one-a-day' | 'more-than-the-plan-allows')[] })[];
}

const MOST = 10;
const MONTH = 30;

/** Who gets how many mails, those who get most first. */
export function mailsPerPerson({ mails, units, plan }: Pick<Rehearsal, 'mails' | 'units' | 'plan'>): MailsPerPerson {
  const names = new Map(units.map((unit) => [unit.id, unit.name]));
  const byPerson = new Map<string, SentMail[]>();
  for (const mail of mails) byPerson.set(mail.to, [...(byPerson.get(mail.to) ?? []), mail]);
  const all = [...byPerson.values()]
    .map((own) => figuresOf(own, names))
    .sort((a, b) => b.total - a.total || (a.who < b.who ? -1 : 1));
  const limit = plan.post.mostPerMonth ?? Number.POSITIVE_INFINITY;
  const tooMany = all.flatMap((one) => {
    const why = [
      ...(one.peak > 1 ? (['more-than-one-a-day'] as const) : []),
      ...(one.inMonth > limit ? (['more-than-the-plan-allows'] as const) : []),
    ];
    return why.length > 0 ? [{ ...one, why }] : [];
  });
  return {
    people: all.length,
    peakPerDay: Math.max(0, ...all.map(({ peak }) => peak)),
    most: all.slice(0, MOST),
    tooMany,
  };
}

function figuresOf(mails: SentMail[], names: Map<string, string>): PersonFigures {
  const days = mails.map(({ date }) => date).sort();
  const labels = new Set(mails.flatMap(({ reasons }) => reasons.map(({ to }) => labelOf(to, names))));
  const byDay = new Map<LocalDate, number>();
  for (const day of days) byDay.set(day, (byDay.get(day) ?? 0) + 1);
  return { who: labelled(labels), total: mails.length, peak: Math.max(...byDay.values()), inMonth: mostInMonth(days) };
}

/** @param days in order, one for each mail. */
function mostInMonth(days: LocalDate[]): number {
  let most = 0;
  let first = 0;
  for (const [last, day] of days.entries()) {
    while (addDays(days[first]!, MONTH) <= day) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function labelOf(to: Addressee, names: Map<string, string>): string {
  if ('unit' in to) return `${to.role} of ${names.get(to.unit) ?? 'a unit'}`;
  return [to.role, to.sector, to.nth ? 'stand-in' : ''].filter(Boolean).join(' ');
}

/** A supervising unit gets the mails of many: the first few, and how many more. */
function labelled(labels: Set<string>): string {
  const [first, second, ...rest] = [...labels];
  return [first, second, rest.length > 0 ? `and ${rest.length} more` : undefined].filter(Boolean).join(', ');
}
