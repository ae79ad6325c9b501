import request from 'supertest';
import { ROUTES } from '../../api/routes';
import { POLICY } from '../../domain/policy';
import { createToken, revokeToken } from '../../store/tokens';
import { type TestEngine, testEngine } from '../support/engine';
import { type Sent, type Speaker, speaker, type TestApi, testApi } from './support';

let engine: TestEngine;
let api: TestApi;
let admin: Speaker;
let secret: string;

beforeAll(async () => {
  engine = await testEngine('http');
  api = testApi(engine);
  secret = (await createToken(engine.store, { role: 'admin' })).secret;
  admin = speaker(api.app, secret);
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

const outcome = ({ status, body }: Pick<Sent, 'status' | 'body'>) => [status, body.code];
const signed = () => ({ Authorization: `Bearer ${secret}` });

describe('who asks', () => {
  test.each([undefined, 'Bearer nonsense', 'Basic YTpi', 'Bearer'])('%s is nobody', async (authorization) => {
    const asked = request(api.app).get('/api/v1/units');
    const answer = await (authorization === undefined ? asked : asked.set('Authorization', authorization));
    expect(outcome(answer)).toEqual([401, 'unauthenticated']);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  test('a token that has run out or was ended is nobody’s', async () => {
    const old = await createToken(engine.store, { role: 'admin', days: 1 });
    await engine.store.tokens.updateOne({ _id: old.id }, { $set: { expiresAt: Date.now() - 1 } });
    expect((await speaker(api.app, old.secret).get('/units')).status).toBe(401);
    const ended = await createToken(engine.store, { role: 'admin' });
    expect((await speaker(api.app, ended.secret).get('/units')).status).toBe(200);
    await revokeToken(engine.store, ended.id);
    expect((await speaker(api.app, ended.secret).get('/units')).status).toBe(401);
  });

  test('the role is asked before the body is read', async () => {
    const auditor = await api.as('auditor');
    expect(outcome(await auditor.post('/campaigns', { nonsense: true }))).toEqual([403, 'forbidden']);
    const investigator = await api.as('investigator');
    for (const path of ['/units', '/campaigns', '/mails', '/tokens', '/unit-campaigns']) {
      expect((await investigator.get(path)).status).toBe(403);
    }
  });
});

describe('how it is asked', () => {
  test('fields are named one by one, in the reader’s language', async () => {
    const body = { plan: '', start: '2026-02-30', units: 'some', extra: 1 };
    const en = await admin.post('/campaigns', body);
    expect(outcome(en)).toEqual([422, 'invalid-input']);
    expect(en.body.errors.map((one: { field: string }) => one.field).sort()).toEqual([
      'extra',
      'plan',
      'start',
      'units',
    ]);
    expect(JSON.stringify(en.body)).not.toMatch(/\p{Script=Han}/u);
    const zh = await speaker(api.app, secret, 'zh-CN').post('/campaigns', {});
    expect(zh.body.errors).toContainEqual({ field: 'plan', code: 'invalid_type', message: '缺少此项' });
    expect(zh.headers['content-language']).toBe('zh');
    expect((await speaker(api.app, secret, 'fr').post('/campaigns', {})).body.title).toBe('内容有误');
  });

  test.each([
    ['no key', undefined],
    ['blanks in it', 'a b'],
    ['too long', 'x'.repeat(129)],
  ])('an act needs its key: %s', async (_, key) => {
    const asked = request(api.app).post('/api/v1/campaigns/x/close').set(signed()).send({ reason: 'x' });
    const answer = await (key === undefined ? asked : asked.set('Idempotency-Key', key));
    expect(outcome(answer)).toEqual([400, 'idempotency-key-missing']);
  });

  test('broken JSON, another type, too much of it', async () => {
    const post = () => request(api.app).post('/api/v1/plans/check').set(signed());
    expect(outcome(await post().type('json').send('{"plan": '))).toEqual([400, 'malformed-json']);
    expect(outcome(await post().type('text/plain').send('plan'))).toEqual([415, 'unsupported-media-type']);
    expect(
      outcome(
        await post()
          .type('json')
          .send(JSON.stringify({ plan: 'x'.repeat(1_100_000) })),
      ),
    ).toEqual([413, 'body-too-large']);
    const list = request(api.app).post('/api/v1/units/import').set(signed()).type('text/csv');
    expect(outcome(await list.send('x'.repeat(5_300_000)))).toEqual([413, 'body-too-large']);
  });

  test('no such address, another method, a broken address', async () => {
    expect(outcome(await admin.get('/nothing'))).toEqual([404, 'no-such-route']);
    const answer = await request(api.app).put('/api/v1/units').set(signed());
    expect(outcome(answer)).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.allow).toBe('GET');
    expect(outcome(await admin.get('/units/%E0%A4%A'))).toEqual([400, 'malformed-request']);
  });

  test('operators in a query are text, or nothing at all', async () => {
    expect((await admin.get('/mails?person[$ne]=x')).status).toBe(422);
    expect((await admin.get('/mails?person=a&person=b')).status).toBe(422);
    expect((await admin.get('/units/%7B%22%24ne%22%3A1%7D')).status).toBe(404);
  });

  test('too many requests are told when to come back; each token has its own count', async () => {
    const config = { ...engine.config, RATE_LIMIT_PER_MINUTE: 3 };
    const strict = testApi(engine, { config });
    const one = speaker(strict.app, secret);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await one.get('/tokens')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect(Number((await one.get('/tokens')).headers['retry-after'])).toBeGreaterThan(0);
    const other = await strict.as('admin');
    expect((await other.get('/tokens')).status).toBe(200);
    await strict.close();
  });
});

describe('OpenAPI', () => {
  test('describes every route by the schemas it is served by', async () => {
    const { body } = await request(api.app).get('/api/v1/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { method, path, permission, acts } of ROUTES) {
      const operation = body.paths[path][method];
      expect(operation['x-permission']).toBe(permission);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '503']));
      const headers = operation.parameters?.filter((one: { in: string }) => one.in === 'header') ?? [];
      expect(headers.some((one: { name: string }) => one.name === 'Idempotency-Key')).toBe(acts === true);
    }
    expect(Object.keys(body.components.schemas)).toEqual(
      expect.arrayContaining(['Problem', 'UnitCampaign', 'Obligation', 'Campaign', 'Decision']),
    );
  });

  test('every reference in it leads somewhere', async () => {
    const { body } = await request(api.app).get('/api/v1/openapi.json');
    const names = [...JSON.stringify(body).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name!);
    expect(names.filter((name) => !body.components.schemas[name])).toEqual([]);
  });

  test('every POST on a case asks for a key, and no permission is unknown', () => {
    const onCases = ROUTES.filter(({ method, path }) => method === 'post' && /^\/(unit-)?campaigns/.test(path));
    // Bytes are named by their digest: sent again they are the same.
    expect(onCases.filter(({ acts, streamsIn }) => !acts && !streamsIn)).toEqual([]);
    expect(ROUTES.filter(({ permission }) => !(permission in POLICY))).toEqual([]);
  });
});

