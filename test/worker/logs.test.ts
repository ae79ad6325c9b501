import { Writable } from 'node:stream';
import { makeActivities } from '../../activities/record';
import { errorText, faultOf, makeLog } from '../../engine/log';
import { fastForward } from '../../engine/time-skipping';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc } from '../../store/documents';
import { createToken } from '../../store/tokens';
import { carryOutOrder } from '../../worker/dispatch/orders';
import { gatherLetters, planReasons } from '../../worker/dispatch/post';
import { sweepJournal } from '../../worker/dispatch/sweep';
import { logged } from '../../worker/logged';
import { speaker, testApi } from '../api/support';
import { testEngine, until } from '../support/engine';
import { testPlan } from '../support/plan';

type Line = Record<string, unknown> & { name: string; msg: string };

test('a small run: every line has its ids, and none has a name, an address, a token or what was said', async () => {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const engine = await testEngine('logs');
  const { store, cases, client } = engine;
  const api = testApi(engine, { log: makeLog('api', 'trace', sink) });
  const dispatch = makeLog('dispatch', 'trace', sink);
  const plan = testPlan({ start: nextNinthOfDecember(Date.now()) });
  const units = syntheticUnits(2, 1).map((unit) => ({ ...unit, onePerson: false, sectors: ['general' as const] }));
  const campaign = `campaign/${engine.config.rehearsal}`;
  const desk = { store, cases, perSecond: 100, stopping: () => false, log: dispatch };
  const [admin, filer] = [
    await createToken(store, { role: 'admin', label: 'Geheimrat' }),
    await createToken(store, { role: 'filer', unit: units[0]!.id }),
  ];
  const activities = logged(makeActivities(store), makeLog('worker', 'trace', sink));
  await engine.withWorker(async () => {
    const players = units.map(({ id }) => id);
    await setUp(store, cases, { id: engine.config.rehearsal!, campaign, plan, units, seed: 1, players });
    await until('the campaign is written down', () => store.cases.exists({ _id: campaign }));
    while (await carryOutOrder(desk));
    await until('all are open', async () => (await store.cases.countDocuments()) === 3);
    const [first] = await store.cases.find({ kind: 'unit-campaign' }).lean<CaseDoc[]>();
    const path = `/unit-campaigns/${first!._id.slice(first!._id.indexOf('/') + 1)}`;
    await fastForward(client, first!._id, launchOf(plan) + 3_600_000);
    const called = await speaker(api.app, admin.secret).post(`${path}/calls`, { result: 'reached', note: 'hush-hush' });
    expect([called.status, called.body.code]).toEqual([200, undefined]);
    await speaker(api.app, filer.secret).get(`${path}?token=${admin.secret}`);
    await speaker(api.app, 'xh_not-a-token').get(path);
    await planReasons(store);
    await gatherLetters(store, await store.now());
    await sweepJournal(store, cases, dispatch);
  }, activities);
  await api.close();
  await engine.close();

  const lines = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const of = (name: string, msg: string) => lines.filter((line) => line.name === name && line.msg === msg);
  const requests = of('api', 'request');
  expect(requests.every(({ request }) => typeof request === 'string')).toBe(true);
  expect(requests.filter((line) => line.case !== undefined).length).toBeGreaterThan(0);
  const recorded = of('worker', 'recorded');
  expect(recorded.length).toBeGreaterThanOrEqual(4);
  for (const line of recorded) {
    expect(line).toMatchObject({
      case: expect.any(String),
      run: expect.stringMatching(/^[0-9a-f-]{36}$/),
      batch: expect.any(Number),
    });
  }
  expect(of('dispatch', 'order carried out').length).toBeGreaterThan(0);
  for (const line of of('dispatch', 'order carried out')) expect(line.case).toEqual(expect.any(String));

  const people = units.flatMap(({ name, filer: one, deputyFiler, head }) => [
    name,
    ...[one, deputyFiler, head].flatMap((person) => [person.name, person.email, person.phone]),
  ]);
  // The test plan calls some of its staff by one letter.
  const staff = plan.contacts
    .flatMap(({ name, email, phone }) => [name, email, phone])
    .filter((word) => word.length > 2);
  const secrets = [admin.secret, filer.secret, 'xh_', 'Geheimrat', 'hush-hush', 'reached', '@'];
  const found = [...people, ...staff, ...secrets].filter((word) => text.includes(word));
  expect(found).toEqual([]);
});

test('an error is logged by its kind and place, not its sentence', () => {
  const error = Object.assign(new Error('550 <zhang@example.cn> unknown'), { code: 'EENVELOPE', responseCode: 550 });
  expect(errorText(error)).toBe('Error EENVELOPE 550');
  expect(JSON.stringify(faultOf(error))).not.toContain('zhang');
  expect(faultOf('cannot reach mongodb://root:geheim@db')).toBe('cannot reach mongodb://***@db');
});
