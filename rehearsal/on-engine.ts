import type { Fact } from '../domain/case';
import type { Cases } from '../engine/cases';
import type { FactDoc } from '../store/documents';
import { prepareLaunch } from '../store/launch';
import type { Store } from '../store/store';
import { EngineControl } from './engine-control';
import type { Progress } from './engine-driver';
import { launchOf } from './openings';
import { type Persona, personaOf } from './personas';
import type { Rehearsal, RehearsalInput, Timelines } from './rehearsal';

/** What a rehearsal is set up with. */
export interface Setup extends RehearsalInput {
  id: string;
  campaign: string;
  /** Units that are left to whoever plays along: they do nothing of their own accord. */
  players?: string[];
}

/** Puts units, rehearsal and campaign in place and opens the campaign's case. Doing it again changes nothing. */
export async function setUp(store: Store, cases: Cases, setup: Setup): Promise<void> {
  const { plan, units, seed, id, campaign, players = [] } = setup;
  await store.units.bulkWrite(
    units.map(({ id: _id, ...unit }) => ({ updateOne: { filter: { _id }, update: { $set: unit }, upsert: true } })),
  );
  const personas: Record<string, Persona> = {};
  for (const unit of units) {
    const persona = personaOf(seed, unit);
    personas[unit.id] = players.includes(unit.id) ? { ...persona, kind: 'silent' } : persona;
  }
  const at = launchOf(plan);
  await store.rehearsals.updateOne(
    { _id: id },
    { $setOnInsert: { campaign, seed, now: at, personas, autopilot: true } },
    { upsert: true },
  );
  const opening = await prepareLaunch(store, {
    id: campaign,
    plan,
    units: units.map((unit) => unit.id),
    at,
    by: 'rehearsal',
  });
  await cases.open(opening);
}

/** Lives the whole campaign through on the real engine, in a database and namespace of its own. */
export async function liveThrough(
  parts: { store: Store; cases: Cases; client: ConstructorParameters<typeof EngineControl>[2] },
  setup: Setup,
  say: (progress: Progress) => void,
): Promise<
  Pick<Rehearsal, 'timelines' | 'elapsedMs' | 'campaign'> & { digest: string; mails: number; reasons: number }
> {
  const began = performance.now();
  const { store, cases, client } = parts;
  await setUp(store, cases, setup);
  await new EngineControl(setup.id, store, client, cases).advance(undefined, say);
  const launched = await store.campaigns.findById(setup.campaign).lean<{ digest: string }>();
  return {
    campaign: setup.campaign,
    digest: launched!.digest,
    timelines: await timelinesOf(store, setup.campaign),
    mails: await store.mails.countDocuments({ campaign: setup.campaign, status: 'sent' }),
    reasons: await store.outbox.countDocuments({ campaign: setup.campaign, type: 'mail', status: 'mailed' }),
    elapsedMs: Math.round(performance.now() - began),
  };
}

/** What happened, case by case, as the simulator would tell it. */
async function timelinesOf(store: Store, campaign: string): Promise<Timelines> {
  const facts = await store.timeline.find({ campaign }).sort({ case: 1, n: 1 }).lean<FactDoc[]>();
  const timelines: Timelines = {};
  for (const { case: id, at, type, by, about, data } of facts) {
    const fact: Fact = { at, type, by, ...(about !== undefined && { about }), ...(data !== undefined && { data }) };
    const own = timelines[id];
    if (own) own.push(fact);
    else timelines[id] = [fact];
  }
  return timelines;
}
