import type { Refusal } from '../case';
import type { LocalDate } from '../time';
import { withdrawn } from './filing';
import type { ObligationMessage } from './messages';
import { newTarget, nextRungAt, targetOf } from './schedule';
import { isOpenTalk, isOwed, type ObligationState } from './state';
import { mail, type ObligationOutcome, type ObligationTurn, today, toFiler, toHead } from './turn';

type Of<T extends ObligationMessage['type']> = ObligationTurn<Extract<ObligationMessage, { type: T }>>;

export function exempt(turn: Of<'exempt'>): ObligationOutcome | Refusal {
  const { obligation, message } = turn;
  return {
    change: { proposals: withdrawn(obligation), extension: undefined, correction: undefined, approval: undefined },
    facts: [{ type: 'exempted', data: { reason: message.reason } }],
    mails: [mail(turn, 'exempted', toFiler(turn), { reason: message.reason })],
  };
}

/** An exemption is taken back: the duty opens again now, with a day of its own. */
export function reinstate(turn: Of<'reinstate'>): ObligationOutcome | Refusal {
  const { message } = turn;
  if (message.due < today(turn)) return { refused: 'date-passed', data: { today: today(turn) } };
  return {
    // A day set by a return before the exemption went with it.
    change: moved({ ...turn, obligation: { ...turn.obligation, redo: undefined } }, message.due),
    facts: [{ type: 'reinstated', data: { reason: message.reason, due: message.due } }],
    mails: [mail(turn, 'due-moved', toFiler(turn), { due: message.due, reason: message.reason })],
  };
}

export function decideExtension(turn: Of<'decide-extension'>): ObligationOutcome | Refusal {
  const { obligation, message } = turn;
  if (!obligation.extension) return { refused: 'nothing-asked' };
  const to = message.to ?? obligation.extension.to;
  const target = targetOf(obligation);
  if (message.grant && to < today(turn)) return { refused: 'date-passed', data: { today: today(turn) } };
  if (message.grant && to <= target) return { refused: 'date-not-later', data: { than: target } };
  const facts = { granted: message.grant, reason: message.reason, ...(message.grant && { to }) };
  return {
    change: message.grant ? extended(turn, to) : { extension: undefined },
    facts: [{ type: 'extension-decided', data: facts }],
    mails: [mail(turn, 'extension-decided', toFiler(turn), { ...facts, due: message.grant ? to : target })],
  };
}

/** More time after a return is more time to do it again: neither the measure nor the rung of the ladder changes. */
function extended(turn: ObligationTurn<unknown>, to: LocalDate): Partial<ObligationState> {
  const { obligation, terms, state, at } = turn;
  if (!obligation.redo) return moved(turn, to);
  const waiting = { ...obligation, redo: to };
  return { redo: to, extension: undefined, ...newTarget(terms, state.unit, waiting, at, obligation.ladder.step) };
}

/**
 * The day is moved, for this unit or by the campaign for everybody. What the campaign has decided is not asked
 * again: a unit that hears of it days later still goes by the same day as the others.
 */
export function moveDue(
  turn: ObligationTurn<{ due: LocalDate; reason?: string; decided?: true }>,
): ObligationOutcome | Refusal {
  const { message, obligation } = turn;
  if (!message.decided && message.due < today(turn)) return { refused: 'date-passed', data: { today: today(turn) } };
  return {
    change: moved(turn, message.due),
    facts: [{ type: 'due-moved', data: { from: obligation.due, due: message.due, reason: message.reason } }],
    mails: isOwed(obligation.status)
      ? [mail(turn, 'due-moved', toFiler(turn), { from: obligation.due, due: message.due, reason: message.reason })]
      : [],
  };
}

/**
 * A new due day with reminders of its own. The old day is as if it had never been missed: the ladder
 * starts anew and what it proposed loses its reason. A later day set by a return stands.
 */
function moved(turn: ObligationTurn<unknown>, due: LocalDate): Partial<ObligationState> {
  const { obligation, terms, state, at } = turn;
  const redo = obligation.redo && obligation.redo > due ? obligation.redo : undefined;
  const waiting = { ...obligation, due, redo };
  return {
    due,
    redo,
    extension: undefined,
    proposals: withdrawn(obligation),
    ...newTarget(terms, state.unit, waiting, at, 0),
  };
}

/** One more word to whoever it waits for. */
export function urge(turn: ObligationTurn<{ note?: string }>): ObligationOutcome | Refusal {
  const { obligation, message } = turn;
  const to = obligation.status === 'filed' ? toHead(turn) : toFiler(turn);
  return {
    facts: [{ type: 'urged', data: { note: message.note } }],
    mails: [mail(turn, 'urged', to, { note: message.note })],
  };
}

/** How the proposed talk ended. Only after that can a bulletin be proposed. */
export function settleTalk(turn: Of<'settle-talk'>): ObligationOutcome | Refusal {
  const { obligation, message, terms, state, at } = turn;
  if (!obligation.proposals.some(isOpenTalk)) return { refused: 'talk-not-proposed' };
  const proposals = obligation.proposals.map((one) => (isOpenTalk(one) ? { ...one, status: message.outcome } : one));
  const rung = nextRungAt(terms, state.unit, obligation.code, obligation.ladder, proposals);
  return {
    change: { proposals, ladder: { ...obligation.ladder, nextAt: rung && Math.max(rung, at) } },
    facts: [{ type: 'talk-settled', data: { outcome: message.outcome, note: message.note } }],
  };
}
