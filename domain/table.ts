import {
  type Actor,
  type Data,
  type Decision,
  isRefusal,
  type MailReason,
  type Order,
  type Refusal,
  type Step,
} from './case';
import type { Instant } from './time';

/** A fact without what the dispatch adds (instant, actor, obligation). */
export interface FactSketch {
  type: string;
  data?: Data;
}

/** What one rule wants: where to go, what changes, what follows. */
export interface Outcome<Subject> {
  /** The state it goes to, where the table allows more than one. */
  to?: string;
  change?: Partial<Subject>;
  facts: FactSketch[];
  mails?: MailReason[];
  orders?: Order[];
}

export type Rule<Turn, Subject> = (turn: Turn) => Outcome<Subject> | Refusal;

export interface Transition<Turn, Subject> {
  /** Where it leads: one state, or the few the rule chooses from. */
  to: string | readonly string[];
  rule: Rule<Turn, Subject>;
}

/** `{state: {message: {to, rule}}}`: the table is the dispatch, so diagrams drawn from it are true. */
export type Table<State extends string, Turn, Subject> = Readonly<
  Record<State, Readonly<Record<string, Transition<Turn, Subject>>>>
>;

/**
 * Finds and applies the rule for a message in a state.
 * @returns the state it leads to with the outcome, or a refusal: `not-now` when the table has no
 *   such row (with the messages it has), or what the rule itself refused.
 * @throws Error when a rule leads where its row does not say: a mistake in the rules, not in the input.
 */
export function dispatch<State extends string, Turn, Subject>(
  table: Table<State, Turn, Subject>,
  state: State,
  message: string,
  turn: Turn,
): { to: State; outcome: Outcome<Subject> } | Refusal {
  const transition = table[state][message];
  if (!transition) {
    return { refused: 'not-now', data: { state, message, possible: Object.keys(table[state]) } };
  }
  const outcome = transition.rule(turn);
  if (isRefusal(outcome)) return outcome;
  const choices: readonly string[] = typeof transition.to === 'string' ? [transition.to] : transition.to;
  const to = outcome.to ?? choices[0];
  if (to === undefined || !choices.includes(to)) {
    throw new Error(`the rule for ${message} in ${state} leads to ${to}, the table says ${choices.join(' or ')}`);
  }
  return { to: to as State, outcome };
}

/** The earliest of some steps; on a tie the one that stands first. */
export function earliest(steps: Iterable<Step>): Step | undefined {
  let first: Step | undefined;
  for (const step of steps) if (!first || step.at < first.at) first = step;
  return first;
}

/** Dates and signs what a rule sketched: an outcome becomes a decision. */
export function decisionOf<State>(
  state: State,
  outcome: Pick<Outcome<unknown>, 'facts' | 'mails' | 'orders'>,
  when: { at: Instant; by: Actor },
  about?: string,
): Decision<State> {
  const facts = outcome.facts.map((fact) => ({ at: when.at, by: when.by, ...(about && { about }), ...fact }));
  return { state, facts, mails: outcome.mails ?? [], orders: outcome.orders ?? [] };
}
