import type { Finding, ObligationPlan, Plan, SectorCode, Text } from '../plan';
import { dueDate, endOf, type Occurrence, occurrences } from '../plan-dates';
import { addMonths, daysBetween, type LocalDate } from '../time';
import type { UnitKind } from '../unit';

/** What the plan is being checked for. */
export interface AsOf {
  /** True when a campaign is about to start from it: what may be open in a template refuses now. */
  launch: boolean;
  /** How many units there are, where the units themselves are not at hand. */
  unitCount?: number;
  units?: { sectors: SectorCode[]; kind: UnitKind }[];
}

/** What every single check is given. */
export interface Context {
  plan: Plan;
  launch: boolean;
  units?: { sectors: SectorCode[] }[];
  /** False in a template without a start: days are then counted from a start that stands in for it. */
  started: boolean;
  start: LocalDate;
  /** Last day of the campaign. */
  end: LocalDate;
  /** Obligations whose days can be compared: all of them once there is a start. */
  dated: { obligation: ObligationPlan; due: LocalDate; turns: Occurrence[] }[];
  /** How a day is named to people: the date, or the day of the campaign in a template. */
  day(date: LocalDate): Text;
  /** How the last day is named; in a template months have no fixed number of days. */
  lastDay: Text;
}

export type Check = (context: Context) => Finding[];

/** Any day does: what depends on which year it is waits until the plan has a start. */
const STAND_IN_START: LocalDate = '2001-01-01';

export function contextOf(plan: Plan, asOf: AsOf): Context {
  const started = plan.start !== undefined;
  const start = plan.start ?? STAND_IN_START;
  const withStart = { ...plan, start };
  const end = endOf(withStart);
  const comparable = plan.obligations.filter(({ due }) => started || 'afterDays' in due);
  return {
    plan,
    launch: asOf.launch,
    units: asOf.units ?? (asOf.unitCount === 0 ? [] : undefined),
    started,
    start,
    end,
    dated: comparable.map((obligation) => ({
      obligation,
      due: dueDate(obligation.due, start),
      turns: occurrences(obligation, withStart),
    })),
    day: (date) => {
      if (started) return { zh: date, en: date };
      const count = daysBetween(start, date);
      return { zh: `开始后第 ${count} 天`, en: `day ${count} after the start` };
    },
    lastDay: started
      ? { zh: end, en: end }
      : { zh: `满 ${plan.months} 个月之日`, en: `the last day of month ${plan.months}` },
  };
}

/** Something contradictory: it refuses a launch unless the authority waives it with a reason. */
export function error(code: string, place: string, zh: string, en: string): Finding {
  return { code, place, severity: 'error', message: { zh, en } };
}

/** Something people should know before they go on. */
export function warning(code: string, place: string, zh: string, en: string): Finding {
  return { code, place, severity: 'warning', message: { zh, en } };
}

/** A remark on a day before the start that would be right a year later, the commonest slip of the pen. */
export function yearSlip(context: Context, date: LocalDate): Text {
  const later = addMonths(date, 12);
  if (later < context.start || later > context.end) return { zh: '', en: '' };
  return { zh: `，疑为 ${later} 之误`, en: `; perhaps ${later} was meant` };
}
