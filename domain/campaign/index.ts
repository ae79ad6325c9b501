import { type Actor, CLOCK, isRefusal, type Order, type Refusal, type Rules } from '../case';
import { decisionOf, dispatch, type Outcome, type Table } from '../table';
import { dateOf, type Instant } from '../time';
import type { CampaignMessage, CampaignOpening, CampaignState, CampaignStatus } from './state';

interface Turn<M> {
  state: CampaignState;
  message: M;
  by: Actor;
  at: Instant;
}

type Of<T extends CampaignMessage['type']> = Turn<Extract<CampaignMessage, { type: T }>>;
type CampaignOutcome = Outcome<CampaignState>;

function rolledOut({ message, state }: Of<'rolled-out'>): CampaignOutcome {
  const newest = message.rollOut === state.roster.rollOuts;
  return {
    to: newest ? 'running' : state.status,
    facts: [{ type: 'rolled-out', data: { rollOut: message.rollOut, started: message.started } }],
  };
}

/** More units: the same roll-out again, which starts only what has no case yet. */
function addUnits({ message, state, at }: Of<'add-units'>): CampaignOutcome {
  return {
    change: { roster: { units: message.units, rollOuts: state.roster.rollOuts + 1 } },
    facts: [{ type: 'units-added', data: { added: message.added, reason: message.reason } }],
    orders: [{ type: 'roll-out', at }],
  };
}

function moveDue({ message, state, at }: Of<'move-due'>): CampaignOutcome | Refusal {
  const duty = state.duties.find((one) => one.code === message.duty);
  if (!duty) return { refused: 'unknown-obligation', data: { obligation: message.duty } };
  const today = dateOf(at, state.zone);
  if (message.due < today) return { refused: 'date-passed', data: { today } };
  const revision = state.facts.revision + 1;
  const moves = { ...state.facts.moves, [message.duty]: { due: message.due, revision } };
  const duties = state.duties.map((one) => (one === duty ? { ...one, due: message.due } : one));
  const data = { duty: message.duty, from: duty.due, due: message.due, reason: message.reason };
  return told(
    { state, at },
    { ...state.facts, revision, moves },
    { change: { duties }, facts: [{ type: 'due-moved', data }] },
  );
}

function urge({ message, state, at }: Of<'urge'>): CampaignOutcome | Refusal {
  if (!state.duties.some((one) => one.code === message.duty)) {
    return { refused: 'unknown-obligation', data: { obligation: message.duty } };
  }
  const revision = state.facts.revision + 1;
  const urges = { ...state.facts.urges, [message.duty]: revision };
  return told(
    { state, at },
    { ...state.facts, revision, urges },
    { facts: [{ type: 'urged', data: { duty: message.duty } }] },
  );
}

function close({ message, state, at }: Of<'close'>): CampaignOutcome {
  const closed = { reason: message.reason };
  const facts = { ...state.facts, revision: state.facts.revision + 1, closed };
  return told({ state, at }, facts, { change: { closed: true }, facts: [{ type: 'closed', data: closed }] });
}

/** The last day has passed. The office is told; closing is its act. */
function periodOver({ state, at }: Turn<unknown>): CampaignOutcome {
  return {
    to: state.status,
    change: { over: true },
    facts: [{ type: 'period-over' }],
    mails: [{ kind: 'period-over', at, to: { campaign: state.id, role: 'admin' }, data: { end: state.end } }],
  };
}

/** All units hear the newest facts as a whole, so a case that missed some has them all the same. */
function told(
  { state, at }: { state: CampaignState; at: Instant },
  facts: CampaignState['facts'],
  outcome: CampaignOutcome,
): CampaignOutcome {
  const order: Order = { type: 'broadcast', at, message: { type: 'campaign-facts', ...facts } };
  return { to: state.status, ...outcome, change: { ...outcome.change, facts }, orders: [order] };
}

const STEERING = {
  'add-units': { to: 'launching', rule: addUnits },
  close: { to: 'closed', rule: (turn: Of<'close'>) => ({ ...close(turn), to: 'closed' }) },
} as const;

// biome-ignore lint/suspicious/noExplicitAny: each row's rule knows its own message; the row's key is what selects it.
type AnyTurn = Turn<any>;

/** The life of a campaign. */
export const CAMPAIGN_TABLE: Table<CampaignStatus, AnyTurn, CampaignState> = {
  launching: {
    ...STEERING,
    'rolled-out': { to: ['running', 'launching'], rule: rolledOut },
    'move-due': { to: 'launching', rule: moveDue },
    urge: { to: 'launching', rule: urge },
    'clock:period-over': { to: 'launching', rule: periodOver },
  },
  running: {
    ...STEERING,
    'rolled-out': { to: 'running', rule: rolledOut },
    'move-due': { to: 'running', rule: moveDue },
    urge: { to: 'running', rule: urge },
    'clock:period-over': { to: 'running', rule: periodOver },
  },
  closed: {},
};

/** Three months over all units of an authority: rolls out, steers, and is closed by the office. */
export const campaign: Rules<CampaignState, CampaignMessage, CampaignOpening> = {
  kind: 'campaign',

  open(opening) {
    const { id, openedAt, units, campaign: _, unit: __, openedAt: ___, ...of } = opening;
    const state: CampaignState = {
      kind: 'campaign',
      id,
      campaign: id,
      status: 'launching',
      lastAt: openedAt,
      closed: false,
      plan: of.plan,
      start: of.start,
      end: of.end,
      endAt: of.endAt,
      zone: of.zone,
      duties: of.duties,
      over: false,
      roster: { units, rollOuts: 1 },
      facts: { revision: 0, moves: {}, urges: {} },
    };
    const facts = [
      { type: 'launched', data: { plan: of.plan.code, version: of.plan.version, digest: of.plan.digest, units } },
    ];
    return decisionOf(state, { facts, orders: [{ type: 'roll-out', at: openedAt }] }, { at: openedAt, by: CLOCK });
  },

  receive(state, message, when) {
    const decided = dispatch(CAMPAIGN_TABLE, state.status, message.type, { state, message, ...when });
    if (isRefusal(decided)) return state.closed ? { refused: 'case-closed' } : decided;
    const { to, outcome } = decided;
    return decisionOf({ ...state, lastAt: when.at, ...outcome.change, status: to }, outcome, when);
  },

  next(state) {
    return state.over || state.closed ? undefined : { type: 'clock:period-over', at: state.endAt };
  },

  pass(state, step) {
    const when = { at: Math.max(step.at, state.lastAt), by: CLOCK };
    const decided = dispatch(CAMPAIGN_TABLE, state.status, step.type, { state, message: step, ...when });
    if (isRefusal(decided)) throw new Error(`${step.type} came in ${state.status}: ${decided.refused}`);
    return decisionOf(
      { ...state, lastAt: when.at, ...decided.outcome.change, status: decided.to },
      decided.outcome,
      when,
    );
  },

  holds() {
    return true;
  },

  clocks(state) {
    const status = state.closed ? 'void' : state.over ? 'met' : 'open';
    return [{ code: 'period', due: state.endAt, basis: 'plan: months', status }];
  },

  describe(state) {
    const duties = state.duties.map((duty) => `- ${duty.code}: due ${duty.due}`);
    return [`**${state.status}** · ${state.start} to ${state.end} · ${state.roster.units} units`, ...duties].join('\n');
  },
};
