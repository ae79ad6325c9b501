import type { Actor, Addressee, Data, MailReason } from '../case';
import type { Outcome } from '../table';
import { dateOf, type Instant, type LocalDate } from '../time';
import { targetOf } from './schedule';
import { type Duty, dutyOf, type ObligationState, type UnitCampaignState, type UnitTerms } from './state';

/** All a rule about one obligation may look at. */
export interface ObligationTurn<M> {
  state: UnitCampaignState;
  terms: UnitTerms;
  duty: Duty;
  obligation: ObligationState;
  message: M;
  by: Actor;
  /** What the turn is dated with. */
  at: Instant;
  /** When the message was received: what "on time" is judged by. */
  receivedAt: Instant;
}

export type ObligationOutcome = Outcome<ObligationState>;

export function turnOf<M>(
  state: UnitCampaignState,
  obligation: ObligationState,
  message: M,
  when: { at: Instant; receivedAt: Instant; by: Actor },
): ObligationTurn<M> {
  return { state, terms: state.terms, duty: dutyOf(state.terms, obligation.code), obligation, message, ...when };
}

export function today(turn: { terms: UnitTerms; at: Instant }): LocalDate {
  return dateOf(turn.at, turn.terms.calendar.zone);
}

/** A reason to write about this obligation. */
export function mail(
  turn: { state: UnitCampaignState; obligation: ObligationState; at: Instant },
  kind: string,
  to: Addressee,
  data: Data = {},
  keepsItsDay = false,
): MailReason {
  const { obligation } = turn;
  const facts: Data = { unit: turn.state.unit, due: targetOf(obligation), ...data };
  return { kind, at: turn.at, to, about: obligation.code, data: facts, ...(keepsItsDay && { keepsItsDay }) };
}

export function toFiler(turn: { state: UnitCampaignState }): Addressee {
  return { unit: turn.state.unit, role: 'filer' };
}

export function toHead(turn: { state: UnitCampaignState }): Addressee {
  return { unit: turn.state.unit, role: 'head' };
}

export function toOffice(turn: { state: UnitCampaignState }): Addressee {
  return { campaign: turn.state.campaign, role: 'admin' };
}
