import pino from 'pino';
import request from 'supertest';
import type { ApiParts } from '../../api/services';
import type { Unit } from '../../domain/unit';
import { createToken, revokeToken } from '../../store/tokens';
import { until } from '../support/engine';
import { type Component, eventsOf, parseCalendar, startOf } from '../support/icalendar';
import { type County, formFor, openCounty, outcome } from './county';
import { type Speaker, speaker, testApi } from './support';

/** Private calendars, over HTTP, of a campaign on the real engine. */
let county: County;
let id: string;

beforeAll(async () => {
  county = await openCounty('feeds');
  id = await county.launched();
});

afterAll(async () => {
  await county?.close();
});

/** Path of a new feed of somebody. */
async function feedOf(who: Speaker, body: object = {}): Promise<string> {
  const made = await who.post('/calendar-feeds', body);
  expect(made.status).toBe(201);
  return new URL(made.body.url).pathname;
}

const read = (path: string) => request(county.api.app).get(path);
const events = async (path: string) => eventsOf((await read(path)).text);
const about = (list: Component[], part: string) => list.find(({ properties }) => properties.UID!.includes(part))!;
const uidOf = (unit: Unit, duty: string) => `${id}-${unit.id}/${duty}@`;
const sequence = ({ properties }: Component) => Number(properties.SEQUENCE);
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the address', () => {
  test('is made once, kept as a digest, listed without itself, and read by whoever has it', async () => {
    const head = await county.api.as('head', { unit: county.hospital });
    const made = await head.post('/calendar-feeds', { label: 'my phone', lang: 'zh' });
    expect(made.body.url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/calendar\/[\w-]{43}\.ics$/);
    const path = new URL(made.body.url).pathname;
    const { url: _, ...listed } = made.body;
    expect((await head.get('/calendar-feeds')).body).toEqual({ items: [listed] });
    const secret = path.slice('/calendar/'.length, -'.ics'.length);
    expect(JSON.stringify(await county.engine.store.feeds.find({}).lean())).not.toContain(secret);
    const answer = await read(path);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('text/calendar; charset=utf-8');
    expect(answer.headers['cache-control']).toMatch(/^private/);
    expect(parseCalendar(answer.text).properties).toMatchObject({
      METHOD: 'PUBLISH',
      'X-WR-CALNAME': '集中整治',
      'REFRESH-INTERVAL;VALUE=DURATION': 'PT1H',
    });
  });

  test('answers 304 to whoever has it already, HEAD without a body, and takes nothing', async () => {
    const path = await feedOf(county.admin);
    const first = await read(path);
    const again = await read(path).set('If-None-Match', first.headers.etag!);
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', first.headers.etag]);
    expect((await read(path).set('If-None-Match', '"other"')).status).toBe(200);
    const head = await request(county.api.app).head(path);
    expect([head.status, head.headers.etag, head.text]).toEqual([200, first.headers.etag, undefined]);
    for (const method of ['post', 'put', 'delete'] as const) {
      expect((await request(county.api.app)[method](path)).status).toBe(404);
    }
  });

  test('is 404 when it is wrong, ended, or its token is', async () => {
    const { id: token, secret } = await createToken(county.engine.store, { role: 'filer', unit: county.hospital.id });
    const filer = speaker(county.api.app, secret);
    const [one, two] = [await feedOf(filer), await feedOf(filer)];
    const [{ id: first }] = (await filer.get('/calendar-feeds')).body.items;
    const other = await county.api.as('filer', { unit: county.hospital });
    const end = (who: string) =>
      request(county.api.app).delete(`/api/v1/calendar-feeds/${first}`).set('Authorization', `Bearer ${who}`);
    expect((await other.get('/calendar-feeds')).body.items).toEqual([]);
    const { secret: stranger } = await createToken(county.engine.store, { role: 'admin' });
    expect((await end(stranger)).status).toBe(404);
    expect((await end(secret)).body).toEqual({ id: first, revoked: true });
    expect((await end(secret)).status).toBe(404);
    expect([(await read(one)).status, (await read(two)).status].sort()).toEqual([200, 404]);
    await revokeToken(county.engine.store, token);
    expect([(await read(one)).status, (await read(two)).status]).toEqual([404, 404]);
    for (const wrong of [
      `/calendar/${'a'.repeat(43)}.ics`,
      '/calendar/x.ics',
      '/calendar',
      one.slice(0, -4),
      '/calendar/%00.ics',
    ]) {
      expect((await read(wrong)).status).toBe(404);
    }
  });

  test('does not come into the log', async () => {
    let logged = '';
    const log = pino({ level: 'trace' }, { write: (line: string) => (logged += line) }) as unknown as ApiParts['log'];
    const api = testApi(county.engine, { log });
    const path = await feedOf(county.admin);
    expect((await request(api.app).get(path)).status).toBe(200);
    await until('logged', async () => logged.includes('/calendar/{secret}.ics'));
    expect(logged).not.toContain(path.slice('/calendar/'.length));
    await api.close();
  });

  test('is not for everybody, nor without end', async () => {
    for (const role of ['auditor', 'investigator'] as const) {
      const who = await county.api.as(role, role === 'investigator' ? { unit: county.hospital } : {});
      expect(outcome(await who.post('/calendar-feeds'))).toEqual([403, 'forbidden']);
    }
    const eager = await county.api.as('leader');
    for (let n = 0; n < 20; n += 1) await feedOf(eager);
    expect(outcome(await eager.post('/calendar-feeds'))).toEqual([409, 'too-many-feeds']);
  });
});

