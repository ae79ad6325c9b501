import type { Unit } from '../../domain/unit';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import { carryOutOrder } from '../../worker/dispatch/orders';
import { type TestEngine, testEngine, until } from '../support/engine';
import { keepUnits, type Sent, type Speaker, sampleUnits, type TestApi, testApi } from './support';

/** A campaign from its launch to its result, over HTTP, on the real engine. */
let engine: TestEngine;
let api: TestApi;
let admin: Speaker;
let reviewer: Speaker;
let stopWorker: () => void;
let worker: Promise<unknown>;
let units: Unit[];
let id: string;

const hospital = () => units.find((one) => one.code === 'U001')!;
const clinic = () => units.find((one) => one.supervisingUnit !== undefined)!;
const supervisor = () => units.find((one) => one.code === clinic().supervisingUnit)!;
const late = () => units.find((one) => one.code === 'U006')!;
const of = (unit: Unit) => `/unit-campaigns/${id}-${unit.id}`;

beforeAll(async () => {
  engine = await testEngine('campaign');
  api = testApi(engine);
  const wanted = sampleUnits();
  const dependent = wanted.find((one) => one.supervisingUnit !== undefined)!;
  const codes = ['U001', 'U002', 'U006', dependent.code, dependent.supervisingUnit];
  units = wanted.filter((one) => codes.includes(one.code));
  await keepUnits(engine, units);
  [admin, reviewer] = [await api.as('admin'), await api.as('reviewer')];
  const stopped = new Promise<void>((resolve) => {
    stopWorker = resolve;
  });
  worker = engine.withWorker(() => stopped);
});

afterAll(async () => {
  stopWorker?.();
  await worker;
  await api?.close();
  await engine?.close();
});

async function rollOut(): Promise<void> {
  const desk = { store: engine.store, cases: engine.cases, perSecond: 1_000, stopping: () => false };
  while (await carryOutOrder(desk)) {
    // until there is none
  }
}

const launch = (change: object = {}) => ({
  plan: 'county-health',
  start: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
  contacts: sampleCounty().contacts,
  units: units.filter((one) => one !== late()).map((one) => one.code),
  ...change,
});

/** Fills in a form with the least that is complete. */
async function formFor(who: Speaker, path: string): Promise<Record<string, unknown>> {
  const answer: Record<string, unknown> = {
    text: '甲',
    paragraph: '乙',
    number: 3,
    date: '2026-12-10',
    'yes-no': true,
  };
  const { body } = await who.get(path);
  return Object.fromEntries(body.form.map(({ code, kind }: { code: string; kind: string }) => [code, answer[kind]]));
}

const outcome = ({ status, body }: Sent) => [status, body.code];

