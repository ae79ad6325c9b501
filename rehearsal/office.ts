import { type Approval, holderOf } from '../domain/approval';
import { addWorkingDays, type Calendar } from '../domain/calendar';
import type { CampaignMessage, CampaignState } from '../domain/campaign/state';
import type { Actor } from '../domain/case';
import type { StaffRole } from '../domain/plan';
import { MINUTE } from '../domain/time';
import { dutyOf, isOpenTalk, type ObligationState, type UnitCampaignState } from '../domain/unit-campaign/state';
import { dayClock, workingDaysAfter } from './day-clock';
import { dice, fakePerson, oneOf } from './dice';
import type { Act, Persona } from './personas';

/** Working days after the last day on which the office of a rehearsal closes the campaign. */
const CLOSING_DAYS = 10;

/** Working days that a unit has to do again what was sent back. */
const REDO_DAYS = 5;

/** Of a hundred reviews so many lie until they have been handed on. */
const SLOW_DESKS = 2;

/**
 * What the office will do about the campaign itself: close it, ten working days after its end. At a time that is
 * nobody else's, so that who was first is never a question.
 */
export function nextOfficeAct(state: CampaignState, calendar: Calendar): Act<CampaignMessage> | undefined {
  if (state.closed) return undefined;
  const at = dayClock(calendar.zone).at(addWorkingDays(calendar, state.end, CLOSING_DAYS), '16:40');
  const message = { type: 'close', reason: '演练：集中整治结束 / rehearsal: the campaign is over' } as const;
  return { at: Math.max(at, state.lastAt), by: officePerson(state.id, 'admin'), message };
}

/** What the desk and the leader do next about one obligation of a unit. */
export function* officeActs(
  persona: Persona,
  state: UnitCampaignState,
  obligation: ObligationState,
  seed: number,
): Generator<Act> {
  const review = reviewAct(persona, state, obligation, seed);
  if (review) yield review;
  const talk = obligation.proposals.find(isOpenTalk);
  if (!talk) return;
  const outcome = oneOf(['held', 'held', 'held', 'refused', 'rejected'] as const, dice(seed, state.unit, talk.at));
  yield {
    at: workingDaysAfter(state.terms.calendar, talk.at, 3, '15:00'),
    by: officePerson(state.campaign, 'leader'),
    message: { type: 'settle-talk', obligation: obligation.code, outcome, note: '演练 / rehearsal' },
  };
}

/** A desk decides in the morning of the working day after the signature; a few begin the day's reading half an hour before. */
function reviewAct(
  persona: Persona,
  state: UnitCampaignState,
  obligation: ObligationState,
  seed: number,
): Act | undefined {
  const { status, code, approval, submission, versions } = obligation;
  if ((status !== 'signed' && status !== 'under-review') || !approval || !submission) return undefined;
  const { calendar } = state.terms;
  const throwOf = (about: string) => dice(seed, state.unit, code, about, versions);
  const ofStep = approval.decisions.filter((made) => made.step === approval.steps[approval.step]!.code);
  const since = approval.decisions.at(-1)?.at ?? submission.signedAt!;
  const days = throwOf('slow') * 100 < SLOW_DESKS ? 5 : 1;
  const morning = workingDaysAfter(calendar, since, days, throwOf('half') < 0.5 ? '10:00' : '10:30');
  const by = reviewerOf(state, obligation, approval, ofStep.length);

  const readsFirst = throwOf('reads') < 0.3;
  if (readsFirst && status === 'signed') {
    return { at: morning, by, message: { type: 'start-review', obligation: code } };
  }
  const at = readsFirst ? morning + 30 * MINUTE : morning;
  if (isSentBack(persona, state, obligation, seed)) {
    const redo = addWorkingDays(calendar, dayClock(calendar.zone).dateOf(at), REDO_DAYS);
    const reasons = [{ text: '演练：内容不完整，请补充 / rehearsal: incomplete, please add to it' }];
    return { at, by, message: { type: 'return', obligation: code, seen: submission.digest, reasons, redo } };
  }
  return { at, by, message: { type: 'accept', obligation: code, seen: submission.digest } };
}

/** One of the reviewed reports of a unit that is returned once, in its first version. */
function isSentBack(persona: Persona, state: UnitCampaignState, obligation: ObligationState, seed: number): boolean {
  if (persona.kind !== 'returned-once' || obligation.versions > 1) return false;
  const reviewed = state.terms.duties.filter((duty) => duty.review !== undefined);
  return reviewed.length > 0 && oneOf(reviewed, dice(seed, state.unit, 'returned')).code === obligation.code;
}

/** Whoever's turn it is on the route; where a step asks several, one after another. */
function reviewerOf(state: UnitCampaignState, obligation: ObligationState, approval: Approval, decided: number): Actor {
  const { role } = holderOf(approval);
  const sector = role === 'reviewer' ? dutyOf(state.terms, obligation.code).sector : '';
  return officePerson(state.campaign, role, sector, decided);
}

/** Somebody of the office of a rehearsal: opaque, the same for the same place. */
export function officePerson(campaign: string, role: StaffRole, sector = '', nth = 0): Actor {
  return { id: fakePerson(campaign, role, sector, nth), role };
}
