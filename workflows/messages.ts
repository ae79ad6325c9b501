import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CaseState, Envelope } from '../domain/case';
import type { Answer } from '../domain/case-runner';

/**
 * A message whose sender waits for the decision: the API, for a person. An Update, so that the answer is
 * in the engine's history before anything else knows of it.
 */
export const deliver = defineUpdate<Answer, [Envelope]>('deliver');

/** Sent with the start of a case: answers once the case is open, however often it is asked. */
export const opened = defineUpdate<Answer>('opened');

/** Facts from another case. A Signal, because no case may wait for another. */
export const tell = defineSignal<[Envelope]>('tell');

/** From a release: go on with a fresh run, and so with new code. */
export const refresh = defineSignal('refresh');

/** For operators and the rehearsal's driver: the state, and how much of it has been written down. */
export const look = defineQuery<Look>('look');

export interface Look {
  state: CaseState;
  revision: number;
  /** Revision up to which everything has been recorded. */
  recorded: number;
}