describe('launch', () => {
  test('a plan with open contacts is refused with its findings, and nothing is left behind', async () => {
    const { contacts: _, ...open } = launch();
    const refused = await admin.post('/campaigns', open);
    expect(outcome(refused)).toEqual([422, 'plan-refused']);
    expect(refused.body.findings.map((one: { code: string }) => one.code)).toContain('contact-open');
    expect(await engine.store.campaigns.countDocuments({})).toBe(0);
    expect(await engine.store.roster.countDocuments({})).toBe(0);
  });

  test('unknown units are named, and what is no plan says on which line', async () => {
    const unknown = await admin.post('/campaigns', launch({ units: ['U001', 'U998', 'U999'] }));
    expect(unknown.body.errors.map((one: { field: string }) => one.field)).toEqual(['units.1', 'units.2']);
    const unreadable = await admin.post('/campaigns', launch({ plan: 'code: x\nmonths: many' }));
    expect(outcome(unreadable)).toEqual([422, 'plan-unreadable']);
    expect(unreadable.body.errors.find((one: { field: string }) => one.field === 'months').message).toContain('line 2');
  });

  test('repeated with its key it is one campaign, rolled out to each unit once', async () => {
    const body = launch();
    const [first, same] = await Promise.all([
      admin.post('/campaigns', body, 'launch-1'),
      admin.post('/campaigns', body, 'launch-1'),
    ]);
    expect([first.status, same.status]).toEqual([200, 200]);
    id = first.body.campaign.id;
    expect(same.body.campaign.id).toBe(id);
    expect(outcome(await admin.post('/campaigns', launch({ units: 'all' }), 'launch-1'))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    await rollOut();
    const running = await until('running', async () => {
      const { body } = await admin.get(`/campaigns/${id}`);
      return body.status === 'running' && body.receipts.missing === 4 && body;
    });
    expect(running.units).toEqual({ roster: 4, started: 4, closed: 0 });
    expect((await admin.get('/campaigns')).body.items).toHaveLength(1);
  });
});

describe('one obligation', () => {
  const path = () => `${of(hospital())}/obligations/deployment-report`;
  let filer: Speaker;
  let head: Speaker;

  beforeAll(async () => {
    [filer, head] = [await api.as('filer', { unit: hospital() }), await api.as('head', { unit: hospital() })];
  });

  test('an incomplete form is refused field by field, and no version is made', async () => {
    const refused = await filer.post(`${path()}/file`, { form: { leader: '甲', 'meeting-date': 'soon' } });
    expect(outcome(refused)).toEqual([422, 'form-incomplete']);
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ field: 'meeting-date', code: 'not-a-date' }));
    expect(refused.body.errors).toContainEqual(expect.objectContaining({ field: 'duties', code: 'field-missing' }));
    expect((await filer.get(path())).body.versions).toBe(0);
  });

  test('filed, signed, returned, filed again, signed, accepted; each reads what it wrote', async () => {
    const form = await formFor(filer, path());
    const filed = await filer.post(`${path()}/file`, { form });
    expect([filed.status, filed.body.obligation.status]).toEqual([200, 'filed']);
    expect(filed.body.obligation.possible).toEqual(expect.arrayContaining(['file', 'withdraw']));
    const seen = filed.body.obligation.submission.digest;
    const signed = await head.post(`${path()}/sign`, { seen });
    expect([signed.status, signed.body.obligation.status]).toEqual([200, 'signed']);
    const redo = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    const reasons = [{ place: 'duties', text: '责任未到人' }];
    const returned = await reviewer.post(`${path()}/return`, { seen, redo, reasons });
    expect(returned.body.obligation).toMatchObject({ status: 'returned', redo });
    const second = await filer.post(`${path()}/file`, { form: { ...form, duties: '丙' } });
    const stale = await head.post(`${path()}/sign`, { seen });
    expect(outcome(stale)).toEqual([409, 'stale-version']);
    const now = second.body.obligation.submission.digest;
    await head.post(`${path()}/sign`, { seen: now });
    const accepted = await reviewer.post(`${path()}/accept`, { seen: now });
    expect(accepted.body.obligation).toMatchObject({ status: 'accepted', onTime: true, versions: 2 });
    const { history } = (await filer.get(path())).body;
    expect(history.map((one: { version: number }) => one.version)).toEqual([1, 2]);
    const content = await reviewer.get(`/contents/${history[1].content}`);
    expect([content.body.form.duties, content.body.digest]).toEqual(['丙', now]);
  });

  test('the timeline comes in pages, in order, with the zone’s offset', async () => {
    const first = await filer.get(`${of(hospital())}/timeline?limit=3`);
    const rest = await filer.get(`${of(hospital())}/timeline?limit=100&cursor=${first.body.next}`);
    const all = [...first.body.items, ...rest.body.items];
    expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i + 1));
    expect(all.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['opened', 'filed', 'signed', 'returned', 'accepted']),
    );
    expect(all[0].at).toMatch(/\+08:00$/);
    expect(rest.body.next).toBeUndefined();
  });

  test('what recurs is addressed percent-encoded; what is not owed is unknown', async () => {
    const turn = await filer.get(`${of(hospital())}/obligations/self-inspection%232`);
    expect([turn.status, turn.body.code]).toEqual([200, 'self-inspection#2']);
    expect(outcome(await filer.get(`${of(hospital())}/obligations/nothing`))).toEqual([404, 'unknown-obligation']);
  });

  test('another unit’s people, and reviewers of other sectors, stay outside', async () => {
    const stranger = await api.as('filer', { unit: units.find((one) => one.code === 'U002')! });
    const form = { leader: 'x' };
    for (const sent of [
      await stranger.get(of(hospital())),
      await stranger.get(path()),
      await stranger.get(`${of(hospital())}/timeline`),
      await stranger.post(`${path()}/file`, { form }),
      await stranger.get('/unit-campaigns/nothing'),
      await stranger.get(`/units/${hospital().code}`),
    ]) {
      expect(outcome(sent)).toEqual([404, 'not-found']);
    }
    const lines = await stranger.get('/unit-campaigns');
    expect(lines.body.items.map((one: { unit: { code: string } }) => one.unit.code)).toEqual(['U002']);
    const gas = await api.as('reviewer', { sectors: ['gas'] });
    const seen = 'a'.repeat(64);
    expect(outcome(await gas.post(`${path()}/accept`, { seen }))).toEqual([403, 'forbidden']);
    expect((await gas.get(path())).status).toBe(200);
    const auditor = await api.as('auditor');
    expect((await auditor.get(path())).status).toBe(200);
    expect(outcome(await auditor.post(`${path()}/reopen`, { reason: 'x' }))).toEqual([403, 'forbidden']);
  });
});

