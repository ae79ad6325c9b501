import type { Calendar } from '../domain/calendar';
import { campaignOpening } from '../domain/campaign/opening';
import type { CampaignState } from '../domain/campaign/state';
import {
  type CaseState,
  type Decision,
  type Envelope,
  type Fact,
  isRefusal,
  type MailReason,
  type Message,
  type Order,
  type Refusal,
} from '../domain/case';
import { applied, begun, passUntil, type Running, receive } from '../domain/case-runner';
import { type AnyRules, rulesOf } from '../domain/kinds';
import { calendarOf } from '../domain/plan-dates';
import type { Instant } from '../domain/time';
import type { UnitCampaignState, UnitTerms } from '../domain/unit-campaign/state';
import { termsFor } from '../domain/unit-campaign/terms';
import { remembered } from './day-clock';
import { nextOfficeAct } from './office';
import { launchOf, unitOpening } from './openings';
import { type Act, envelopeOf, nextAct, type Persona, personaOf } from './personas';
import { PostRoom } from './post-room';
import { Queue } from './queue';
import type { Rehearsal, RehearsalInput } from './rehearsal';
import { rolledOut, signalFrom } from './signals';

/**
 * Lives a campaign through with the rules alone: the same rules, messages and order of events as on the real engine,
 * without engine, database or clock. Deterministic in plan, units and seed.
 */
export function simulate(input: RehearsalInput): Rehearsal {
  const began = performance.now();
  const county = new County(input);
  county.launch();
  county.run(input.until ?? Number.POSITIVE_INFINITY);
  return { ...county.outcome(), elapsedMs: Math.round(performance.now() - began) };
}

// biome-ignore lint/suspicious/noExplicitAny: a county has cases of every kind.
type AnyState = any;

interface LiveCase {
  id: string;
  rules: AnyRules;
  running: Running<AnyState>;
  timeline: Fact[];
  persona?: Persona;
  /** Goes up with every event, so that what was planned before it is left behind in the queue. */
  stamp: number;
  /** The act that waits in the queue. */
  act?: Act<Message>;
}

class County {
  private readonly cases = new Map<string, LiveCase>();
  private readonly queue = new Queue();
  private readonly post: PostRoom;
  private readonly calendar: Calendar;
  private readonly campaign: string;
  private readonly visited = {
    campaign: new Set<string>(),
    'unit-campaign': new Set<string>(),
    obligation: new Set<string>(),
  };

  constructor(private readonly input: RehearsalInput) {
    this.campaign = input.campaign ?? `campaign/rehearsal-${input.seed}`;
    this.calendar = calendarOf(input.plan);
    this.post = new PostRoom(input.plan, input.units, (at, id) => this.queue.push({ at, phase: 'mail', id, stamp: 0 }));
  }

  launch(): void {
    const { plan, units, digest = '' } = this.input;
    const opening = campaignOpening(plan, { id: this.campaign, digest, units: units.length }, launchOf(plan));
    this.open('campaign', opening);
  }

  run(until: Instant): void {
    for (let entry = this.queue.pop(); entry && entry.at <= until; entry = this.queue.pop()) {
      if (entry.phase === 'mail') {
        this.post.send(entry.at, entry.id, (caseId, reason) => this.holds(caseId, reason));
        continue;
      }
      const one = this.cases.get(entry.id)!;
      if (entry.stamp !== one.stamp) continue;
      if (entry.phase === 'clock') this.pass(one, entry.at);
      else this.deliver(one, envelopeOf(one.id, one.act!));
    }
  }

  outcome(): Omit<Rehearsal, 'elapsedMs'> {
    const { plan, units, seed } = this.input;
    const { sent, withdrawn, unaddressed } = this.post;
    const all = [...this.cases.values()];
    return {
      plan,
      units,
      seed,
      campaign: this.campaign,
      timelines: Object.fromEntries(all.map((one) => [one.id, one.timeline])),
      states: Object.fromEntries(all.map((one) => [one.id, one.running.state])),
      mails: sent,
      withdrawn,
      unaddressed,
      visited: Object.fromEntries(Object.entries(this.visited).map(([table, states]) => [table, [...states]])),
    };
  }

