import { addWorkingDays, at, type Calendar, isWorkingDay } from './calendar';
import type { LadderStep, ObligationPlan, Plan } from './plan';
import { calendarOf, endOf, type Occurrence, occurrences, startOf } from './plan-dates';
import { addDays, type Instant, type LocalDate } from './time';

/** In the order in which they are told where several fall on one day. */
const KINDS = ['start', 'reminder', 'rung', 'due', 'end'] as const;

/** One date of a campaign. */
export interface PlanDate {
  kind: (typeof KINDS)[number];
  date: LocalDate;
  working: boolean;
  /** False in a year whose statutory days off nobody has published yet: only weekends are off. */
  published: boolean;
  /** When on that day a mail goes out, for reminders and rungs. */
  moment?: Instant;
  /** The duty it is about; absent for start and end. */
  duty?: { code: string; obligation: ObligationPlan };
  /** Of a reminder: 0 is the due day itself. */
  daysBefore?: number;
  /** Of a reminder on the first day: a campaign launched later than its hour drops it. */
  onStart?: boolean;
  /** Of a rung: which, from 1. It is taken only where the duty was missed. */
  rung?: LadderStep & { number: number };
}

/**
 * Every date of a campaign, in order of time, as a unit has them that takes part from the first day and owes everything.
 * Reminders count calendar days and do not shift; rungs count working days after the due day. A reminder before the
 * start is dropped, as in the case.
 * @throws Error for a template without a start.
 */
export function planCalendar(plan: Plan): PlanDate[] {
  const calendar = calendarOf(plan);
  const day = (kind: PlanDate['kind'], date: LocalDate): PlanDate => ({
    kind,
    date,
    working: isWorkingDay(calendar, date),
    published: calendar.publishedYears.includes(Number(date.slice(0, 4))),
  });
  const dates = [day('start', startOf(plan)), day('end', endOf(plan))];
  for (const obligation of plan.obligations) {
    for (const turn of occurrences(obligation, plan)) {
      const duty = { code: turn.code, obligation };
      dates.push({ ...day('due', turn.due), duty });
      for (const { date, ...of } of [
        ...remindersOf(plan, obligation, turn),
        ...rungsOf(plan, calendar, obligation, turn),
      ]) {
        const kind = of.rung ? 'rung' : 'reminder';
        dates.push({ ...day(kind, date), ...of, moment: at(calendar, date, plan.post.digestAt), duty });
      }
    }
  }
  return dates.sort(inOrder);
}

/** Days of a calendar's dates in years that are not published. */
export function unpublishedYears(dates: PlanDate[]): number[] {
  return [...new Set(dates.filter(({ published }) => !published).map(({ date }) => Number(date.slice(0, 4))))].sort();
}

type Mailed = Pick<PlanDate, 'date' | 'daysBefore' | 'onStart' | 'rung'>;

function remindersOf(plan: Plan, { remindDaysBefore }: ObligationPlan, { due }: Occurrence): Mailed[] {
  return remindDaysBefore
    .map((daysBefore) => ({ date: addDays(due, -daysBefore), daysBefore }))
    .filter(({ date }) => date >= startOf(plan))
    .map((one) => (one.date === startOf(plan) ? { ...one, onStart: true } : one));
}

function rungsOf(plan: Plan, calendar: Calendar, obligation: ObligationPlan, { due }: Occurrence): Mailed[] {
  const steps = plan.ladders.find(({ code }) => code === obligation.ladder)?.steps ?? [];
  return steps.map((step, index) => ({
    date: addWorkingDays(calendar, due, step.afterWorkingDays),
    rung: { ...step, number: index + 1 },
  }));
}

function inOrder(a: PlanDate, b: PlanDate): number {
  return (
    a.date.localeCompare(b.date) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    (a.duty?.code ?? '').localeCompare(b.duty?.code ?? '')
  );
}
