import type { Calendar } from './calendar';
import type { DueRule, ObligationPlan, Plan, SectorCode } from './plan';
import { addDays, addMonths, type LocalDate } from './time';

/** One thing to hand in: an obligation of the plan, or one turn of an obligation that recurs. */
export interface Occurrence {
  /** Code of the obligation; a turn of a recurring one adds its number: `self-inspection#2`. */
  code: string;
  /** Last day on which it is on time (24:00 of that day in the plan's zone). */
  due: LocalDate;
  /** Which turn of a recurring obligation, counted from 1; absent where it is owed once. */
  occurrence?: number;
}

/**
 * The day the campaign starts.
 * @throws Error for a template, which has no start until somebody gives it one.
 */
export function startOf(plan: Pick<Plan, 'code' | 'start'>): LocalDate {
  if (plan.start === undefined) throw new Error(`plan ${plan.code} has no start yet`);
  return plan.start;
}

/** The last day of the campaign: three months from 9 December end on 8 March. */
export function endOf(plan: Pick<Plan, 'code' | 'start' | 'months'>): LocalDate {
  return addDays(addMonths(startOf(plan), plan.months), -1);
}

/** The day a due rule means in a campaign that starts on `start`. */
export function dueDate(rule: DueRule, start: LocalDate): LocalDate {
  return 'date' in rule ? rule.date : addDays(start, rule.afterDays);
}

/**
 * Everything one obligation asks for, in order of time. What recurs is owed every `everyDays` from
 * its first due day until the end of the campaign; its turns are named `code#1`, `code#2`, …
 * @throws Error for a template without a start.
 */
export function occurrences(
  obligation: Pick<ObligationPlan, 'code' | 'due' | 'everyDays'>,
  plan: Pick<Plan, 'code' | 'start' | 'months'>,
): Occurrence[] {
  const first = dueDate(obligation.due, startOf(plan));
  const step = obligation.everyDays;
  if (step === undefined) return [{ code: obligation.code, due: first }];
  // A step of no days would never reach the end.
  if (!Number.isInteger(step) || step < 1) throw new Error(`${obligation.code}: everyDays must be a whole number >= 1`);
  const end = endOf(plan);
  const turns: Occurrence[] = [];
  for (let due = first; due <= end; due = addDays(due, step)) {
    const occurrence = turns.length + 1;
    turns.push({ code: `${obligation.code}#${occurrence}`, due, occurrence });
  }
  return turns;
}

/** Whether a unit with these sectors owes an obligation; one that names no sector is owed by all. */
export function owes(obligation: Pick<ObligationPlan, 'owedBy'>, unitSectors: readonly SectorCode[]): boolean {
  const { sectors } = obligation.owedBy;
  return sectors.length === 0 || sectors.some((sector) => unitSectors.includes(sector));
}

/** The plan's calendar as cases carry it: one list of days, with the years it is known for. */
export function calendarOf(plan: Pick<Plan, 'zone' | 'calendar'>): Calendar {
  const { source, years } = plan.calendar;
  return {
    zone: plan.zone,
    source,
    publishedYears: years.map(({ year }) => year).sort((a, b) => a - b),
    daysOff: years.flatMap(({ daysOff }) => daysOff).sort(),
    workdays: years.flatMap(({ workdays }) => workdays).sort(),
  };
}
