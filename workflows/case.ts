import { ApplicationFailure } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { CaseState, Clock, Decision, Envelope, Message, Opening, Refusal, Rules } from '../domain/case';
import { isRefusal } from '../domain/case';
import { type Answer, addTo, applied, begun, nothing, passUntil, type Running, receive } from '../domain/case-runner';
import type { Activities, Batch } from '../domain/ports';
import type { Instant } from '../domain/time';
import { deliver, type Look, look, opened, refresh, tell } from './messages';

/** How a case starts: with its opening, or, in a fresh run, with what the run before carried over. */
export interface CaseInput<O extends Opening = Opening> {
  opening: O;
  carried?: Carried;
}

interface Carried {
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

const { record } = wf.proxyActivities<Activities>({
  startToCloseTimeout: '10s',
  // Without end: a database that is away for a day must not lose a decision that has been answered.
  retry: { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' },
});

/**
 * Runs any kind of case: opens it, then waits for messages and for the one timer of what comes next, and has
 * whatever was decided written down. All handlers are synchronous; nothing but this loop awaits.
 */
export async function runCase<S extends CaseState, M extends Message, O extends Opening>(
  rules: Rules<S, M, O>,
  input: CaseInput<O>,
): Promise<void> {
  const desk = new Desk(rules, input);

  wf.setHandler(deliver, (envelope) => desk.take(envelope as Envelope<M>), {
    validator: (envelope) => desk.check(envelope as Envelope<M>),
  });
  wf.setHandler(opened, () => desk.answerOpened());
  wf.setHandler(tell, (envelope) => desk.hear(envelope as Envelope<M>));
  let freshRunWanted = false;
  wf.setHandler(refresh, () => {
    freshRunWanted = true;
  });
  wf.setHandler(look, () => desk.look());

  const { openedAt } = input.opening;
  if (openedAt > Date.now()) await wf.sleep(openedAt - Date.now());

  const alarm = new AlarmClock();
  while (true) {
    desk.passUntil(Math.max(Date.now(), alarm.rangFor));
    if (freshRunWanted || wf.workflowInfo().continueAsNewSuggested) {
      // Before writing, not after: under a stream of messages there is always something left to write.
      alarm.stop();
      await freshRun<O>()({ ...input, carried: desk.carry() });
    } else if (desk.hasUnwritten) {
      wf.setCurrentDetails(rules.describe(desk.state));
      const batch = desk.nextBatch(Date.now());
      await record(batch);
      desk.written(batch);
    } else if (desk.state.closed) {
      break;
    } else {
      alarm.set(rules.next(desk.state)?.at);
      await wf.condition(() => desk.hasUnwritten || alarm.rang || freshRunWanted);
    }
  }
  alarm.stop();
}

/** Where workers are versioned a case stays with its version until its next run, which takes the newest. */
function freshRun<O extends Opening>() {
  const versioned = wf.workflowInfo().currentDeploymentVersion !== undefined;
  return wf.makeContinueAsNewFunc<(input: CaseInput<O>) => Promise<void>>(
    versioned ? { initialVersioningBehavior: 'AUTO_UPGRADE' } : {},
  );
}

/** What the case knows: its state, and what has been decided but not yet written down. */
class Desk<S extends CaseState, M extends Message, O extends Opening> {
  private running: Running<S>;
  private unwritten: Decision<S>;
  private at: Written;
  /** The state of the latest batch of this run. */
  private recorded: S | undefined;

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
  }

  /** @throws ApplicationFailure with one of our codes; nothing has changed then. */
  take(envelope: Envelope<M>): Answer {
    const result = receive(this.rules, this.running, envelope);
    if (isRefusal(result)) throw failureOf(result);
    this.running = result.running;
    addTo(this.unwritten, result.decision);
    return result.answer;
  }

  /** A Signal cannot be refused; what the rules will not take changes nothing. */
  hear(envelope: Envelope<M>): void {
    const result = receive(this.rules, this.running, envelope);
    if (isRefusal(result)) {
      wf.log.warn('a signal was refused', { code: result.refused, type: envelope.message.type });
      return;
    }
    this.running = result.running;
    addTo(this.unwritten, result.decision);
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
    state: Object.fromEntries(fields.filter(([name, value]) => !Object.is(old[name], value))),
    whole: false,
    gone: Object.keys(old).filter((name) => old[name] !== undefined && !fields.some(([kept]) => kept === name)),
  };
}

/** The clocks that do not stand as they did: an act changes one of ten, and each costs the ledger a write. */
function newOf(before: Clock[], now: Clock[]): Clock[] {
  const known = new Set(before.map((clock) => JSON.stringify(clock)));
  return now.filter((clock) => !known.has(JSON.stringify(clock)));
}

/** The one timer of a case. Kept while its instant stays the same: that saves two events an act. */
class AlarmClock {
  rang = false;
  private instant: Instant | undefined;

  /** The instant it rang for: nothing that was due by then may be left, whatever the milliseconds say. */
  get rangFor(): Instant {
    return this.rang && this.instant !== undefined ? this.instant : 0;
  }

  private scope: wf.CancellationScope | undefined;

  set(instant: Instant | undefined): void {
    if (instant === this.instant && !this.rang) return;
    this.stop();
    this.instant = instant;
    this.rang = false;
    if (instant === undefined) return;
    const scope = new wf.CancellationScope({ cancellable: true });
    this.scope = scope;
    scope
      .run(async () => {
        await wf.sleep(Math.max(1, instant - Date.now()));
        if (this.scope === scope) this.rang = true;
      })
      .catch((error) => {
        if (!wf.isCancellation(error)) throw error;
      });
  }

  stop(): void {
    this.scope?.cancel();
    this.scope = undefined;
    this.instant = undefined;
  }
}

/** One of our refusals, which the API turns into an answer; anything else would be an unknown outcome. */
function failureOf(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.refused, refusal.refused, refusal.data ?? {});
}
