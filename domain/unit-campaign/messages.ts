import type { LocalDate } from '../time';
import type { ContentRef } from './state';

/** Messages about one obligation. Each is an Update unless it says otherwise: its sender waits for the decision. */
export type ObligationMessage =
  /** The filer, or somebody for the unit, hands in a version. A stamped paper (代录) comes signed. */
  | {
      type: 'file';
      obligation: string;
      content: ContentRef;
      onBehalf?: 'supervising-unit' | 'office';
      paper?: ContentRef;
    }
  /** The head signs the version seen. */
  | { type: 'sign'; obligation: string; seen: string }
  /** The filer takes it back before the review starts. */
  | { type: 'withdraw'; obligation: string; reason: string }
  /** A reviewer begins to look at it; from now on it cannot be withdrawn. */
  | { type: 'start-review'; obligation: string }
  | { type: 'accept'; obligation: string; seen: string; note?: string }
  /** The reviewer sends it back, whole or row by row, with a new day. */
  | { type: 'return'; obligation: string; seen: string; reasons: ReturnReason[]; redo: LocalDate }
  /** A small correction by the reviewer, which the unit must consent to. */
  | { type: 'correct'; obligation: string; seen: string; content: ContentRef; note: string }
  | { type: 'consent'; obligation: string; seen: string }
  | { type: 'decline'; obligation: string; reason: string }
  /** The office undoes an acceptance made by mistake. */
  | { type: 'reopen'; obligation: string; reason: string }
  | { type: 'exempt'; obligation: string; reason: string }
  /** The office takes an exemption back. */
  | { type: 'reinstate'; obligation: string; reason: string; due: LocalDate }
  | { type: 'ask-extension'; obligation: string; to: LocalDate; reason: string }
  | { type: 'decide-extension'; obligation: string; grant: boolean; to?: LocalDate; reason: string }
  /** The office moves the day for this unit alone. */
  | { type: 'move-due'; obligation: string; due: LocalDate; reason: string }
  | { type: 'urge'; obligation: string; note?: string }
  /** How a proposed talk ended; the bulletin may be proposed only after that. */
  | { type: 'settle-talk'; obligation: string; outcome: 'held' | 'refused' | 'rejected'; note: string };

/** Why something is sent back: the whole, or one row or field of it. */
export interface ReturnReason {
  /** Field code, or row as `rows/3`; absent for the whole. */
  place?: string;
  text: string;
}

/** Messages about the unit as a whole. */
export type UnitMessage =
  /** 签收: the unit has taken note of the plan. */
  | { type: 'acknowledge' }
  /** The office writes down a telephone call as a fact of the timeline. */
  | { type: 'record-call'; result: 'reached' | 'no-answer' | 'wrong-number'; note: string }
  | { type: 'leave'; reason: string }
  | { type: 'close'; reason: string }
  /** A Signal from the campaign: its newest facts, never differences, so order and repetition do not matter. */
  | CampaignFacts;

export interface CampaignFacts {
  type: 'campaign-facts';
  revision: number;
  /** Days moved since the launch, by duty code, with the revision that moved each. */
  moves: Record<string, { due: LocalDate; revision: number }>;
  /** Duties everybody was urged about, with the revision that did. */
  urges: Record<string, number>;
  closed?: { reason: string };
}

export type UnitCampaignMessage = ObligationMessage | UnitMessage;
