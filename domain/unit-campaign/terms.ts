import type { Plan, SectorCode } from '../plan';
import { calendarOf, endOf, occurrences, owes, startOf } from '../plan-dates';
import { addDays, dateOf, daysBetween, endOfDay, type Instant, type LocalDate } from '../time';
import type { Unit } from '../unit';
import type { Duty, UnitTerms } from './state';

/**
 * What a plan asks of a unit that comes in at `joinedAt`.
 * @param moves days the campaign has moved since its launch, by duty code.
 */
export function termsFor(
  plan: Plan,
  unit: Pick<Unit, 'sectors' | 'onePerson'>,
  joinedAt: Instant,
  moves: Record<string, { due: LocalDate }> = {},
): UnitTerms {
  const start = startOf(plan);
  const end = endOf(plan);
  const joined = dateOf(joinedAt, plan.zone);
  const duties: Duty[] = plan.obligations
    .filter((obligation) => owes(obligation, unit.sectors))
    .flatMap((obligation) =>
      occurrences(obligation, plan)
        // A turn of self-inspection that was over before the unit came in is nobody's duty.
        .filter((turn) => turn.occurrence === undefined || turn.due >= joined)
        .map((turn) => ({
          code: turn.code,
          obligation: obligation.code,
          due: lateJoinerDay(moves[turn.code]?.due ?? turn.due, start, joined),
          source: obligation.source,
          remindDaysBefore: obligation.remindDaysBefore,
          ladder: obligation.ladder,
          signedByHead: obligation.signedByHead,
          ...(obligation.review !== undefined && { review: obligation.review }),
          sector: deskOf(obligation.owedBy.sectors, unit.sectors),
        })),
    );
  return {
    start,
    end,
    endAt: endOfDay(end, plan.zone),
    calendar: calendarAround(plan, joined, end),
    digestAt: plan.post.digestAt,
    duties,
    ladders: plan.ladders,
    routes: plan.routes,
    onePerson: unit.onePerson,
  };
}

/** A day that has passed when a unit joins gives it as many days as the others had from the start. */
function lateJoinerDay(due: LocalDate, start: LocalDate, joined: LocalDate): LocalDate {
  return due < joined ? addDays(joined, Math.max(1, daysBetween(start, due))) : due;
}

/** The sector whose desk reviews it: the one it is owed for, else the general one. */
function deskOf(owedFor: SectorCode[], unit: SectorCode[]): SectorCode {
  return owedFor.find((sector) => unit.includes(sector)) ?? 'general';
}

/** Only the days a case can come across, so that ten thousand cases do not each carry ten years. */
function calendarAround(plan: Plan, from: LocalDate, end: LocalDate) {
  const calendar = calendarOf(plan);
  const until = addDays(end, 365);
  const near = (day: LocalDate) => day >= from && day <= until;
  return { ...calendar, daysOff: calendar.daysOff.filter(near), workdays: calendar.workdays.filter(near) };
}