  private open(kind: string, opening: { id: string }, persona?: Persona): void {
    const rules = rulesOf(kind);
    const decision = rules.open(opening as AnyState);
    const one: LiveCase = { id: opening.id, rules, running: begun(decision), timeline: [], persona, stamp: 0 };
    this.cases.set(one.id, one);
    this.follow(one, decision);
  }

  private pass(one: LiveCase, until: Instant): void {
    const decision = passUntil(one.rules, one.running.state, until);
    one.running = applied(one.running, decision);
    this.follow(one, decision);
  }

  /** An act of a persona, which knows what it may do. @throws Error when it is refused: a mistake in the persona. */
  private deliver(one: LiveCase, envelope: Envelope): void {
    const refusal = this.tell(one, envelope);
    if (refusal) throw new Error(`${one.id} refused ${envelope.id}: ${JSON.stringify(refusal)}`);
  }

  /** A Signal between cases: one that is refused changes nothing. */
  private tell(one: LiveCase, envelope: Envelope): Refusal | undefined {
    const result = receive(one.rules, one.running, envelope);
    if (isRefusal(result)) return result;
    one.running = result.running;
    this.follow(one, result.decision);
    return undefined;
  }

  /** Everything that follows from a decision, and what the case will do next. */
  private follow(one: LiveCase, decision: Decision<AnyState>): void {
    for (const fact of decision.facts) one.timeline.push(fact);
    this.visit(one.running.state);
    for (const reason of decision.mails) this.post.take(one.id, reason);
    this.plan(one);
    for (const order of decision.orders) this.carryOut(one, order);
  }

  private plan(one: LiveCase): void {
    const { state } = one.running;
    one.stamp += 1;
    const clock = one.rules.next(state);
    // What fell due before the case's latest event comes at once, not in the past.
    const clockAt = clock ? Math.max(clock.at, state.lastAt) : Number.POSITIVE_INFINITY;
    one.act = this.actOf(one, state);
    if (one.act && one.act.at < clockAt) {
      this.queue.push({ at: one.act.at, phase: 'act', id: one.id, stamp: one.stamp });
    } else if (clock) {
      this.queue.push({ at: clockAt, phase: 'clock', id: one.id, stamp: one.stamp });
    }
  }

  private actOf(one: LiveCase, state: CaseState): Act<Message> | undefined {
    if (one.persona) return nextAct(one.persona, state as UnitCampaignState, this.input.seed);
    return nextOfficeAct(state as CampaignState, this.calendar);
  }

  private carryOut(from: LiveCase, order: Order): void {
    if (order.type === 'roll-out') {
      this.rollOut(from, order.at);
      return;
    }
    const envelope = signalFrom(from.running.state as CampaignState, order);
    if (order.type === 'tell') this.tell(this.cases.get(order.case)!, envelope);
    else for (const one of this.cases.values()) if (one.persona) this.tell(one, envelope);
  }

  private rollOut(from: LiveCase, at: Instant): void {
    const { plan, units, seed } = this.input;
    // Units of the same sectors have the same terms: worked out once, not two thousand times.
    const known = new Map<string, UnitTerms>();
    for (const unit of units) {
      const terms = remembered(known, `${unit.sectors}/${unit.onePerson}`, () => termsFor(plan, unit, at));
      const opening = unitOpening(plan, this.campaign, unit, at, terms);
      if (!this.cases.has(opening.id)) this.open('unit-campaign', opening, personaOf(seed, unit));
    }
    this.tell(from, rolledOut(from.running.state as CampaignState, at, units.length));
  }

  private holds(caseId: string, reason: MailReason): boolean {
    const one = this.cases.get(caseId)!;
    return one.rules.holds(one.running.state, reason);
  }

  private visit(state: CaseState & { kind?: string; obligations?: { status: string }[] }): void {
    const { visited } = this;
    visited[state.kind as keyof typeof visited].add(state.status);
    for (const obligation of state.obligations ?? []) visited.obligation.add(obligation.status);
  }
}
