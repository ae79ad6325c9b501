import type { StaffRole } from './plan';
import type { Instant } from './time';

/** JSON that can travel through a process history. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };
export type Data = { [key: string]: Json | undefined };

export type Role =
  | 'admin' // 管理员
  | 'reviewer' // 审核员
  | 'leader' // 委领导
  | 'filer' // 填报员
  | 'head' // 单位负责人
  | 'investigator' // 调查员
  | 'auditor'; // 审计员

/** Who acts: never a name, only an opaque id, so that histories hold no identities. */
export interface Actor {
  id: string;
  role: Role | 'clock';
  /** The unit the person belongs to, for filers and heads. */
  unit?: string;
}

/** Time itself, when a clock runs out. */
export const CLOCK: Actor = { id: 'clock', role: 'clock' };

/** What every message of a case has. `type` picks the row of the transition table. */
export interface Message {
  type: string;
}

/**
 * A message on its way to a case. `at` is the instant the API received it (journalled before the
 * case hears of it), so that a report filed at 23:58 is on time though the worker was down.
 */
export interface Envelope<M extends Message = Message> {
  /** Idempotency key: the same id is answered once, with the same answer. */
  id: string;
  at: Instant;
  by: Actor;
  message: M;
  /** Tags of what the sender looked at, any of which must still hold; whatever it finds when absent. */
  basis?: string[];
}

/** One entry of the timeline: what happened, and when. */
export interface Fact {
  at: Instant;
  type: string;
  by: Actor;
  /** Code of the obligation it is about, if any. */
  about?: string;
  data?: Data;
}

/** Whom a mail is for, by function; the post finds the person when it is sent. */
export type Addressee =
  | { unit: string; role: 'filer' | 'head' }
  /** `nth` reviewer of a sector: 0 the first, 1 the other one who takes over. */
  | { campaign: string; role: StaffRole; sector?: string; nth?: number };

/** A reason to write to somebody. Facts and template only; the text is rendered when it is sent. */
export interface MailReason {
  /** Names the template and the question `holds` answers. */
  kind: string;
  at: Instant;
  to: Addressee;
  about?: string;
  data: Data;
  /** A reminder counts calendar days and does not shift to a working day. */
  keepsItsDay?: boolean;
}

/** What leaves a case for the rest of the world, beside mail. */
export type Order =
  /** Start a case for every unit on the campaign's roster that has none yet. */
  | { type: 'roll-out'; at: Instant }
  /** Tell every unit campaign of this campaign the newest facts. */
  | { type: 'broadcast'; at: Instant; message: Data & { type: string } }
  /** Tell one case. */
  | { type: 'tell'; at: Instant; case: string; message: Data & { type: string } };

/** What a rule decided: the new state and everything that follows from it. */
export interface Decision<State> {
  state: State;
  facts: Fact[];
  mails: MailReason[];
  orders: Order[];
}

/** What a rule says when it will not: one of our codes, and what a person needs to understand it. */
export interface Refusal {
  refused: string;
  data?: Data;
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** Something time alone will cause. */
export interface Step {
  type: string;
  at: Instant;
  about?: string;
  data?: Data;
}

/** One deadline as the ledger shows it (时限). */
export interface Clock {
  /** Stable within the case, e.g. `deployment-report/due`. */
  code: string;
  due: Instant;
  /** Where the number comes from. */
  basis: string;
  /** `open` while it runs, `met` or `missed` afterwards, `void` when the duty fell away. */
  status: 'open' | 'met' | 'missed' | 'void';
}

/** What any state tells the loop and the read model about itself. */
export interface CaseState {
  id: string;
  campaign: string;
  unit?: string;
  status: string;
  /** Instant of the latest thing that happened; nothing is dated before it. */
  lastAt: Instant;
  /** Nothing more can happen; the process ends. */
  closed: boolean;
}

/** What opens a case. */
export interface Opening {
  id: string;
  campaign: string;
  unit?: string;
  openedAt: Instant;
}

/** What a rules module offers: everything the loop, the simulator and the pages ask of a kind of case. */
export interface Rules<S extends CaseState, M extends Message, O extends Opening> {
  kind: string;
  /** First state and effects. */
  open(opening: O): Decision<S>;
  /** A message at `at`, everything due before it having been passed. `receivedAt` is never after `at`. */
  receive(state: S, message: M, turn: { at: Instant; receivedAt: Instant; by: Actor }): Decision<S> | Refusal;
  /** The earliest thing time alone will cause. */
  next(state: S): Step | undefined;
  /** It came. */
  pass(state: S, step: Step): Decision<S>;
  /** Whether a reason to write still holds when it is about to be sent. */
  holds(state: S, reason: MailReason): boolean;
  clocks(state: S): Clock[];
  /** Two or three lines for Temporal's own page: where it stands and what comes next. */
  describe(state: S): string;
}
