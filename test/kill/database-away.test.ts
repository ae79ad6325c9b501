import { setTimeout as pause } from 'node:timers/promises';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { fastForward } from '../../engine/time-skipping';
import { EngineControl } from '../../rehearsal/engine-control';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc, FactDoc } from '../../store/documents';
import { expectConsistent, expectInOrder, settled } from '../support/consistent';
import { until } from '../support/engine';
import { House } from '../support/house';
import { testPlan } from '../support/plan';
import type { Reply } from '../support/sender';

const REHEARSAL = 'away';
const UNITS = syntheticUnits(60, 4)
  .filter((unit) => unit.sectors.length === 1)
  .slice(0, 3);
/** By the requirement; the client gives up later. */
const WITHIN_MS = 6_000;
/** Tries to write a batch after which the outage has lasted long enough. */
const TRIES = 3;
/** To look at a longer outage by hand: `OUTAGE_MS=120000 npx jest test/kill/database-away`. */
const OUTAGE_MS = Number(process.env.OUTAGE_MS ?? 0);

jest.setTimeout(120_000 + OUTAGE_MS);

const plan = testPlan({ start: nextNinthOfDecember(Date.now()) });

let house: House;

beforeAll(async () => {
  house = await House.withServers({ XIAOHAO_MODE: 'rehearsal', XIAOHAO_REHEARSAL: REHEARSAL });
  await house.start('api', 'worker', 'dispatch');
  await house.ready();
});
afterAll(() => house.close());

/** How long each refusal took, for whoever looks at a longer outage. */
const took: number[] = [];

async function expectAway(ask: () => Promise<Reply>): Promise<void> {
  const began = Date.now();
  const { status, retryAfter, type, body } = await ask();
  took.push(Date.now() - began);
  expect(status).toBe(503);
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect(type).toContain('application/problem+json');
  expect(body.code).toBe('store-away');
}

test('MongoDB does not answer: 503 at once, clocks are passed all the same, and written down in order afterwards', async () => {
  const { store, cases, client } = house;
  const players = UNITS.map((unit) => unit.id);
  await setUp(store, cases, { id: REHEARSAL, campaign: `campaign/${REHEARSAL}`, plan, units: UNITS, seed: 1, players });
  await new EngineControl(REHEARSAL, store, client, cases).advance(launchOf(plan) + 600_000);
  const docs = await store.cases.find({ kind: 'unit-campaign' }).lean<CaseDoc<UnitCampaignState>[]>();
  expect(docs).toHaveLength(UNITS.length);
  const head = await house.sender('head', UNITS[0]!.id);
  const path = `/unit-campaigns/${docs.find((one) => one.unit === UNITS[0]!.id)!._id.slice('unit-campaign/'.length)}`;
  expect((await head.get(path)).status).toBe(200);

  // The next two reminders of every case fall due while nobody can write them down.
  const dueSoon = docs.map(({ _id, revision, state }) => {
    const instants = state.obligations.flatMap((one) => one.reminders.map(({ at }) => at)).sort((a, b) => a - b);
    return { id: _id, revision, instants: [...new Set(instants)].slice(0, 2) };
  });
  const mongod = house.pid('mongod')!;
  process.kill(mongod, 'SIGSTOP');
  try {
    const began = Date.now();
    await expectAway(() => head.get(path, WITHIN_MS));
    await expectAway(() => head.post(`${path}/receipt`, {}, 'receipt-1', WITHIN_MS));
    for (const { id, instants } of dueSoon) await fastForward(client, id, instants[1]!);
    for (const { id, revision } of dueSoon) {
      await until('a clock is passed that nobody could write down', async () => {
        const now = await cases.look(id);
        return now.revision > revision && now.recorded === revision;
      });
      await until(
        'writing it down was tried again and again',
        async () => {
          const [pending] = (await client.workflow.getHandle(id).describe()).raw.pendingActivities ?? [];
          return (pending?.attempt ?? 0) >= TRIES;
        },
        (TRIES + 2) * 15_000,
      );
    }
    // The case decides all the same, and remembers.
    const call = { type: 'record-call', result: 'reached', note: 'meanwhile' } as never;
    const admin = { id: 'admin', role: 'admin' as const };
    const at = await cases.look(dueSoon[0]!.id).then((look) => look.state.lastAt);
    await cases.deliver(dueSoon[0]!.id, { id: 'call-1', at, by: admin, message: call });
    await expectAway(() => head.post(`${path}/receipt`, {}, 'receipt-1', WITHIN_MS));
    while (Date.now() - began < OUTAGE_MS) {
      await pause(1_000);
      await expectAway(() => head.get(path, WITHIN_MS));
    }
  } finally {
    process.kill(mongod, 'SIGCONT');
  }
  const back = Date.now();

  for (const { id, instants } of dueSoon) {
    await until(
      'what was decided is written down',
      async () => {
        const doc = await store.cases
          .findById(id)
          .lean<CaseDoc>()
          .catch(() => undefined);
        return doc && (doc.nextAt ?? Infinity) > instants[1]!;
      },
      40_000,
    );
    const facts = await store.timeline.find({ case: id }).sort({ n: 1 }).lean<FactDoc[]>();
    expectInOrder(facts);
    const reminded = facts.filter((fact) => fact.type === 'reminded').map((fact) => fact.at);
    expect([...new Set(reminded)]).toEqual(instants);
    const about = facts.filter((fact) => fact.type === 'reminded').map((fact) => `${fact.about} ${fact.at}`);
    expect(new Set(about).size).toBe(about.length);
  }
  const written = Date.now();
  const receipt = await head.postUntilAnswered(`${path}/receipt`, {}, 'receipt-1');
  expect(receipt.status).toBe(200);
  expect(receipt.body.decision.facts).toEqual(['acknowledged']);
  await settled(house, 60_000);
  await expectConsistent(house);
  expect(await store.timeline.countDocuments({ type: 'called' })).toBe(1);
  if (OUTAGE_MS > 0) {
    const slowest = Math.max(...took);
    console.log(`${took.length} times 503, slowest ${slowest} ms; all written down ${written - back} ms after the end`);
  }
});
