import type { Actor, Refusal, Step } from '../case';
import type { Outcome, Table } from '../table';
import type { Instant } from '../time';
import type { UnitMessage } from './messages';
import { resultSheet } from './result';
import type { UnitCampaignState, UnitCampaignStatus } from './state';

export interface UnitTurn<M> {
  state: UnitCampaignState;
  message: M;
  by: Actor;
  at: Instant;
}

type UnitOutcome = Outcome<UnitCampaignState>;
type Of<T extends UnitMessage['type']> = UnitTurn<Extract<UnitMessage, { type: T }>>;

/** 签收 */
function acknowledge({ state, by, at }: Of<'acknowledge'>): UnitOutcome | Refusal {
  if (state.receipt) return { refused: 'already-acknowledged', data: { at: state.receipt.at } };
  return { change: { receipt: { at, by: by.id } }, facts: [{ type: 'acknowledged' }] };
}

function recordCall({ message }: Of<'record-call'>): UnitOutcome {
  return { facts: [{ type: 'called', data: { result: message.result, note: message.note } }] };
}

function leave(turn: Of<'leave'>): UnitOutcome {
  return end(turn, 'left', turn.message.reason);
}

function close(turn: Of<'close'>): UnitOutcome {
  const outcome = turn.state.status === 'complete' ? 'accepted' : 'unfinished';
  return end(turn, outcome, turn.message.reason);
}

/** The last day has passed: what is complete ends, the rest goes on until it is, or the office closes it. */
function periodOver(turn: UnitTurn<Step>): UnitOutcome {
  const over = { type: 'period-over' };
  if (turn.state.status !== 'complete') return { change: { over: true }, facts: [over] };
  const ended = end(turn, 'accepted');
  return { ...ended, to: 'closed', change: { ...ended.change, over: true }, facts: [over, ...ended.facts] };
}

/** The case ends, either way with a result sheet. */
export function end(
  turn: UnitTurn<unknown>,
  outcome: NonNullable<UnitCampaignState['outcome']>,
  reason?: string,
): UnitOutcome {
  const { state, at } = turn;
  const sheet = resultSheet(state);
  return {
    change: { outcome, closed: true, ...(reason !== undefined && { reason }) },
    facts: [{ type: 'closed', data: { outcome, reason, ...sheet } }],
    mails: [
      {
        kind: 'result',
        at,
        to: { unit: state.unit, role: 'filer' },
        data: { unit: state.unit, outcome, reason, ...sheet },
      },
    ],
  };
}

// biome-ignore lint/suspicious/noExplicitAny: each row's rule knows its own message; the row's key is what selects it.
type AnyTurn = UnitTurn<any>;

/** The life of a unit's campaign as a whole; `complete` and `running` follow from its obligations. */
export const UNIT_TABLE: Table<UnitCampaignStatus, AnyTurn, UnitCampaignState> = {
  running: {
    acknowledge: { to: 'running', rule: acknowledge },
    'record-call': { to: 'running', rule: recordCall },
    leave: { to: 'closed', rule: leave },
    close: { to: 'closed', rule: close },
    'clock:period-over': { to: 'running', rule: periodOver },
  },
  complete: {
    acknowledge: { to: 'complete', rule: acknowledge },
    'record-call': { to: 'complete', rule: recordCall },
    leave: { to: 'closed', rule: leave },
    close: { to: 'closed', rule: close },
    'clock:period-over': { to: 'closed', rule: periodOver },
  },
  closed: {},
};
