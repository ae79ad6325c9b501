import type { Client } from '@temporalio/client';
import type { CampaignState } from '../domain/campaign/state';
import type { CaseState, Message } from '../domain/case';
import { calendarOf } from '../domain/plan-dates';
import { type Instant, MINUTE } from '../domain/time';
import type { UnitCampaignState } from '../domain/unit-campaign/state';
import type { Cases } from '../engine/cases';
import { fastForward } from '../engine/time-skipping';
import type { CaseDoc, EffectDoc, RehearsalDoc } from '../store/documents';
import type { Store } from '../store/store';
import { nextOfficeAct } from './office';
import { type Act, envelopeOf, nextAct, type Persona } from './personas';
import { Settling } from './settling';

/** Clocks that are moved at the same time; more only queue up at the server. */
const AT_ONCE = 12;

/** The clocks of one morning run within half an hour before its mail and do not concern each other: one step. */
const MORNING = 30 * MINUTE;

export interface Progress {
  now: Instant;
  to: Instant;
  steps: number;
}

interface Planned {
  revision: number;
  act?: Act<Message>;
}

/**
 * Moves a rehearsal on the real engine forward, from one instant at which something happens to the next: the clocks
 * that are due, what the personas do, the orders that follow from it, then the mail. Cause stays before effect.
 */
export class EngineDriver {
  private readonly settling: Settling;
  private readonly planned = new Map<string, Planned>();

  constructor(
    private readonly id: string,
    private readonly store: Store,
    private readonly client: Client,
    private readonly cases: Cases,
  ) {
    this.settling = new Settling(store, cases);
  }

  /**
   * Moves to an instant, or as far as anything will happen when none is given.
   * @returns how many steps that took. @throws RehearsalStuck when an effect keeps failing: nothing is skipped.
   */
  async advance(to: Instant | undefined, say: (progress: Progress) => void = () => {}): Promise<number> {
    let steps = 0;
    // What was left from before (a start, an act of whoever plays along) comes first.
    await this.settling.launched();
    await this.settle(await this.store.now());
    for (;;) {
      const next = await this.upcoming();
      if (next === undefined || (to !== undefined && next.at > to)) break;
      const now = await this.step(next.at, Math.min(next.until, to ?? Infinity));
      steps += 1;
      say({ now, to: to ?? now, steps });
    }
    if (to !== undefined) await this.settle(to);
    return steps;
  }

  /** What happens next, and when: `until` is as far as clocks may run on before anybody else is concerned. */
  private async upcoming(): Promise<{ at: Instant; until: Instant } | undefined> {
    const clock = await this.store.cases
      .findOne({ closed: false, nextAt: { $exists: true } }, { nextAt: 1 })
      .sort({ nextAt: 1 })
      .lean<Pick<CaseDoc, 'nextAt'>>();
    const letter = await this.store.outbox
      .findOne({ status: 'planned' }, { plannedAt: 1 })
      .sort({ plannedAt: 1 })
      .lean<Pick<EffectDoc, 'plannedAt'>>();
    const acts = await this.acts();
    const others = Math.min(letter?.plannedAt ?? Infinity, ...acts.map((one) => one.act.at));
    const first = Math.min(clock?.nextAt ?? Infinity, others);
    if (first === Infinity) return undefined;
    // The clock never goes back: what is overdue happens now.
    const at = Math.max(await this.store.now(), first);
    return { at, until: Math.max(at, Math.min(others - 1, at + MORNING)) };
  }

  private async step(at: Instant, until: Instant): Promise<Instant> {
    const due = await this.store.cases
      .find({ closed: false, nextAt: { $lte: until } }, { nextAt: 1 })
      .sort({ nextAt: -1 })
      .lean<Pick<CaseDoc, '_id' | 'nextAt'>[]>();
    const now = Math.max(at, due[0]?.nextAt ?? at);
    await inGroups(due, AT_ONCE, (one) => fastForward(this.client, one._id, now));
    await this.settling.passed(now);
    for (let acts = await this.actsUntil(now); acts.length > 0; acts = await this.actsUntil(now)) {
      await inGroups(acts, AT_ONCE, async ({ caseId, act }) => {
        const answer = await this.cases.deliver(caseId, envelopeOf(caseId, act));
        await this.settling.recorded(caseId, answer.revision);
      });
    }
    await this.settle(now);
    return now;
  }

  /** Everything that follows from what has happened: orders to other cases, then, at `now`, the mail. */
  private async settle(now: Instant): Promise<void> {
    await this.settling.ordersDone();
    await this.store.rehearsals.updateOne({ _id: this.id }, { $max: { now } });
    await this.settling.mailDone(now);
  }

  private async actsUntil(at: Instant): Promise<{ caseId: string; act: Act<Message> }[]> {
    return (await this.acts()).filter((one) => one.act.at <= at);
  }

  /** What everybody will do next. Worked out anew only for cases that have moved. */
  private async acts(): Promise<{ caseId: string; act: Act<Message> }[]> {
    const rehearsal = await this.store.rehearsals.findById(this.id).lean<RehearsalDoc>();
    if (!rehearsal?.autopilot || rehearsal.campaign === undefined) return [];
    const open = await this.store.cases
      .find({ campaign: rehearsal.campaign, closed: false }, { revision: 1 })
      .lean<Pick<CaseDoc, '_id' | 'revision'>[]>();
    const moved = open.filter((one) => this.planned.get(one._id)?.revision !== one.revision).map((one) => one._id);
    const states = await this.store.cases
      .find({ _id: { $in: moved } }, { state: 1, revision: 1, campaign: 1 })
      .lean<Pick<CaseDoc<CaseState>, '_id' | 'state' | 'revision' | 'campaign'>[]>();
    for (const { _id, state, revision, campaign } of states) {
      this.planned.set(_id, { revision, act: await this.actOf(rehearsal, campaign, state) });
    }
    return open.flatMap(({ _id }) => {
      const act = this.planned.get(_id)?.act;
      return act ? [{ caseId: _id, act }] : [];
    });
  }

  private async actOf(rehearsal: RehearsalDoc, campaign: string, state: CaseState): Promise<Act<Message> | undefined> {
    if (state.unit === undefined) {
      const plan = await this.store.plans.of(campaign);
      return nextOfficeAct(state as CampaignState, calendarOf(plan));
    }
    const persona = rehearsal.personas[state.unit] as Persona | undefined;
    return persona && nextAct(persona, state as UnitCampaignState, rehearsal.seed);
  }
}

async function inGroups<T>(all: T[], size: number, work: (one: T) => Promise<void>): Promise<void> {
  for (let i = 0; i < all.length; i += size) await Promise.all(all.slice(i, i + size).map(work));
}
