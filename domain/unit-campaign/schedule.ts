import { addWorkingDays } from '../calendar';
import type { LadderStep } from '../plan';
import { morningOf, slotOf } from '../spread';
import { addDays, dateOf, endOfDay, type Instant, type LocalDate, laterDay } from '../time';
import {
  type Duty,
  dutyOf,
  isOpenTalk,
  isOwed,
  type LadderPlace,
  type ObligationState,
  type Proposal,
  type UnitTerms,
} from './state';

/** The day that is waited for: that of the latest return, else the due day. */
export function targetOf(obligation: ObligationState): LocalDate {
  return obligation.redo ?? obligation.due;
}

/** An obligation nobody has answered yet. `from`: when the duty opened; what would have been before is dropped. */
export function freshObligation(terms: UnitTerms, unit: string, duty: Duty, from: Instant): ObligationState {
  const blank: ObligationState = {
    code: duty.code,
    status: 'pending',
    due: duty.due,
    dueAt: 0,
    missed: false,
    reminders: [],
    ladder: { step: 0, base: duty.due, from: 0 },
    proposals: [],
    versions: 0,
  };
  return { ...blank, ...newTarget(terms, unit, blank, from, 0) };
}

/**
 * All clocks of an obligation for the day it now waits for.
 * @param step rung of the ladder already reached: kept by a return, 0 after a moved date.
 */
export function newTarget(
  terms: UnitTerms,
  unit: string,
  obligation: ObligationState,
  from: Instant,
  step: number,
): Pick<ObligationState, 'dueAt' | 'missed' | 'reminders' | 'ladder'> {
  const duty = dutyOf(terms, obligation.code);
  const target = targetOf(obligation);
  const reminders = duty.remindDaysBefore
    .map((days) => ({ days, at: morning(terms, unit, addDays(target, -days)) }))
    .filter((reminder) => reminder.at > from)
    .sort((a, b) => a.at - b.at);
  return {
    dueAt: endOfDay(target, terms.calendar.zone),
    missed: false,
    reminders,
    ladder: standingOn(terms, unit, obligation, step, target),
  };
}

/**
 * A place on the ladder whose working days count from `base`. The rungs behind it stay behind: the
 * gap to the next is what the plan has between the two.
 */
function standingOn(
  terms: UnitTerms,
  unit: string,
  obligation: ObligationState,
  step: number,
  base: LocalDate,
): LadderPlace {
  // A date that was moved starts the ladder anew and with it withdraws what was proposed.
  const proposals = step === 0 ? [] : obligation.proposals;
  const place = { step, base, from: step };
  return { ...place, nextAt: nextRungAt(terms, unit, obligation.code, place, proposals) };
}

/** When the next rung comes; undefined at the top, and for a bulletin whose talk is not settled yet. */
export function nextRungAt(
  terms: UnitTerms,
  unit: string,
  code: string,
  place: LadderPlace,
  proposals: Proposal[],
): Instant | undefined {
  const rungs = ladderOf(terms, code);
  const rung = rungs[place.step];
  if (!rung) return undefined;
  // `settleTalk` sets the clock again.
  if (rung.act === 'propose-bulletin' && proposals.some(isOpenTalk)) return undefined;
  const behind = rungs[place.from - 1]?.afterWorkingDays ?? 0;
  return morning(terms, unit, addWorkingDays(terms.calendar, place.base, rung.afterWorkingDays - behind));
}

export function ladderOf(terms: UnitTerms, code: string): LadderStep[] {
  const name = dutyOf(terms, code).ladder;
  return terms.ladders.find((ladder) => ladder.code === name)?.steps ?? [];
}

/**
 * A ladder that was halted goes on when something is taken back. Whoever takes a filing back after the
 * due day has the full gap before the next rung, counted from that day.
 */
export function resumed(terms: UnitTerms, unit: string, obligation: ObligationState, at: Instant): ObligationState {
  const today = dateOf(at, terms.calendar.zone);
  const target = targetOf(obligation);
  const step = obligation.ladder.step;
  return {
    ...obligation,
    reminders: obligation.reminders.filter((reminder) => reminder.at > at),
    ladder: standingOn(terms, unit, obligation, step, laterDay(today, target)),
  };
}

/** Reminders that still mean something: while only the head's signature is missing, those of the last day. */
export function nextReminder(obligation: ObligationState): { days: number; at: Instant } | undefined {
  if (obligation.status === 'filed') return obligation.reminders.find((reminder) => reminder.days <= 1);
  return isOwed(obligation.status) ? obligation.reminders[0] : undefined;
}

function morning(terms: UnitTerms, unit: string, date: LocalDate): Instant {
  return morningOf(terms.calendar, date, terms.digestAt, slotOf(unit));
}
