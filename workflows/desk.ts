import { ApplicationFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import {
  type CaseState,
  type Clock,
  type Decision,
  type Envelope,
  isRefusal,
  type Json,
  type Message,
  type Opening,
  type Refusal,
  type Rules,
} from '../domain/case';
import { type Answer, addTo, applied, begun, nothing, passUntil, type Running, receive } from '../domain/case-runner';
import type { Batch } from '../domain/ports';
import type { Instant } from '../domain/time';
import type { Look } from './messages';

/** How a case starts: with its opening, or, in a fresh run, with what the run before carried over. */
export interface CaseInput<O extends Opening = Opening> {
  opening: O;
  carried?: Carried;
}

export interface Carried {
  running: Running<CaseState>;
  unwritten: Decision<CaseState>;
  written: Written;
}

/** How far the case has written itself down; numbers the next batch. */
interface Written {
  seq: number;
  revision: number;
  facts: number;
  effects: number;
}

type Received<S extends CaseState> = Exclude<ReturnType<typeof receive<S, Message>>, Refusal>;

/** What the case knows: its state, and what has been decided but not yet written down. */
export class Desk<S extends CaseState, M extends Message, O extends Opening> {
  private running: Running<S>;
  private unwritten: Decision<S>;
  private at: Written;
  /** The state of the latest batch of this run. */
  private recorded: S | undefined;
  /** What the validator has just worked out, so that the handler need not do it again. A replay does without. */
  private checked: { envelope: Envelope<M>; on: Running<S>; result: Received<S> } | undefined;

  constructor(
    private readonly rules: Rules<S, M, O>,
    input: CaseInput<O>,
  ) {
    const carried = input.carried;
    if (carried) {
      this.running = carried.running as Running<S>;
      this.unwritten = carried.unwritten as Decision<S>;
      this.at = carried.written;
    } else {
      this.unwritten = rules.open(input.opening);
      this.running = begun(this.unwritten);
      this.at = { seq: 0, revision: 0, facts: 0, effects: 0 };
    }
  }

  get state(): S {
    return this.running.state;
  }

  get hasUnwritten(): boolean {
    return this.running.revision > this.at.revision;
  }

  /** Refuses before anything enters the history. @throws ApplicationFailure with one of our codes. */
  check(envelope: Envelope<M>): void {
    const result = receive(this.rules, this.running, envelope);
    if (isRefusal(result)) throw failureOf(result);
    this.checked = { envelope, on: this.running, result };
  }

  /** @throws ApplicationFailure with one of our codes; nothing has changed then. */
  take(envelope: Envelope<M>): Answer {
    const { checked } = this;
    const known = checked?.envelope.id === envelope.id && checked.on === this.running ? checked.result : undefined;
    const result = known ?? receive(this.rules, this.running, envelope);
    if (isRefusal(result)) throw failureOf(result);
    this.apply(result);
    return result.answer;
  }

  /** A Signal cannot be refused; what the rules will not take changes nothing. */
  hear(envelope: Envelope<M>): void {
    const result = receive(this.rules, this.running, envelope);
    if (isRefusal(result)) {
      wf.log.warn('a signal was refused', { code: result.refused, type: envelope.message.type });
      return;
    }
    this.apply(result);
  }

  private apply({ running, decision }: Received<S>): void {
    this.running = running;
    addTo(this.unwritten, decision);
  }

  answerOpened(): Answer {
    const { state, revision } = this.running;
    return { revision, status: state.status, at: state.lastAt, facts: [] };
  }

  look(): Look {
    return { state: this.running.state, revision: this.running.revision, recorded: this.at.revision };
  }

  passUntil(now: Instant): void {
    const passed = passUntil(this.rules, this.running.state, now);
    this.running = applied(this.running, passed);
    addTo(this.unwritten, passed);
  }

  nextBatch(now: Instant): Batch {
    const { state, revision } = this.running;
    const { facts, mails, orders } = this.unwritten;
    const changes = changesOf(this.recorded, state);
    const clocks = newOf(this.recorded ? this.rules.clocks(this.recorded) : [], this.rules.clocks(state));
    this.unwritten = nothing(state);
    this.recorded = state;
    return {
      case: state.id,
      kind: this.rules.kind,
      campaign: state.campaign,
      ...(state.unit !== undefined && { unit: state.unit }),
      seq: this.at.seq + 1,
      revision,
      status: state.status,
      closed: state.closed,
      ...changes,
      firstFact: this.at.facts + 1,
      facts,
      // The clock of a rehearsed case only moves when something is due; a message may be ahead of it.
      carriedOutAt: Math.max(now, state.lastAt),
      firstEffect: this.at.effects + 1,
      mails,
      orders,
      clocks,
      ...(state.closed ? {} : { nextAt: this.rules.next(state)?.at }),
    };
  }

  written(batch: Batch): void {
    this.at = {
      seq: batch.seq,
      revision: batch.revision,
      facts: this.at.facts + batch.facts.length,
      effects: this.at.effects + batch.mails.length + batch.orders.length,
    };
  }

  carry(): Carried {
    return { running: this.running, unwritten: this.unwritten, written: this.at };
  }
}

/** Rules never change a state but make a new one, so a field that is the same object has not changed. */
function changesOf(before: CaseState | undefined, now: CaseState): Pick<Batch, 'state' | 'whole' | 'gone'> {
  if (!before) return { state: now as unknown as Batch['state'], whole: true, gone: [] };
  const old = before as unknown as Batch['state'];
  const fields = Object.entries(now as unknown as Batch['state']).filter(([, value]) => value !== undefined);
  return {
    state: Object.fromEntries(fields.flatMap(([name, value]) => changed(name, old[name], value))),
    whole: false,
    gone: Object.keys(old).filter((name) => old[name] !== undefined && !fields.some(([kept]) => kept === name)),
  };
}

/** What a field has become: nothing where it is the same, of a list as long as before only what changed in it. */
function changed(name: string, before: Json | undefined, now: Json | undefined): [string, Json | undefined][] {
  if (Object.is(before, now)) return [];
  if (!Array.isArray(before) || !Array.isArray(now) || before.length !== now.length) return [[name, now]];
  return now.flatMap((one, i): [string, Json][] => (Object.is(before[i], one) ? [] : [[`${name}.${i}`, one]]));
}

/** The clocks that do not stand as they did: an act changes one of ten, and each costs the ledger a write. */
function newOf(before: Clock[], now: Clock[]): Clock[] {
  const known = new Set(before.map((clock) => JSON.stringify(clock)));
  return now.filter((clock) => !known.has(JSON.stringify(clock)));
}

/** One of our refusals, which the API turns into an answer; anything else would be an unknown outcome. */
function failureOf(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.refused, refusal.refused, refusal.data ?? {});
}
