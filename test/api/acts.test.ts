import { randomUUID } from 'node:crypto';
import type { Envelope } from '../../domain/case';
import { isRefusal } from '../../domain/case';
import { begun, type Running, receive } from '../../domain/case-runner';
import { unitCampaignId } from '../../domain/kinds';
import type { Unit } from '../../domain/unit';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignMessage } from '../../domain/unit-campaign/messages';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { termsFor } from '../../domain/unit-campaign/terms';
import { CaseNotOpen, CaseRefusal, type Cases, OutcomeUnknown } from '../../engine/cases';
import type { JournalDoc } from '../../store/documents';
import { prepareLaunch } from '../../store/launch';
import { type TestEngine, testEngine } from '../support/engine';
import { testPlan } from '../support/plan';
import { fakeCases, keepUnits, type Speaker, sampleUnits, type TestApi, testApi } from './support';

/** A real database and the real rules, but an engine that fails when it is told to. */
let engine: TestEngine;
let unit: Unit;
let running: Running<UnitCampaignState>;
let api: TestApi;
let filer: Speaker;
let tries: Envelope[] = [];
let before: () => void = () => {};
let after: () => void = () => {};
let written = true;

/** Of each test its own: revisions of a case only grow, and are remembered. */
let campaign = '';

const cases: Partial<Cases> = {
  async deliver(_id, envelope) {
    tries.push(envelope);
    before();
    const result = receive(unitCampaign, running, envelope as Envelope<UnitCampaignMessage>);
    if (isRefusal(result)) throw new CaseRefusal(result.refused, result.data ?? {});
    running = result.running;
    if (written) await write();
    after();
    return result.answer;
  },
};

async function write() {
  const { state, revision } = running;
  const { campaign, status, closed } = state;
  const doc = { kind: 'unit-campaign', campaign, unit: unit.id, status, closed, revision, seq: revision, state };
  await engine.store.cases.updateOne({ _id: state.id }, { $set: doc as never }, { upsert: true });
}

