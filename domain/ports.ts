import type { Clock, Data, Fact, MailReason, Order } from './case';
import type { Instant } from './time';

/** All that one turn of a case's loop has to write down, as one transaction. */
export interface Batch {
  case: string;
  kind: string;
  campaign: string;
  unit?: string;
  /** Goes up by one with every batch of a case; with the case it names the batch. */
  seq: number;
  /** Decisions made so far; the read model only moves forward by it. */
  revision: number;
  status: string;
  closed: boolean;
  /**
   * The state as the read model keeps it: the whole, or only the fields that are not what the batch before had.
   * What a case was opened with is the greater part of its state and need not go through its history every time.
   */
  state: Data;
  whole: boolean;
  /** Fields that the state no longer has. */
  gone: string[];
  /** Number of the first of `facts` on the case's timeline. */
  firstFact: number;
  facts: Fact[];
  /** When the case carried the facts out, beside the instant each was due. */
  carriedOutAt: Instant;
  /** Number of the first of `mails` and then `orders` in the case's outbox. */
  firstEffect: number;
  mails: MailReason[];
  orders: Order[];
  /** Deadlines that are new, or do not stand as the batch before had them. */
  clocks: Clock[];
  /** The earliest thing time alone will cause. */
  nextAt?: Instant;
}

/** What the workflows ask of the outside world. */
export interface Activities {
  /**
   * Writes a batch to the read model, timeline, deadline ledger and outbox in one transaction.
   * Idempotent by case and sequence; a batch already there with another digest raises an alarm.
   */
  record(batch: Batch): Promise<void>;
}
