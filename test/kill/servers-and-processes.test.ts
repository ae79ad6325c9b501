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
const PARTS = ['worker', 'smtp', 'api', 'temporal', 'mongod', 'dispatch'];
/** Units that join while each part is killed; the others are there from the launch. */
const JOINING = 6;
const LAUNCHED = UNITS.slice(PARTS.length * JOINING);
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

test('kill -9 of every part in the middle of a roll-out and of filings: nothing is lost, doubled or stuck', async () => {
  const { store, cases } = house;
  await store.units.insertMany(UNITS.map(({ id, ...unit }) => ({ _id: id, ...unit })));
  // Launched three days ago, so that its mail is due at once whatever the hour.
  const opening = await prepareLaunch(store, {
    id: CAMPAIGN,
    plan,
    units: LAUNCHED.map((unit) => unit.id),
    at: instantOf(start, '09:00', 'Asia/Shanghai'),
    by: 'test',
  });
  await cases.open(opening);
  // The first the roll-out comes to.
  const early = [...LAUNCHED].sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, EARLY);
  const senders = await Promise.all(early.map((unit) => house.sender('filer', unit.id)));
  const admin = await house.sender('admin');
  const filed: { text: string; status: number }[] = [];
  const file = async (part: string, n: number) => {
    const id = unitCampaignId(CAMPAIGN, early[n]!.id).slice('unit-campaign/'.length);
    const text = `${part} ${n}`;
    const path = `/unit-campaigns/${id}/obligations/note-${part}/file`;
    const { status } = await senders[n]!.postUntilAnswered(path, { form: { text } }, `key-${part}-${n}`);
    filed.push({ text, status });
  };

  for (const [round, part] of PARTS.entries()) {
    const joining = UNITS.slice(round * JOINING, (round + 1) * JOINING);
    const body = { units: joining.map((unit) => unit.code), reason: 'late' };
    const joined = await admin.postUntilAnswered(`/${CAMPAIGN.replace('/', 's/')}/units`, body, `join-${part}`);
    expect([200, 202]).toContain(joined.status);
    const own = {
      campaign: CAMPAIGN,
      unit: { $in: joining.map((unit) => unit.id) },
      status: { $ne: 'waiting' as const },
    };
    await until('the roll-out comes to them', async () => (await store.roster.countDocuments(own)) > 0, 40_000);
    const before = filed.length;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      for (let i = 0; i < FILINGS; i += 1) await file(part, i * CLIENTS + client);
    });
    await until('one of the filings is through, others are under way', async () => filed.length > before, 40_000);
    await house.kill(part);
    await Promise.allSettled(clients);
  }

  await house.ready();
  await settled(house, 80_000);
  expect(house.failedRequests()).toEqual([]);
  const added = await store.timeline.find({ case: CAMPAIGN, type: 'units-added' }).lean<FactDoc[]>();
  expect(added.map((fact) => fact.data!.added)).toEqual(PARTS.map(() => JOINING));

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