describe('what stands in it', () => {
  test('a filer: duties of the own unit and of those it supervises, and of no other', async () => {
    const own = await events(await feedOf(await county.api.as('filer', { unit: county.supervisor })));
    const units = new Set(own.map(({ properties }) => /-(u-[0-9a-f]{16})\//.exec(properties.UID!)![1]));
    expect(units).toEqual(new Set([county.supervisor.id, county.clinic.id]));
    const hospital = await events(await feedOf(await county.api.as('head', { unit: county.hospital }), { lang: 'en' }));
    const state = (await county.admin.get(`/unit-campaigns/${id}-${county.hospital.id}`)).body;
    const wanted = state.obligations.map(
      ({ code, due }: { code: string; due: string }) => `unit-campaign/${uidOf(county.hospital, code)}xiaohao ${due}`,
    );
    expect(hospital.map((one) => `${one.properties.UID} ${startOf(one)}`).sort()).toEqual(wanted.sort());
    const report = about(hospital, uidOf(county.hospital, 'deployment-report'));
    expect(report.properties.SUMMARY).toBe(`Due: Deployment report (${county.hospital.name})`);
    expect(report.children.map(({ name }) => name)).toEqual(['VALARM']);
  });

  test('no person, telephone or address', async () => {
    const people = county.units.flatMap(({ filer, deputyFiler, head }) => [filer, deputyFiler, head]);
    const secrets = people.flatMap(({ name, phone, email }) => [name, phone, email]).filter((one) => one.length > 1);
    for (const role of ['admin', 'leader', 'reviewer', 'filer'] as const) {
      const who = await county.api.as(role, role === 'filer' ? { unit: county.supervisor } : {});
      const text = (await read(await feedOf(who))).text.replaceAll('\r\n ', '');
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      expect(text).not.toMatch(/mailto:|@(?!xiaohao)/);
    }
  });

  test('a day that moves keeps its UID and grows its SEQUENCE, for one unit and for all', async () => {
    const path = await feedOf(await county.api.as('filer', { unit: county.second }));
    const part = uidOf(county.second, 'three-lists');
    const before = about(await events(path), part);
    const { etag } = (await read(path)).headers;
    const duty = `/unit-campaigns/${id}-${county.second.id}/obligations/three-lists`;
    expect((await county.admin.post(`${duty}/move-due`, { due: day(40), reason: 'snow' })).status).toBe(200);
    const once = about(await events(path), part);
    expect([startOf(once), sequence(once) > sequence(before)]).toEqual([day(40), true]);
    expect((await read(path).set('If-None-Match', etag!)).status).toBe(200);

    const office = await feedOf(county.admin);
    const ofAll = about(await events(office), '/due/three-lists@');
    const body = { obligation: 'three-lists', due: day(50), reason: 'flood' };
    expect((await county.admin.post(`/campaigns/${id}/deadlines`, body)).status).toBe(200);
    await county.rollOut();
    await until('all have heard', async () => startOf(about(await events(path), part)) === day(50));
    expect(sequence(about(await events(path), part))).toBeGreaterThan(sequence(once));
    const moved = about(await events(office), '/due/three-lists@');
    expect([startOf(moved), sequence(moved) > sequence(ofAll)]).toEqual([day(50), true]);
  });

  test('handed in it is on the desk of its sector; accepted it is done', async () => {
    const [filer, head] = [
      await county.api.as('filer', { unit: county.hospital }),
      await county.api.as('head', { unit: county.hospital }),
    ];
    const own = await feedOf(filer, { lang: 'en' });
    const [desk, elsewhere] = [
      await feedOf(county.reviewer, { lang: 'en' }),
      await feedOf(await county.api.as('reviewer', { sectors: ['gas'] })),
    ];
    // Nothing on a desk is still a calendar that programs can read.
    expect(await events(desk)).toEqual([]);
    const part = uidOf(county.hospital, 'deployment-report');
    const path = `/unit-campaigns/${id}-${county.hospital.id}/obligations/deployment-report`;
    const filed = await filer.post(`${path}/file`, { form: await formFor(filer, path) });
    expect(about(await events(own), part).properties.SUMMARY).toMatch(/^Due, to be signed: /);
    const seen = filed.body.obligation.submission.digest;
    const signed = await head.post(`${path}/sign`, { seen });
    const [review] = await events(desk);
    expect(review!.properties.SUMMARY).toBe(`Review by: Deployment report (${county.hospital.name})`);
    // 24:00 of that day, in the campaign's zone.
    const lastDay = new Date(Date.parse(signed.body.obligation.review.dueAt) + 7 * 3_600_000)
      .toISOString()
      .slice(0, 10);
    expect(startOf(review!)).toBe(lastDay);
    expect(await events(elsewhere)).toEqual([]);
    expect(about(await events(own), part).children).toEqual([]);
    await county.reviewer.post(`${path}/accept`, { seen });
    expect(await events(desk)).toEqual([]);
    const done = about(await events(own), part);
    expect(done.properties).toMatchObject({ SUMMARY: expect.stringMatching(/^Done: /), STATUS: 'CONFIRMED' });
  });

  test('what is exempt is cancelled', async () => {
    const path = await feedOf(await county.api.as('head', { unit: county.second }));
    const part = uidOf(county.second, 'work-summary');
    const before = about(await events(path), part);
    const duty = `/unit-campaigns/${id}-${county.second.id}/obligations/work-summary`;
    await county.admin.post(`${duty}/exempt`, { reason: 'merged' });
    const after = about(await events(path), part);
    expect([after.properties.STATUS, sequence(after) > sequence(before)]).toEqual(['CANCELLED', true]);
  });

  test('leader and admin: start, end, and every duty of the campaign; nobody’s unit', async () => {
    const list = await events(await feedOf(await county.api.as('admin'), { lang: 'en' }));
    const { duties, start, end } = (await county.admin.get(`/campaigns/${id}`)).body;
    expect(startOf(about(list, `campaign/${id}/start@`))).toBe(start);
    expect(startOf(about(list, `campaign/${id}/end@`))).toBe(end);
    for (const { code, due } of duties) expect(startOf(about(list, `campaign/${id}/due/${code}@`))).toBe(due);
  });

  test('somebody of a unit that takes no part has an empty calendar', async () => {
    const path = await feedOf(await county.api.as('filer', { unit: county.late }));
    expect(parseCalendar((await read(path)).text).children.map(({ name }) => name)).toEqual(['VTIMEZONE']);
  });
});
