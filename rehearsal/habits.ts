import { addWorkingDays, workingDayFrom } from '../domain/calendar';
import { addDays, daysBetween, type Instant, type LocalDate, type LocalTime, MINUTE } from '../domain/time';
import { dutyOf, type ObligationState, type UnitCampaignState } from '../domain/unit-campaign/state';
import { dayClock, workingDayUpTo } from './day-clock';
import { dice, oneOf } from './dice';
import type { Persona } from './personas';

/** Half hours at which people in an office get things done. */
const OFFICE_TIMES: LocalTime[] = [
  ...['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
  ...['14:00', '14:30', '15:00', '15:30', '16:00', '16:30'],
];

/** 签收: one to three working days after the start. */
export function acknowledgingTime(state: UnitCampaignState, seed: number): Instant {
  const { start, calendar } = state.terms;
  const days = 1 + Math.floor(dice(seed, state.unit, 'receipt') * 3);
  return onDay(state, addWorkingDays(calendar, start, days), dice(seed, state.unit, 'receipt-time'));
}

/** When the office takes a unit out: in the middle of the campaign, or within a week after. */
export function leavingTime(state: UnitCampaignState, seed: number): Instant {
  const { start, end, calendar } = state.terms;
  const half = Math.floor(daysBetween(start, end) / 2) + Math.floor(dice(seed, state.unit, 'leaving') * 7);
  return dayClock(calendar.zone).at(workingDayFrom(calendar, addDays(start, half)), '11:00');
}

/** When the first version is handed in. */
export function filingTime(
  persona: Persona,
  state: UnitCampaignState,
  obligation: ObligationState,
  seed: number,
): Instant {
  const { calendar, start } = state.terms;
  const { code, due } = obligation;
  const throwOf = (about: string) => dice(seed, state.unit, code, about);
  const recurs = dutyOf(state.terms, code).obligation !== code;
  if (latenessOf(persona, state, code, seed) === 'files-late') {
    const days = 1 + Math.floor(throwOf('late') * (recurs ? 3 : 8));
    return onDay(state, addWorkingDays(calendar, due, days), throwOf('time'));
  }
  const before = recurs ? Math.floor(throwOf('days') * 3) : 1 + Math.floor(throwOf('days') * 6);
  const day = workingDayUpTo(calendar, addDays(due, -before));
  const opening = workingDayFrom(calendar, addDays(start, 1));
  return onDay(state, laterOf(day, opening), throwOf('time'));
}

/** What was sent back is handed in again one or two working days before the new day. */
export function redoingTime(state: UnitCampaignState, obligation: ObligationState, seed: number): Instant {
  const { calendar } = state.terms;
  const { code, redo, due, versions } = obligation;
  const before = 1 + Math.floor(dice(seed, state.unit, code, 'redo', versions) * 2);
  const day = workingDayUpTo(calendar, addDays(redo ?? due, -before));
  return onDay(state, day, dice(seed, state.unit, code, 'redo-time', versions));
}

/** The head signs one to four half-hours after the filing; one who signs late, two to four working days after the due day. */
export function signingTime(
  persona: Persona,
  state: UnitCampaignState,
  obligation: ObligationState,
  seed: number,
): Instant {
  const { code, due, versions, submission } = obligation;
  const throwOf = (about: string) => dice(seed, state.unit, code, about, versions);
  if (versions === 1 && latenessOf(persona, state, code, seed) === 'signs-late') {
    const days = 2 + Math.floor(throwOf('sign-days') * 3);
    return onDay(state, addWorkingDays(state.terms.calendar, due, days), throwOf('sign-time'));
  }
  return submission!.filedAt + (1 + Math.floor(throwOf('sign') * 4)) * 30 * MINUTE;
}

/** Late units are on time with two fifths of it; of the rest some is filed late and some only signed late. */
function latenessOf(
  persona: Persona,
  state: UnitCampaignState,
  code: string,
  seed: number,
): 'on-time' | 'files-late' | 'signs-late' {
  if (persona.kind !== 'late') return 'on-time';
  const throwOf = dice(seed, state.unit, code, 'lateness');
  if (throwOf < 0.4) return 'on-time';
  const needsSignature = dutyOf(state.terms, code).signedByHead && !state.terms.onePerson;
  return throwOf >= 0.8 && needsSignature ? 'signs-late' : 'files-late';
}

function onDay(state: UnitCampaignState, day: LocalDate, throwOf: number): Instant {
  return dayClock(state.terms.calendar.zone).at(day, oneOf(OFFICE_TIMES, throwOf));
}

function laterOf(one: LocalDate, other: LocalDate): LocalDate {
  return [one, other].sort()[1]!;
}