describe('filed by others', () => {
  test('the supervising unit files for its clinic, recorded as such', async () => {
    const filer = await api.as('filer', { unit: supervisor() });
    const path = `${of(clinic())}/obligations/deployment-report`;
    const filed = await filer.post(`${path}/file`, { form: await formFor(filer, path) });
    expect(filed.status).toBe(200);
    expect(filed.body.obligation.submission.onBehalf).toBe('supervising-unit');
  });

  test('the office enters what came on paper, with the scan, and only so', async () => {
    const path = `${of(units.find((one) => one.code === 'U002')!)}/obligations/deployment-report`;
    const form = await formFor(admin, path);
    expect(outcome(await admin.post(`${path}/file`, { form }))).toEqual([422, 'paper-needed']);
    const scan = Buffer.from('%PDF-1.7 stamped').toString('base64');
    const wrong = { form, paper: { scan: Buffer.from('just a text file').toString('base64') } };
    expect(outcome(await admin.post(`${path}/file`, wrong))).toEqual([422, 'scan-unreadable']);
    const filed = await admin.post(`${path}/file`, { form, paper: { scan } });
    // Stamped paper comes signed.
    expect(filed.body.obligation).toMatchObject({ status: 'signed', submission: { onBehalf: 'office' } });
    const { history } = (await admin.get(path)).body;
    const kept = await admin.get(`/contents/${history[0].paper}`);
    expect(kept.body.form).toEqual({ type: 'application/pdf', scan });
    const seen = filed.body.obligation.submission.digest;
    expect(outcome(await admin.post(`${path}/accept`, { seen }))).toEqual([
      409,
      expect.stringMatching(/own-submission|not-your-turn/),
    ]);
  });
});

