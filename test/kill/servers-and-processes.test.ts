import { unitCampaignId } from '../../domain/kinds';
import { addDays, dateOf, instantOf } from '../../domain/time';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc, ContentDoc, FactDoc } from '../../store/documents';
import { prepareLaunch } from '../../store/launch';
import { expectConsistent, expectMailedOnce, settled } from '../support/consistent';
import { until } from '../support/engine';
import { House } from '../support/house';
import { testObligation, testPlan } from '../support/plan';

jest.setTimeout(180_000);

const UNITS = syntheticUnits(60, 4);
const CAMPAIGN = 'campaign/kill';
const CLIENTS = 4;
/** In the order they are killed. */
const PARTS = ['worker', 'api', 'temporal', 'smtp', 'mongod', 'dispatch'];
/** Of each client while each part is killed, to a unit of its own each. */
const FILINGS = 2;
const EARLY = CLIENTS * FILINGS;

const start = addDays(dateOf(Date.now(), 'Asia/Shanghai'), -3);
const plan = testPlan({
  start,
  obligations: PARTS.map((part) =>
    testObligation({
      code: `note-${part}`,
      due: { afterDays: 21 },
      signedByHead: false,
      form: [{ code: 'text', label: { zh: '情况', en: 'What' }, kind: 'text', required: true }],
    }),
  ),
});

let house: House;

beforeAll(async () => {
  house = await House.withServers({ XIAOHAO_MODE: 'campaign', ROLL_OUT_PER_SECOND: '2' });
  await house.start('api', 'worker', 'dispatch');
  await house.ready();
});
afterAll(() => house.close());

const waiting = () => house.store.roster.countDocuments({ status: { $ne: 'started' } });

test('kill -9 of every part in the middle of a roll-out and of filings: nothing is lost, doubled or stuck', async () => {
  const { store, cases } = house;
  await store.units.insertMany(UNITS.map(({ id, ...unit }) => ({ _id: id, ...unit })));
  // Launched three days ago, so that its mail is due at once whatever the hour.
  const opening = await prepareLaunch(store, {
    id: CAMPAIGN,
    plan,
    units: UNITS.map((unit) => unit.id),
    at: instantOf(start, '09:00', 'Asia/Shanghai'),
    by: 'test',
  });
  await cases.open(opening);
  // The first the roll-out comes to: they file while the others wait for their turn.
  const early = [...UNITS].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, EARLY);
  const senders = await Promise.all(early.map((unit) => house.sender('filer', unit.id)));
  const filed: { text: string; status: number }[] = [];
  const file = async (part: string, n: number) => {
    const id = unitCampaignId(CAMPAIGN, early[n]!.id).slice('unit-campaign/'.length);
    const text = `${part} ${n}`;
    const path = `/unit-campaigns/${id}/obligations/note-${part}/file`;
    const { status } = await senders[n]!.postUntilAnswered(path, { form: { text } }, `key-${part}-${n}`);
    filed.push({ text, status });
  };

  const leftToStart: number[] = [UNITS.length];
  for (const part of PARTS) {
    await until('the roll-out goes on', async () => (await waiting()) < leftToStart.at(-1)!, 40_000);
    const before = filed.length;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let i = 0; i < FILINGS; i += 1) await file(part, i * CLIENTS + client);
    });
    await until('one of the filings is through, others are under way', async () => filed.length > before, 40_000);
    leftToStart.push(await waiting());
    await house.kill(part);
    await Promise.allSettled(clients);
  }
  expect(leftToStart.every((count) => count > 0)).toBe(true);

  await house.ready();
  await settled(house, 80_000);

  const docs = await store.cases.find({ kind: 'unit-campaign' }).lean<CaseDoc[]>();
  expect(docs.map((one) => one.unit).sort()).toEqual(UNITS.map((unit) => unit.id).sort());
  const opened = await store.timeline.find({ type: 'opened', case: /^unit-campaign/ }).lean<FactDoc[]>();
  expect(opened.map((fact) => fact.unit).sort()).toEqual(UNITS.map((unit) => unit.id).sort());

  expect(filed.map(({ status }) => status).filter((status) => status !== 200 && status !== 202)).toEqual([]);
  expect(filed).toHaveLength(PARTS.length * EARLY);
  const contents = await store.contents.find({}).lean<ContentDoc[]>();
  const onTimelines = (await store.timeline.find({ type: 'filed' }).lean<FactDoc[]>()).map((fact) => fact.data!.digest);
  const sent = filed.map(({ text }) => contents.find((one) => one.form.text === text)!.digest);
  expect(onTimelines.sort()).toEqual(sent.sort());

  await expectConsistent(house);
  const arrived = (await house.servers!.mailbox!.mails()).map(({ messageId }) => messageId);
  await expectMailedOnce(house, arrived);
});