beforeAll(async () => {
  engine = await testEngine('acts');
  unit = sampleUnits().find((one) => one.code === 'U001')!;
  await keepUnits(engine, [unit]);
  api = testApi(engine, { cases: fakeCases(cases) });
  filer = await api.as('filer', { unit });
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

beforeEach(async () => {
  const at = Date.now();
  const plan = testPlan({ start: new Date(at).toISOString().slice(0, 10) });
  campaign = `campaign/${randomUUID()}`;
  await engine.store.journal.deleteMany({});
  await prepareLaunch(engine.store, { id: campaign, plan, units: [unit.id], at, by: 't-0' });
  const id = unitCampaignId(campaign, unit.id);
  const terms = termsFor(plan, unit, at);
  const opening = { id, campaign, unit: unit.id, openedAt: at, joinedLate: false, terms, campaignRevision: 0 };
  running = begun(unitCampaign.open(opening));
  [tries, before, after, written] = [[], () => {}, () => {}, true];
  await write();
});

const path = () => `/unit-campaigns/${running.state.id.slice('unit-campaign/'.length)}`;
const journal = () => engine.store.journal.find({}).lean<JournalDoc[]>();

test('the same key and body: the same answer, and it is done once', async () => {
  const first = await filer.post(`${path()}/receipt`, {}, 'a-1');
  const again = await filer.post(`${path()}/receipt`, {}, 'a-1');
  expect(first.status).toBe(200);
  expect(first.body.unitCampaign.receipt).toBeDefined();
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(tries).toHaveLength(1);
});

test('the answer stays the same after more has happened', async () => {
  const asked = { to: '2099-01-01', reason: 'flood' };
  const first = await filer.post(`${path()}/obligations/report/ask-extension`, asked, 'b-1');
  await filer.post(`${path()}/receipt`, {}, 'b-2');
  const again = await filer.post(`${path()}/obligations/report/ask-extension`, asked, 'b-1');
  expect(again.body).toEqual(first.body);
});

test('the order of keys in a body does not make it another one', async () => {
  await filer.post(`${path()}/obligations/report/ask-extension`, { to: '2099-01-01', reason: 'flood' }, 'c-1');
  const again = await filer.post(
    `${path()}/obligations/report/ask-extension`,
    { reason: 'flood', to: '2099-01-01' },
    'c-1',
  );
  expect(again.status).toBe(200);
  expect(tries).toHaveLength(1);
});

test('the same key for another body or another address is refused', async () => {
  await filer.post(`${path()}/obligations/report/ask-extension`, { to: '2099-01-01', reason: 'flood' }, 'd-1');
  const otherBody = await filer.post(
    `${path()}/obligations/report/ask-extension`,
    { to: '2099-01-02', reason: 'flood' },
    'd-1',
  );
  const otherPath = await filer.post(`${path()}/receipt`, {}, 'd-1');
  expect([otherBody.status, otherBody.body.code]).toEqual([422, 'idempotency-key-reused']);
  expect([otherPath.status, otherPath.body.code]).toEqual([422, 'idempotency-key-reused']);
});

test('two senders may have the same key', async () => {
  const head = await api.as('head', { unit });
  await filer.post(`${path()}/receipt`, {}, 'e-1');
  const other = await head.post(`${path()}/receipt`, {}, 'e-1');
  expect([other.status, other.body.code]).toEqual([409, 'already-acknowledged']);
});

test('without an answer: 503, and the repeated request carries the instant of the first', async () => {
  before = () => {
    throw new OutcomeUnknown('nobody answers');
  };
  const first = await filer.post(`${path()}/receipt`, {}, 'f-1');
  expect([first.status, first.body.code, first.headers['retry-after']]).toEqual([503, 'outcome-unknown', '2']);
  expect((await journal())[0]).toMatchObject({ status: 'open', case: running.state.id });
  before = () => {};
  await new Promise((resolve) => setTimeout(resolve, 20));
  const again = await filer.post(`${path()}/receipt`, {}, 'f-1');
  expect(again.status).toBe(200);
  expect(tries).toHaveLength(2);
  expect(tries[1]).toEqual(tries[0]);
  expect((await journal())[0]!.status).toBe('settled');
});

test('an answer that is lost on the way is not acted on twice', async () => {
  after = () => {
    throw new OutcomeUnknown('lost');
  };
  expect((await filer.post(`${path()}/receipt`, {}, 'g-1')).status).toBe(503);
  const { revision } = running;
  after = () => {};
  const again = await filer.post(`${path()}/receipt`, {}, 'g-1');
  expect([again.status, again.body.decision.revision]).toEqual([200, revision]);
  expect(running.revision).toBe(revision);
});

test('a request finished by the sweeper is answered with its decision', async () => {
  before = () => {
    throw new OutcomeUnknown('nobody answers');
  };
  await filer.post(`${path()}/receipt`, {}, 'h-1');
  before = () => {};
  const [entry] = await journal();
  const answer = await cases.deliver!(entry!.case, entry!.envelope!);
  await engine.store.journal.updateOne({ _id: entry!._id }, { $set: { status: 'settled', answer } });
  const again = await filer.post(`${path()}/receipt`, {}, 'h-1');
  expect([again.status, again.body.decision.revision]).toEqual([200, answer.revision]);
});

test('a refusal is final: repeated, it is heard again, though it would be possible by now', async () => {
  const head = await api.as('head', { unit });
  const seen = 'a'.repeat(64);
  const first = await head.post(`${path()}/obligations/report/sign`, { seen }, 'i-1');
  expect([first.status, first.body.code]).toEqual([409, 'not-now']);
  expect(first.body.data.possible).toEqual(expect.arrayContaining(['file']));
  expect(first.body.data.possible.join()).not.toContain('clock:');
  const again = await head.post(`${path()}/obligations/report/sign`, { seen }, 'i-1');
  expect([again.status, again.body.code]).toEqual([409, 'not-now']);
  expect(tries).toHaveLength(1);
});

test('a case the engine no longer has is closed where the read model says so', async () => {
  before = () => {
    throw new CaseNotOpen('gone');
  };
  expect((await filer.post(`${path()}/receipt`, {}, 'j-1')).status).toBe(503);
  await engine.store.cases.updateOne({ _id: running.state.id }, { $set: { closed: true } });
  const closed = await filer.post(`${path()}/receipt`, {}, 'j-2');
  expect([closed.status, closed.body.code]).toEqual([409, 'case-closed']);
});

test('decided but not to be read yet: 202 with the decision, and 200 once it is', async () => {
  written = false;
  const began = Date.now();
  const early = await filer.post(`${path()}/receipt`, {}, 'k-1');
  expect(Date.now() - began).toBeGreaterThan(1_900);
  expect([early.status, Object.keys(early.body)]).toEqual([202, ['decision']]);
  await write();
  const late = await filer.post(`${path()}/receipt`, {}, 'k-1');
  expect([late.status, late.body.decision]).toEqual([200, early.body.decision]);
  expect(late.body.unitCampaign.receipt).toBeDefined();
});

test('the same request at the same time is one act', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => filer.post(`${path()}/receipt`, {}, 'l-1')));
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(running.revision).toBe(2);
  expect(await journal()).toHaveLength(1);
});
