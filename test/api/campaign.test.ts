import type { Unit } from '../../domain/unit';
import { type County, formFor, openCounty, outcome } from './county';
import type { Speaker } from './support';

/** A campaign from its launch to an accepted report, over HTTP, on the real engine. */
let county: County;
let admin: Speaker;
let reviewer: Speaker;
let id: string;

const of = (unit: Unit) => `/unit-campaigns/${id}-${unit.id}`;

beforeAll(async () => {
  county = await openCounty('launch');
  ({ admin, reviewer } = county);
});

afterAll(async () => {
  await county?.close();
});

describe('launch', () => {
  test('a plan with open contacts is refused with its findings, and nothing is left behind', async () => {
    const { contacts: _, ...open } = county.launch();
    const refused = await admin.post('/campaigns', open);
    expect(outcome(refused)).toEqual([422, 'plan-refused']);
    expect(refused.body.findings.map((one: { code: string }) => one.code)).toContain('contact-open');
    expect(await county.engine.store.campaigns.countDocuments({})).toBe(0);
    expect(await county.engine.store.roster.countDocuments({})).toBe(0);
  });

  test('unknown units are named, and what is no plan says on which line', async () => {
    const unknown = await admin.post('/campaigns', county.launch({ units: ['U001', 'U998', 'U999'] }));
    expect(unknown.body.errors.map((one: { field: string }) => one.field)).toEqual(['units.1', 'units.2']);
    const unreadable = await admin.post('/campaigns', county.launch({ plan: 'code: x\nmonths: many' }));
    expect(outcome(unreadable)).toEqual([422, 'plan-unreadable']);
    expect(unreadable.body.errors.find((one: { field: string }) => one.field === 'months').message).toContain('line 2');
  });

  test('repeated with its key it is one campaign, rolled out to each unit once', async () => {
    const body = county.launch();
    const [first, same] = await Promise.all([
      admin.post('/campaigns', body, 'launch-1'),
      admin.post('/campaigns', body, 'launch-1'),
    ]);
    expect([first.status, same.status]).toEqual([200, 200]);
    id = first.body.campaign.id;
    expect(same.body.campaign.id).toBe(id);
    expect(outcome(await admin.post('/campaigns', county.launch({ units: 'all' }), 'launch-1'))).toEqual([
      422,
      'idempotency-key-reused',
    ]);
    expect(await county.launched('launch-1')).toBe(id);
    expect((await admin.get(`/campaigns/${id}`)).body.units).toEqual({ roster: 4, started: 4, closed: 0 });
    expect((await admin.get('/campaigns')).body.items).toHaveLength(1);
  });
});

describe('one obligation', () => {
  const path = () => `${of(county.hospital)}/obligations/deployment-report`;
  let filer: Speaker;
  let head: Speaker;

  beforeAll(async () => {
    [filer, head] = [
      await county.api.as('filer', { unit: county.hospital }),
      await county.api.as('head', { unit: county.hospital }),
    ];
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
    const first = await filer.get(`${of(county.hospital)}/timeline?limit=3`);
    const rest = await filer.get(`${of(county.hospital)}/timeline?limit=100&cursor=${first.body.next}`);
    const all = [...first.body.items, ...rest.body.items];
    expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i + 1));
    expect(all.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['opened', 'filed', 'signed', 'returned', 'accepted']),
    );
    expect(all[0].at).toMatch(/\+08:00$/);
    expect(rest.body.next).toBeUndefined();
  });

  test('what recurs is addressed percent-encoded; what is not owed is unknown', async () => {
    const turn = await filer.get(`${of(county.hospital)}/obligations/self-inspection%232`);
    expect([turn.status, turn.body.code]).toEqual([200, 'self-inspection#2']);
    expect(outcome(await filer.get(`${of(county.hospital)}/obligations/nothing`))).toEqual([404, 'unknown-obligation']);
  });

  test('another unit’s people, and reviewers of other sectors, stay outside', async () => {
    const stranger = await county.api.as('filer', { unit: county.second });
    const form = { leader: 'x' };
    for (const sent of [
      await stranger.get(of(county.hospital)),
      await stranger.get(path()),
      await stranger.get(`${of(county.hospital)}/timeline`),
      await stranger.post(`${path()}/file`, { form }),
      await stranger.get('/unit-campaigns/nothing'),
      await stranger.get(`/units/${county.hospital.code}`),
    ]) {
      expect(outcome(sent)).toEqual([404, 'not-found']);
    }
    const lines = await stranger.get('/unit-campaigns');
    expect(lines.body.items.map((one: { unit: { code: string } }) => one.unit.code)).toEqual(['U002']);
    const gas = await county.api.as('reviewer', { sectors: ['gas'] });
    const seen = 'a'.repeat(64);
    expect(outcome(await gas.post(`${path()}/accept`, { seen }))).toEqual([403, 'forbidden']);
    expect((await gas.get(path())).status).toBe(200);
    const auditor = await county.api.as('auditor');
    expect((await auditor.get(path())).status).toBe(200);
    expect(outcome(await auditor.post(`${path()}/reopen`, { reason: 'x' }))).toEqual([403, 'forbidden']);
  });
});
