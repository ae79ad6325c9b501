import {
  type Actor,
  CLOCK,
  type Clock,
  type Decision,
  type Fact,
  isRefusal,
  type MailReason,
  type Refusal,
  type Rules,
  type Step,
} from '../case';
import { decisionOf, dispatch, earliest } from '../table';
import type { Instant } from '../time';
import type { CampaignFacts, ObligationMessage, UnitCampaignMessage } from './messages';
import { reasonHolds } from './reasons';
import { freshObligation, nextReminder } from './schedule';
import { dutyOf, isOwed, type ObligationState, type UnitCampaignOpening, type UnitCampaignState } from './state';
import { OBLIGATION_TABLE } from './table';
import { turnOf } from './turn';
import { end, UNIT_TABLE, type UnitTurn } from './unit-table';

interface When {
  at: Instant;
  receivedAt: Instant;
  by: Actor;
}

/** One unit's three months: everything it must hand in, from the receipt of the plan to its result sheet. */
export const unitCampaign: Rules<UnitCampaignState, UnitCampaignMessage, UnitCampaignOpening> = {
  kind: 'unit-campaign',

  open(opening) {
    const { id, campaign, unit, openedAt, terms } = opening;
    const state: UnitCampaignState = {
      kind: 'unit-campaign',
      id,
      campaign,
      unit,
      status: 'running',
      lastAt: openedAt,
      closed: false,
      terms,
      obligations: terms.duties.map((duty) => freshObligation(terms, unit, duty, openedAt)),
      campaignRevision: opening.campaignRevision,
      over: false,
    };
    const duties = state.obligations.map(({ code, due }) => ({ code, due }));
    const fact: Fact = { at: openedAt, type: 'opened', by: CLOCK, data: { joinedLate: opening.joinedLate, duties } };
    const launched: MailReason = {
      kind: 'launched',
      at: openedAt,
      to: { unit, role: 'filer' },
      data: { unit, duties, joinedLate: opening.joinedLate },
    };
    return { state, facts: [fact], mails: [launched], orders: [] };
  },

  receive(state, message, when) {
    if (message.type === 'campaign-facts') return takeFacts(state, message, when);
    if ('obligation' in message) return receiveAbout(state, message, when);
    const turn: UnitTurn<unknown> = { state, message, ...when };
    return ofUnit(state, dispatch(UNIT_TABLE, state.status, message.type, turn), when);
  },

  next(state) {
    return state.closed ? undefined : earliest(steps(state));
  },

  pass(state, step) {
    const at = Math.max(step.at, state.lastAt);
    const when: When = { at, receivedAt: at, by: CLOCK };
    const obligation = state.obligations.find((one) => one.code === step.about);
    const decided = obligation
      ? ofObligation(state, obligation, step.type, step, when)
      : ofUnit(state, dispatch(UNIT_TABLE, state.status, step.type, { state, message: step, ...when }), when);
    if (isRefusal(decided)) throw new Error(`${step.type} came in ${state.status}: ${decided.refused}`);
    return decided;
  },

  holds(state, reason) {
    if (reason.about === undefined) return true;
    const obligation = state.obligations.find((one) => one.code === reason.about);
    if (!obligation || (state.closed && reason.kind !== 'accepted')) return false;
    return reasonHolds(obligation, reason);
  },

  clocks(state) {
    return state.obligations.map((one) => dueClock(state, one));
  },

  describe(state) {
    const next = earliest(steps(state));
    const rows = state.obligations.map(
      (one) => `- ${one.code}: ${one.status}, due ${one.redo ?? one.due}, ladder ${one.ladder.step}`,
    );
    const coming = next
      ? `next: ${next.type}${next.about ? ` of ${next.about}` : ''} at ${new Date(next.at).toISOString()}`
      : 'nothing more will come';
    return [`**${state.status}** · ${coming}`, ...rows].join('\n');
  },
};

function receiveAbout(state: UnitCampaignState, message: ObligationMessage, when: When) {
  if (state.closed) return { refused: 'case-closed', data: { outcome: state.outcome } };
  const obligation = state.obligations.find((one) => one.code === message.obligation);
  if (!obligation) return { refused: 'unknown-obligation', data: { obligation: message.obligation } };
  return ofObligation(state, obligation, message.type, message, when);
}

/** One turn of one obligation, and what follows from it for the unit as a whole. */
function ofObligation(
  state: UnitCampaignState,
  obligation: ObligationState,
  type: string,
  message: object,
  when: When,
): Decision<UnitCampaignState> | Refusal {
  const decided = dispatch(OBLIGATION_TABLE, obligation.status, type, turnOf(state, obligation, message, when));
  if (isRefusal(decided)) return decided;
  const { to, outcome } = decided;
  const after: ObligationState = { ...obligation, ...outcome.change, status: to };
  const changed = {
    ...state,
    lastAt: when.at,
    obligations: state.obligations.map((one) => (one === obligation ? after : one)),
  };
  return settle(decisionOf(changed, outcome, when, obligation.code), when);
}