describe('the office', () => {
  test('moves a day for all; units hear of it', async () => {
    const due = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const moved = await admin.post(`/campaigns/${id}/deadlines`, { obligation: 'three-lists', due, reason: '雪' });
    expect(moved.body.campaign.duties).toContainEqual(expect.objectContaining({ code: 'three-lists', due }));
    await rollOut();
    await until('the new day', async () => {
      const { body } = await admin.get(`${of(hospital())}/obligations/three-lists`);
      return body.due === due;
    });
    const past = await admin.post(`/campaigns/${id}/deadlines`, {
      obligation: 'three-lists',
      due: '2020-01-01',
      reason: 'x',
    });
    expect(outcome(past)).toEqual([422, 'date-passed']);
  });

  test('lets a unit join late and another leave', async () => {
    const joined = await admin.post(`/campaigns/${id}/units`, { units: [late().code, 'U001'], reason: '漏报' });
    expect([joined.status, joined.body.campaign.units.roster]).toEqual([200, 5]);
    expect(outcome(await admin.get(of(late())))).toEqual([503, 'not-started-yet']);
    await rollOut();
    await until('its case', async () => (await admin.get(of(late()))).status === 200);
    expect(outcome(await admin.post(`/campaigns/${id}/units`, { units: ['U001'], reason: 'x' }))).toEqual([
      409,
      'already-on-roster',
    ]);
    const left = await admin.post(`/campaigns/${id}/units/${late().code}/leave`, { reason: '撤销' });
    expect(left.body.unitCampaign).toMatchObject({ status: 'closed', outcome: 'left', possible: [] });
    const filer = await api.as('filer', { unit: late() });
    expect(outcome(await filer.post(`${of(late())}/receipt`))).toEqual([409, 'case-closed']);
  });

  test('sees who has not acknowledged, with telephones that others do not see', async () => {
    const filer = await api.as('filer', { unit: hospital() });
    await filer.post(`${of(hospital())}/receipt`);
    const missing = await admin.get(`/campaigns/${id}/receipts?missing=true`);
    const codes = missing.body.items.map((one: { unit: { code: string } }) => one.unit.code);
    expect(codes).toContain('U002');
    expect(codes).not.toContain('U001');
    expect(missing.body.items[0].telephones.length).toBeGreaterThan(0);
    expect((await reviewer.get(`/campaigns/${id}/receipts`)).body.items[0].telephones).toBeUndefined();
    expect((await filer.get(`/campaigns/${id}/receipts`)).status).toBe(403);
    await admin.post(`${of(hospital())}/calls`, { result: 'reached', note: '已通知' });
    const timeline = (await admin.get(`${of(hospital())}/timeline?limit=200`)).body.items;
    expect(timeline.at(-1)).toMatchObject({ type: 'called', data: { result: 'reached' } });
  });

  test('reads the board by status and page, a unit only its own rows', async () => {
    const accepted = await admin.get(`/campaigns/${id}/board?status=accepted`);
    expect(accepted.body.items).toHaveLength(1);
    expect(accepted.body.items[0].obligations.map((one: { code: string }) => one.code)).toEqual(['deployment-report']);
    const first = await admin.get(`/campaigns/${id}/board?limit=2`);
    const rest = await admin.get(`/campaigns/${id}/board?limit=50&cursor=${first.body.next}`);
    expect([...first.body.items, ...rest.body.items]).toHaveLength(5);
    expect((await admin.get(`/campaigns/${id}/board?status=overdue`)).body.items).toEqual([]);
    expect(outcome(await admin.get(`/campaigns/${id}/board?cursor=nonsense!`))).toEqual([422, 'invalid-input']);
    const filer = await api.as('filer', { unit: supervisor() });
    const own = (await filer.get(`/campaigns/${id}/board`)).body.items.map(
      (one: { unit: { id: string } }) => one.unit.id,
    );
    expect(own.sort()).toEqual([clinic().id, supervisor().id].sort());
    expect((await filer.get(`/campaigns/${id}`)).body.units.roster).toBe(2);
    const stranger = await api.as('filer', { unit: { ...hospital(), id: 'u-0000000000000000' } });
    expect((await stranger.get(`/campaigns/${id}`)).status).toBe(404);
  });

  test('closes it; the result adds up', async () => {
    const closed = await admin.post(`/campaigns/${id}/close`, { reason: '提前结束' });
    expect(closed.body.campaign.status).toBe('closed');
    await rollOut();
    const result = await until('all closed', async () => {
      const { body } = await admin.get(`/campaigns/${id}/result?limit=2`);
      return (await admin.get(`/campaigns/${id}`)).body.units.closed === 5 && body;
    });
    expect(result.units).toBe(5);
    const sum = (rows: { accepted: number }[]) => rows.reduce((total, { accepted }) => total + accepted, 0);
    expect([result.totals.accepted, sum(result.obligations)]).toEqual([1, 1]);
    const rest = await admin.get(`/campaigns/${id}/result?limit=50&cursor=${result.next}`);
    expect([...result.items, ...rest.body.items]).toHaveLength(5);
    expect(outcome(await admin.post(`/campaigns/${id}/urge`, { obligation: 'three-lists' }))).toEqual([
      409,
      'case-closed',
    ]);
  });
});
