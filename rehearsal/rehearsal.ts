import type { CaseState, Fact } from '../domain/case';
import type { Plan } from '../domain/plan';
import type { Instant } from '../domain/time';
import type { Unit } from '../domain/unit';
import type { SentMail } from './post-room';

/** What happened, case by case, in order. */
export type Timelines = Record<string, Fact[]>;

export interface RehearsalInput {
  /** With a start, and everybody of the office reachable: see `rehearsalPlan`. */
  plan: Plan;
  units: Unit[];
  seed: number;
  /** Nothing after this instant; without it, until everything is closed and the last mail has gone out. */
  until?: Instant;
  /** Id of the campaign's case and digest of its plan, where another run has to agree with this one. */
  campaign?: string;
  digest?: string;
}

/** A campaign that was lived through. */
export interface Rehearsal {
  plan: Plan;
  units: Unit[];
  seed: number;
  campaign: string;
  timelines: Timelines;
  /** How each case stood at the end. */
  states: Record<string, CaseState>;
  mails: SentMail[];
  /** Reasons to write that no longer held when they were to be sent. */
  withdrawn: number;
  /** Reasons to write to somebody without a usable address. */
  unaddressed: number;
  /** States the cases were in, by table: `obligation`, `unit-campaign`, `campaign`. */
  visited: Record<string, string[]>;
  elapsedMs: number;
}