describe('for whoever runs it', () => {
  test('alive, ready, and not ready without workers or Temporal', async () => {
    expect((await request(api.app).get('/healthz')).body).toEqual({ status: 'alive' });
    expect((await request(api.app).get('/readyz')).body).toEqual({
      status: 'ready',
      parts: { mongo: true, temporal: true, workers: 1 },
    });
    const idle = testApi(engine, { engine: { workers: async () => 0 } });
    const none = await request(idle.app).get('/readyz');
    expect([none.status, none.body.parts]).toEqual([503, { mongo: true, temporal: true, workers: 0 }]);
    await idle.close();
    const silent = testApi(engine, { engine: { workers: () => new Promise(() => {}) } });
    const away = await request(silent.app).get('/readyz');
    expect([away.status, away.body.parts.temporal]).toEqual([503, false]);
    await silent.close();
  });

  test('metrics count requests by route, never by address', async () => {
    await admin.get('/units/U-SECRET');
    const { text } = await request(api.app).get('/metrics');
    expect(text).toMatch(
      /xiaohao_http_request_seconds_count\{method="GET",route="\/api\/v1\/units\/\{unit\}",status="404"\} \d/,
    );
    expect(text).toMatch(/xiaohao_outbox_oldest_seconds 0/);
    expect(text).not.toContain('U-SECRET');
  });
});
