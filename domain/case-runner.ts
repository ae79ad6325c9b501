import { movedOn } from './basis';
import {
  type CaseState,
  type Decision,
  type Envelope,
  isRefusal,
  type Message,
  type Refusal,
  type Rules,
} from './case';
import type { Instant } from './time';

/** A case as whoever runs it carries it: the workflow loop through its histories, the simulator in memory. */
export interface Running<S extends CaseState> {
  state: S;
  /** Decisions so far that changed anything. */
  revision: number;
  /** The latest messages with what was answered, newest last: Update-id deduplication ends at continue-as-new. */
  answers: { id: string; answer: Answer }[];
}

/** What the sender of a message hears. */
export interface Answer {
  /** The read model that has reached this revision shows the decision. */
  revision: number;
  /** Status of the case afterwards. */
  status: string;
  /** What the decision is dated with. */
  at: Instant;
  /** Types of the facts the message itself caused, without those that time had caused before it. */
  facts: string[];
}

/** Enough for every sender that repeats itself, small enough to carry along. */
const ANSWERS_KEPT = 100;

/** More steps than any case has in one go: beyond it a rule gives its own step again. */
const MOST_STEPS = 1000;

// biome-ignore lint/suspicious/noExplicitAny: how a case was opened does not matter to its turns.
type RulesOf<S extends CaseState, M extends Message> = Rules<S, M, any>;

/** A case after its opening. */
export function begun<S extends CaseState>(opened: Decision<S>): Running<S> {
  return { state: opened.state, revision: 1, answers: [] };
}

/** The case after a decision; its revision grows when the decision changes anything. */
export function applied<S extends CaseState>(running: Running<S>, decision: Decision<S>): Running<S> {
  if (!changes(running.state, decision)) return running;
  return { ...running, state: decision.state, revision: running.revision + 1 };
}

/**
 * Passes everything that is due up to and including `until`, in order, as one decision. Each step is dated with the
 * instant it was due, or with the case's latest event if that is later.
 * @throws Error after 1000 steps: a rule that never moves forward would otherwise hang its case for ever.
 */
export function passUntil<S extends CaseState, M extends Message>(
  rules: RulesOf<S, M>,
  state: S,
  until: Instant,
): Decision<S> {
  const made = nothing(state);
  for (let passed = 0; ; passed += 1) {
    const step = rules.next(made.state);
    if (!step || step.at > until) return made;
    if (passed === MOST_STEPS)
      throw new Error(`${rules.kind} ${state.id} does not move past ${step.type} (${step.at})`);
    addTo(made, rules.pass(made.state, step));
  }
}

/**
 * One message. A repeated one is answered as it was the first time and decides nothing. Before a new one, everything
 * due up to the instant it was received is passed; what it causes is dated with that instant or the case's latest
 * event, whichever is later, while "on time" is judged by when it was received.
 * @returns the case after it, all that was decided, clocks included, and the answer; or the refusal, in which case
 *   nothing has changed, not even the clocks: they come in their own turn.
 */
export function receive<S extends CaseState, M extends Message>(
  rules: RulesOf<S, M>,
  running: Running<S>,
  envelope: Envelope<M>,
): { running: Running<S>; decision: Decision<S>; answer: Answer } | Refusal {
  const known = running.answers.find((one) => one.id === envelope.id);
  if (known) {
    return { running, decision: nothing(running.state), answer: known.answer };
  }
  const decision = passUntil(rules, running.state, envelope.at);
  const moved = movedOn(decision.state, envelope, running.revision);
  if (moved) return moved;
  const at = Math.max(envelope.at, decision.state.lastAt);
  const own = rules.receive(decision.state, envelope.message, { at, receivedAt: envelope.at, by: envelope.by });
  if (isRefusal(own)) return own;
  addTo(decision, own);
  const after = applied(running, decision);
  const answer: Answer = {
    revision: after.revision,
    status: after.state.status,
    at,
    facts: own.facts.map((fact) => fact.type),
  };
  const answers = [...running.answers.slice(1 - ANSWERS_KEPT), { id: envelope.id, answer }];
  return { running: { ...after, answers }, decision, answer };
}

function changes<S extends CaseState>(before: S, decision: Decision<S>): boolean {
  const { state, facts, mails, orders } = decision;
  return state !== before || facts.length + mails.length + orders.length > 0;
}

/** A decision that has decided nothing yet. */
export function nothing<S extends CaseState>(state: S): Decision<S> {
  return { state, facts: [], mails: [], orders: [] };
}

/** Puts what followed to a decision that is still being made, which must be the caller's own. */
export function addTo<S extends CaseState>(made: Decision<S>, then: Decision<S>): void {
  made.state = then.state;
  made.facts.push(...then.facts);
  made.mails.push(...then.mails);
  made.orders.push(...then.orders);
}
