import { checkDatabase, checkEngine } from '../../cli/doctor-checks';
import { examine } from '../../cli/examine';
import type { DatabaseFacts } from '../../store/inspect';
import { type TestEngine, testEngine } from '../support/engine';

const WELL: DatabaseFacts = {
  version: '7.0.2',
  replicaSet: 'rs0',
  primary: true,
  purpose: { mode: 'campaign' },
  migrations: { pending: [], unknown: [] },
  alarms: [],
  clock: { aheadMs: 3, withinMs: 1 },
  disk: { used: 10, total: 100 },
};
const database = (facts: Partial<DatabaseFacts>) =>
  checkDatabase({ ...WELL, ...facts }, { database: 'xiaohao', mode: 'campaign' })
    .filter(({ state }) => state !== 'ok')
    .map(({ what, state }) => `${state} ${what}`);

test('what a database must be', () => {
  expect(database({})).toEqual([]);
  expect(database({ version: '5.0.1' })).toEqual(['wrong mongodb']);
  expect(database({ replicaSet: undefined })).toEqual(['wrong replica set']);
  expect(database({ primary: false })).toEqual(['wrong replica set']);
  expect(database({ purpose: { mode: 'rehearsal' } })).toEqual(['wrong purpose']);
  expect(database({ purpose: undefined })).toEqual(['warning purpose']);
  expect(database({ migrations: { pending: ['0002-x'], unknown: [] } })).toEqual(['warning migrations']);
  expect(database({ clock: { aheadMs: -4_000, withinMs: 5 } })).toEqual(['warning clock']);
  expect(database({ clock: { aheadMs: 40_000, withinMs: 5 } })).toEqual(['wrong clock']);
  // A slow answer says nothing about the clock.
  expect(database({ clock: { aheadMs: 1_500, withinMs: 1_400 } })).toEqual([]);
  expect(database({ disk: { used: 96, total: 100 } })).toEqual(['wrong disk']);
  expect(database({ alarms: [{ code: 'batch-differs', count: 2 }] })).toEqual(['wrong alarms']);
});

test('what a namespace must be', () => {
  const wanted = { namespace: 'xiaohao', taskQueue: 'xiaohao' };
  const states = (facts: Parameters<typeof checkEngine>[0]) =>
    checkEngine(facts, wanted).map(({ what, state }) => `${state} ${what}`);
  expect(states({ version: '1.32.1' })).toEqual(['ok temporal', 'wrong namespace']);
  expect(
    states({ version: '1', namespace: { retentionDays: 3, missingAttributes: ['XiaohaoUnit'], workers: [] } }),
  ).toEqual(['ok temporal', 'ok namespace', 'warning retention', 'wrong search attributes', 'wrong workers']);
});

describe('on real servers', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await testEngine('doctor');
  });
  afterAll(() => engine.close());

  test('all is well with a worker; without one that is what is wrong', async () => {
    const without = await examine(engine.env);
    expect(without.filter(({ state }) => state === 'wrong').map(({ what }) => what)).toEqual(['workers']);
    const wrong = await engine.withWorker(async () => {
      for (let tries = 0; tries < 40; tries += 1) {
        const checks = (await examine(engine.env)).filter(({ state, what }) => state === 'wrong' && what !== 'disk');
        if (checks.length === 0) return checks;
      }
      return examine(engine.env);
    });
    expect(wrong).toEqual([]);
  });

  test('servers that are away are named, each once, without their passwords', async () => {
    const checks = await examine({
      ...engine.env,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      MONGODB_URI: 'mongodb://root:geheim@127.0.0.1:9/?replicaSet=rs0',
      SMTP_URL: 'smtp://me:geheim@127.0.0.1:9',
    });
    expect(checks.filter(({ state }) => state === 'wrong').map(({ what }) => what)).toEqual([
      'temporal',
      'mongodb',
      'mail server',
    ]);
    expect(JSON.stringify(checks)).not.toContain('geheim');
  });

  test('settings that are wrong are all it speaks of', async () => {
    const checks = await examine({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(checks.map(({ what }) => what)).toEqual(['PORT', 'LOG_LEVEL']);
  });
});
