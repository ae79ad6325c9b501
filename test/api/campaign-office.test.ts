import type { Unit } from '../../domain/unit';
import { until } from '../support/engine';
import { type County, formFor, openCounty, outcome } from './county';
import type { Speaker } from './support';

/** What the office does in a running campaign, over HTTP, on the real engine. */
let county: County;
let admin: Speaker;
let reviewer: Speaker;
let id: string;

const of = (unit: Unit) => `/unit-campaigns/${id}-${unit.id}`;

beforeAll(async () => {
  county = await openCounty('office-acts');
  ({ admin, reviewer } = county);
  id = await county.launched();
});

afterAll(async () => {
  await county?.close();
});

describe('filed by others', () => {
  test('the supervising unit files for its clinic, recorded as such', async () => {
    const filer = await county.api.as('filer', { unit: county.supervisor });
    const path = `${of(county.clinic)}/obligations/deployment-report`;
    const filed = await filer.post(`${path}/file`, { form: await formFor(filer, path) });
    expect(filed.status).toBe(200);
    // In a one-person unit one signature counts as both.
    expect(filed.body.obligation).toMatchObject({ status: 'signed', submission: { onBehalf: 'supervising-unit' } });
    const seen = filed.body.obligation.submission.digest;
    expect((await reviewer.post(`${path}/accept`, { seen })).body.obligation.status).toBe('accepted');
  });

  test('the office enters what came on paper, with the scan, and only so', async () => {
    const path = `${of(county.second)}/obligations/deployment-report`;
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

describe('the telephone', () => {
  const duty = 'work-summary';

  test('the call list names who still owes it, with numbers, and keeps the latest call', async () => {
    const before = (await admin.get(`/campaigns/${id}/call-list?obligation=${duty}`)).body.items;
    const hospital = before.find((one: { unit: { code: string } }) => one.unit.code === county.hospital.code);
    expect(hospital).toMatchObject({ status: 'pending', ladderStep: 0 });
    expect(hospital.telephones).toContainEqual({
      role: 'filer',
      name: county.hospital.filer.name,
      phone: county.hospital.filer.phone,
    });
    expect(hospital.lastCall).toBeUndefined();
    await admin.post(`/unit-campaigns/${hospital.id}/calls`, { result: 'reached', note: '明天报送' });
    const after = (await admin.get(`/campaigns/${id}/call-list?obligation=${duty}`)).body.items;
    expect(after.find((one: { id: string }) => one.id === hospital.id).lastCall.result).toBe('reached');
    // Numbers are for those who may telephone.
    const auditor = await county.api.as('auditor');
    const seen = (await auditor.get(`/campaigns/${id}/call-list?obligation=${duty}`)).body.items;
    expect(seen[0].telephones).toBeUndefined();
  });

  test('the text for the chat group has names of units and nothing else of them', async () => {
    const { text } = (await admin.get(`/campaigns/${id}/chat-text?obligation=${duty}`)).body;
    expect(text).toContain(county.hospital.name);
    expect(text).not.toContain(county.hospital.filer.name);
    expect(text).not.toContain(county.hospital.filer.phone);
    expect(outcome(await admin.get(`/campaigns/${id}/chat-text?obligation=nothing`))).toEqual([
      404,
      'unknown-obligation',
    ]);
  });
});

describe('the office', () => {
  test('moves a day for all; units hear of it', async () => {
    const due = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const moved = await admin.post(`/campaigns/${id}/deadlines`, { obligation: 'three-lists', due, reason: '雪' });
    expect(moved.body.campaign.duties).toContainEqual(expect.objectContaining({ code: 'three-lists', due }));
    await county.rollOut();
    await until('the new day', async () => {
      const { body } = await admin.get(`${of(county.hospital)}/obligations/three-lists`);
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
    const joined = await admin.post(`/campaigns/${id}/units`, { units: [county.late.code, 'U001'], reason: '漏报' });
    expect([joined.status, joined.body.campaign.units.roster]).toEqual([200, 5]);
    expect(outcome(await admin.get(of(county.late)))).toEqual([503, 'not-started-yet']);
    await county.rollOut();
    await until('its case', async () => (await admin.get(of(county.late))).status === 200);
    expect(outcome(await admin.post(`/campaigns/${id}/units`, { units: ['U001'], reason: 'x' }))).toEqual([
      409,
      'already-on-roster',
    ]);
    const left = await admin.post(`/campaigns/${id}/units/${county.late.code}/leave`, { reason: '撤销' });
    expect(left.body.unitCampaign).toMatchObject({ status: 'closed', outcome: 'left', possible: [] });
    const filer = await county.api.as('filer', { unit: county.late });
    expect(outcome(await filer.post(`${of(county.late)}/receipt`))).toEqual([409, 'case-closed']);
  });

  test('sees who has not acknowledged, with telephones that others do not see', async () => {
    const filer = await county.api.as('filer', { unit: county.hospital });
    await filer.post(`${of(county.hospital)}/receipt`);
    const missing = await admin.get(`/campaigns/${id}/receipts?missing=true`);
    const codes = missing.body.items.map((one: { unit: { code: string } }) => one.unit.code);
    expect(codes).toContain('U002');
    expect(codes).not.toContain('U001');
    expect(missing.body.items[0].telephones.length).toBeGreaterThan(0);
    expect((await reviewer.get(`/campaigns/${id}/receipts`)).body.items[0].telephones).toBeUndefined();
    expect((await filer.get(`/campaigns/${id}/receipts`)).status).toBe(403);
    await admin.post(`${of(county.hospital)}/calls`, { result: 'reached', note: '已通知' });
    const timeline = (await admin.get(`${of(county.hospital)}/timeline?limit=200`)).body.items;
    expect(timeline.at(-1)).toMatchObject({ type: 'called', data: { result: 'reached' } });
  });

  test('reads the board by status and page, a unit only its own rows', async () => {
    const signed = await admin.get(`/campaigns/${id}/board?status=signed`);
    expect(signed.body.items).toHaveLength(1);
    expect(signed.body.items[0].obligations.map((one: { code: string }) => one.code)).toEqual(['deployment-report']);
    const first = await admin.get(`/campaigns/${id}/board?limit=2`);
    const rest = await admin.get(`/campaigns/${id}/board?limit=50&cursor=${first.body.next}`);
    expect([...first.body.items, ...rest.body.items]).toHaveLength(5);
    expect((await admin.get(`/campaigns/${id}/board?status=overdue`)).body.items).toEqual([]);
    expect(outcome(await admin.get(`/campaigns/${id}/board?cursor=nonsense!`))).toEqual([422, 'invalid-input']);
    const filer = await county.api.as('filer', { unit: county.supervisor });
    const own = (await filer.get(`/campaigns/${id}/board`)).body.items.map(
      (one: { unit: { id: string } }) => one.unit.id,
    );
    expect(own.sort()).toEqual([county.clinic.id, county.supervisor.id].sort());
    expect((await filer.get(`/campaigns/${id}`)).body.units.roster).toBe(2);
    const stranger = await county.api.as('filer', { unit: { ...county.hospital, id: 'u-0000000000000000' } });
    expect((await stranger.get(`/campaigns/${id}`)).status).toBe(404);
  });

  test('closes it; the result adds up', async () => {
    const closed = await admin.post(`/campaigns/${id}/close`, { reason: '提前结束' });
    expect(closed.body.campaign.status).toBe('closed');
    await county.rollOut();
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
