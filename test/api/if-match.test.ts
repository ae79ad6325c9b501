import { randomUUID } from 'node:crypto';
import type { Cases } from '../../engine/cases';
import { type County, formFor, openCounty, outcome } from './county';
import { type Speaker, testApi } from './support';

/** Two people at one obligation, over HTTP, on the real engine. */
let county: County;
let filer: Speaker;
let admin: Speaker;
let unitCampaign: string;

beforeAll(async () => {
  county = await openCounty('if-match');
  admin = county.admin;
  filer = await county.api.as('filer', { unit: county.hospital });
  unitCampaign = `/unit-campaigns/${await county.launched()}-${county.hospital.id}`;
});

afterAll(async () => {
  await county?.close();
});

const at = (code: string) => `${unitCampaign}/obligations/${code}`;
const tagOf = async (path: string) => (await filer.get(path)).headers.etag!;
const given = (who: Speaker, path: string, body: object, etag: string, key: string = randomUUID()) =>
  who.post(path, body, key, { 'If-Match': etag });
const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('the second of two who edit one obligation gets 412 with what changed, and nothing is done', async () => {
  const path = at('deployment-report');
  const etag = await tagOf(path);
  expect(etag).toMatch(/^"[0-9a-f]{16}-\d+"$/);
  const form = await formFor(filer, path);
  const first = await given(filer, `${path}/file`, { form }, etag);
  expect(first.status).toBe(200);
  const second = await given(admin, `${path}/move-due`, { due: soon(60), reason: '雪' }, etag);
  expect(outcome(second)).toEqual([412, 'precondition-failed']);
  const { obligation } = first.body;
  expect(second.body.data).toMatchObject({
    etag: first.headers.etag,
    status: 'filed',
    digest: obligation.submission.digest,
    changed: [{ type: 'filed', at: obligation.submission.filedAt, by: { role: 'filer', unit: county.hospital.id } }],
  });
  const now = await filer.get(path);
  expect([now.body.due, now.headers.etag]).toEqual([obligation.due, first.headers.etag]);
  const again = await given(admin, `${path}/move-due`, { due: soon(60), reason: '雪' }, second.body.data.etag);
  expect([again.status, again.body.obligation.due]).toEqual([200, soon(60)]);
});

test('a reminder in between disturbs neither; nor does another obligation', async () => {
  const path = at('three-lists');
  const etag = await tagOf(path);
  expect((await admin.post(`${path}/urge`, { note: '请尽快' })).status).toBe(200);
  expect((await admin.post(`${at('work-summary')}/exempt`, { reason: '新设单位' })).status).toBe(200);
  expect(await tagOf(path)).toBe(etag);
  const asked = await given(filer, `${path}/ask-extension`, { to: soon(200), reason: '停电' }, etag);
  expect(asked.status).toBe(200);
  expect(asked.headers.etag).not.toBe(etag);
});

test('without the header, or with *, it is done as things stand', async () => {
  const path = at('three-lists');
  expect((await admin.post(`${path}/decide-extension`, { grant: false, reason: 'x' })).status).toBe(200);
  expect((await given(filer, `${path}/ask-extension`, { to: soon(201), reason: 'y' }, '*')).status).toBe(200);
});

test('one of several tags is enough, weakened ones count, and what is no tag is refused', async () => {
  const path = at('three-lists');
  const weak = `W/${await tagOf(path)}`;
  const decide = { grant: false, reason: 'x' };
  expect(outcome(await given(admin, `${path}/decide-extension`, decide, 'yesterday'))).toEqual([
    400,
    'malformed-if-match',
  ]);
  expect((await given(admin, `${path}/decide-extension`, decide, `"0-1", ${weak}`)).status).toBe(200);
});

test('repeated with its key it hears what it heard, though it changed the tag itself', async () => {
  const path = at('three-lists');
  const etag = await tagOf(path);
  const asks = { to: soon(202), reason: 'z' };
  const both = await Promise.all([1, 2].map(() => given(filer, `${path}/ask-extension`, asks, etag, 'same-key')));
  const late = await given(filer, `${path}/ask-extension`, asks, etag, 'same-key');
  expect([...both, late].map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(late.headers.etag).toBe(both[0]!.headers.etag);
});

test('what comes between the look and the decision is seen by the case itself', async () => {
  const path = at('three-lists');
  const etag = await tagOf(path);
  const real = county.engine.cases;
  let before = async () => {};
  const late = {
    deliver: async (...args: Parameters<Cases['deliver']>) => {
      await before();
      return real.deliver(...args);
    },
  } as Cases;
  const api = testApi(county.engine, { cases: late });
  const office = await api.as('admin');
  before = async () => {
    before = async () => {};
    expect((await admin.post(`${path}/decide-extension`, { grant: false, reason: 'first' })).status).toBe(200);
  };
  const key = randomUUID();
  const moved = await given(office, `${path}/move-due`, { due: soon(90), reason: '雪' }, etag, key);
  expect(outcome(moved)).toEqual([412, 'precondition-failed']);
  expect(moved.body.data.changed.map((fact: { type: string }) => fact.type)).toEqual(['extension-decided']);
  expect(await tagOf(path)).toBe(moved.body.data.etag);
  expect(outcome(await given(office, `${path}/move-due`, { due: soon(90), reason: '雪' }, etag, key))).toEqual([
    412,
    'precondition-failed',
  ]);
  await api.close();
});
