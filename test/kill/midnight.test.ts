import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { EngineControl } from '../../rehearsal/engine-control';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc, FactDoc } from '../../store/documents';
import { expectConsistent } from '../support/consistent';
import { type TestEngine, testEngine, until } from '../support/engine';
import { House } from '../support/house';
import { testObligation, testPlan } from '../support/plan';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const UNIT = { ...syntheticUnits(1, 1)[0]!, onePerson: false, sectors: ['general' as const] };
const plan = testPlan({
  start: nextNinthOfDecember(Date.now()),
  obligations: [testObligation({ code: 'note', due: { afterDays: 7 }, signedByHead: false })],
});

let engine: TestEngine;
let house: House;

beforeAll(async () => {
  engine = await testEngine('midnight');
  house = await House.on(engine.env);
  await house.start('api', 'worker', 'dispatch');
  await house.ready();
});
afterAll(async () => {
  await house.close();
  await engine.close();
});

test('filed at 23:58 of the last day with the worker down until 00:10: it is on time', async () => {
  const { store, cases, client } = house;
  const rehearsal = engine.config.rehearsal!;
  const campaign = `campaign/${rehearsal}`;
  await setUp(store, cases, { id: rehearsal, campaign, plan, units: [UNIT], seed: 1, players: [UNIT.id] });
  await new EngineControl(rehearsal, store, client, cases).advance(launchOf(plan) + 10 * MINUTE);
  const found = () => store.cases.findOne({ unit: UNIT.id }).lean<CaseDoc<UnitCampaignState>>();
  const note = async () => (await found())!.state.obligations[0]!;
  const { _id: id } = (await found())!;
  const { dueAt } = await note();
  const admin = await house.sender('admin');
  const filer = await house.sender('filer', UNIT.id);
  const advance = (to: number) =>
    admin.post(`/rehearsals/${rehearsal}/advance`, { to: new Date(to).toISOString() }, `to-${to}`, 80_000);
  expect((await advance(dueAt - 2 * MINUTE)).status).toBe(200);

  house.end('worker');
  const path = `/${id.replace('unit-campaign/', 'unit-campaigns/')}/obligations/note/file`;
  const filed = await filer.post(path, { form: {} }, 'file-1');
  expect([filed.status, filed.body.code]).toEqual([503, 'outcome-unknown']);
  expect(Number(filed.retryAfter)).toBeGreaterThan(0);

  // Midnight comes and goes; the clock arrives once somebody is there to pass it.
  const later = advance(dueAt + 10 * MINUTE);
  await until('the clock is being moved', async () => (await store.rehearsals.findById(rehearsal).lean())?.target);
  await house.start('worker');
  expect((await later).status).toBe(200);
  expect(await store.now()).toBe(dueAt + 10 * MINUTE);

  // Nobody asks again: the sweeper sees it through.
  await until('the filing is taken', async () => (await note()).submission, 40_000);
  const { missed, submission } = await note();
  expect([missed, submission!.completeAt]).toEqual([false, dueAt - 2 * MINUTE]);
  const again = await filer.postUntilAnswered(path, { form: {} }, 'file-1');
  expect([again.status, again.body.decision.facts]).toEqual([200, ['filed', 'signed']]);
  const facts = await store.timeline
    .find({ case: id, type: { $in: ['filed', 'signed'] } })
    .sort({ n: 1 })
    .lean<FactDoc[]>();
  expect(facts.map((fact) => fact.type)).toEqual(['filed', 'signed']);
  expect(facts[1]!.data!.onTime).toBe(true);
  await until('the journal is closed', async () => (await store.journal.countDocuments({ status: 'open' })) === 0);
  await expectConsistent(house);
});