function ofUnit(
  state: UnitCampaignState,
  decided: ReturnType<typeof dispatch<UnitCampaignState['status'], UnitTurn<unknown>, UnitCampaignState>>,
  when: When,
): Decision<UnitCampaignState> | Refusal {
  if (isRefusal(decided)) return state.closed ? { refused: 'case-closed', data: { outcome: state.outcome } } : decided;
  const { to, outcome } = decided;
  return decisionOf({ ...state, lastAt: when.at, ...outcome.change, status: to }, outcome, when);
}

/** Everything accepted or exempt makes the case complete; after the last day that also ends it. */
function settle(made: Decision<UnitCampaignState>, when: When): Decision<UnitCampaignState> {
  const { state } = made;
  const done = state.obligations.every((one) => one.status === 'accepted' || one.status === 'exempt');
  if (!done) return { ...made, state: { ...state, status: 'running' } };
  if (state.status === 'complete') return made;
  const complete = { ...state, status: 'complete' as const };
  const withFact = {
    ...made,
    state: complete,
    facts: [...made.facts, { at: when.at, type: 'completed', by: when.by }],
  };
  if (!state.over) return withFact;
  return join(
    withFact,
    decisionOf({ ...complete, status: 'closed' }, end({ state: complete, message: null, ...when }, 'accepted'), when),
    {
      closed: true,
      outcome: 'accepted',
    },
  );
}

/** Takes in the campaign's newest facts; older ones than those already known change nothing. */
function takeFacts(state: UnitCampaignState, facts: CampaignFacts, when: When): Decision<UnitCampaignState> {
  const known = state.campaignRevision;
  let made: Decision<UnitCampaignState> = { state, facts: [], mails: [], orders: [] };
  if (facts.revision <= known || state.closed) return made;
  made.state = { ...state, lastAt: when.at, campaignRevision: facts.revision };
  for (const [code, move] of Object.entries(facts.moves)) {
    if (move.revision > known)
      made = join(made, about(made.state, code, 'move-due', { due: move.due, decided: true }, when));
  }
  for (const [code, revision] of Object.entries(facts.urges)) {
    if (revision > known) made = join(made, about(made.state, code, 'urge', {}, when));
  }
  if (facts.closed && !made.state.closed) {
    const closing = { state: made.state, message: { type: 'close', reason: facts.closed.reason }, ...when };
    made = join(made, ofUnit(made.state, dispatch(UNIT_TABLE, made.state.status, 'close', closing), when));
  }
  return made;
}

/** What everybody is told applies where the unit has that duty and its state allows it; elsewhere it is nothing. */
function about(state: UnitCampaignState, code: string, type: string, message: object, when: When) {
  const obligation = state.obligations.find((one) => one.code === code);
  if (!obligation) return { refused: 'unknown-obligation' };
  return ofObligation(state, obligation, type, message, when);
}

function join(
  before: Decision<UnitCampaignState>,
  then: Decision<UnitCampaignState> | Refusal,
  change: Partial<UnitCampaignState> = {},
): Decision<UnitCampaignState> {
  if (isRefusal(then)) return before;
  return {
    state: { ...then.state, ...change },
    facts: [...before.facts, ...then.facts],
    mails: [...before.mails, ...then.mails],
    orders: [...before.orders, ...then.orders],
  };
}

/** Everything time alone will cause, of every obligation and of the campaign. */
function* steps(state: UnitCampaignState): Generator<Step> {
  for (const one of state.obligations) {
    const owed = isOwed(one.status);
    const reminder = nextReminder(one);
    if (reminder) yield { type: 'clock:reminder', at: reminder.at, about: one.code, data: { days: reminder.days } };
    if (owed && !one.missed) yield { type: 'clock:due', at: one.dueAt, about: one.code };
    if (owed && one.ladder.nextAt !== undefined) yield { type: 'clock:ladder', at: one.ladder.nextAt, about: one.code };
    if (one.approval && !owed && one.status !== 'accepted')
      yield { type: 'clock:review', at: one.approval.dueAt, about: one.code };
  }
  if (!state.over) yield { type: 'clock:period-over', at: state.terms.endAt };
}

function dueClock(state: UnitCampaignState, one: ObligationState): Clock {
  const basis = dutyOf(state.terms, one.code).source;
  const met = one.submission?.signedAt !== undefined && !isOwed(one.status);
  const status = one.status === 'exempt' ? 'void' : one.missed ? 'missed' : met ? 'met' : 'open';
  return { code: `${one.code}/due`, due: one.dueAt, basis, status };
}
