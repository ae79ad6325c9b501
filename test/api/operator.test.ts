import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Command } from 'commander';
import { registerMailCommands } from '../../cli/mails';
import { registerOperatorCommands } from '../../cli/operate';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember, unitOpening } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import { beat } from '../../store/processes';
import { createToken } from '../../store/tokens';
import { type TestEngine, testEngine, until } from '../support/engine';
import { testPlan } from '../support/plan';
import { type Speaker, type TestApi, testApi } from './support';

const START = nextNinthOfDecember(Date.now());
const UNIT = { ...syntheticUnits(1, 1)[0]!, onePerson: false, sectors: ['general' as const] };
let engine: TestEngine;
let api: TestApi;
let admin: Speaker;
let server: Server;
let id: string;

beforeAll(async () => {
  engine = await testEngine('operator');
  const config = { ...engine.config, RATE_LIMIT_PER_MINUTE: 10_000, TEMPORAL_UI_URL: 'http://ui.example/' };
  api = testApi(engine, { config });
  admin = await api.as('admin');
  server = createServer(api.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.XIAOHAO_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.XIAOHAO_TOKEN = (await createToken(engine.store, { role: 'admin' })).secret;
  const plan = testPlan({ start: START });
  const campaign = `campaign/${engine.config.rehearsal}`;
  await engine.withWorker(async () => {
    const setup = { id: engine.config.rehearsal!, campaign, plan, units: [UNIT], seed: 1, players: [UNIT.id] };
    await setUp(engine.store, engine.cases, setup);
    const opening = unitOpening(plan, campaign, UNIT, launchOf(plan));
    id = opening.id;
    await engine.cases.open(opening);
    await until('both are written down', async () => (await engine.store.cases.countDocuments()) === 2);
  });
});
afterAll(async () => {
  delete process.env.XIAOHAO_URL;
  delete process.env.XIAOHAO_TOKEN;
  server?.close();
  await api?.close();
  await engine?.close();
});

async function run(...args: string[]): Promise<{ out: string; code: number }> {
  let out = '';
  const write = (text: string | Uint8Array) => {
    out += text;
    return true;
  };
  const spies = [process.stdout, process.stderr].map((stream) => jest.spyOn(stream, 'write').mockImplementation(write));
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    const program = new Command().exitOverride();
    registerOperatorCommands(program);
    registerMailCommands(program);
    await program.parseAsync([...args, '--lang', 'en'], { from: 'user' });
    return { out, code: Number(process.exitCode) };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}

test('only the administrator operates', async () => {
  for (const role of ['auditor', 'leader', 'reviewer'] as const) {
    expect((await (await api.as(role)).get('/operator/status')).status).toBe(403);
  }
});

test('status: what runs, what waits, what is late', async () => {
  const stop = beat(engine.store, 'dispatch', 'r7');
  const status = await engine.withWorker(async () => {
    const told = async () => {
      const { body } = await admin.get('/operator/status');
      return body.processes.length === 1 && body.readModel.unanswered === 0 && body;
    };
    return until('the process is there and its cases answer', told);
  });
  await stop();
  expect(status).toMatchObject({
    rehearsal: engine.config.rehearsal,
    engine: { answers: true, workers: 1 },
    processes: [{ name: 'dispatch', build: 'r7', pid: process.pid, alive: true }],
    readModel: { sampled: 2, unanswered: 0, behind: [] },
    deadLetters: { mails: 0, orders: 0 },
    alarms: [],
  });
  expect(status.outbox.map(({ type }: { type: string }) => type)).toContain('roll-out');
});

test('status: cases nobody answers for, late steps, clocks that run out, alarms', async () => {
  await engine.store.cases.updateOne({ _id: id }, { $set: { nextAt: Date.now() - 3_600_000 * 24 * 4000 } });
  await engine.store.rehearsals.updateOne({}, { $set: { now: launchOf(testPlan({ start: START })) + 7 * 86_400_000 } });
  await engine.store.alarms.insertMany([{ _id: 'a-1', at: 1, code: 'batch-differs', data: {} }]);
  const { body } = await admin.get('/operator/status');
  expect(body.readModel).toMatchObject({ unanswered: 2 });
  expect(body.stuck).toEqual([expect.objectContaining({ case: id })]);
  expect(body.clocksAtRisk.length).toBeGreaterThan(0);
  const shown = await run('status');
  expect(shown.code).toBe(1);
  expect(shown.out).toContain(`xiaohao case redrive ${id}`);
  expect(shown.out).toContain('! alarm batch-differs a-1');
  expect(shown.out).toContain('! no dispatch runs');
}, 90_000);

test('a case: next step, clocks, what waits, timeline, link to its history', async () => {
  await engine.withWorker(async () => {
    const { body, status } = await admin.get(`/operator/cases/${encodeURIComponent(id)}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      case: id,
      engine: 'answers',
      closed: false,
      revision: { decided: 1, recorded: 1, shown: 1 },
    });
    expect(body.next.at).toMatch(/\+08:00$/);
    expect(body.timeline[0]).toMatchObject({ n: 1 });
    expect(body.history).toBe(`http://ui.example/namespaces/xiaohao-rehearsal/workflows/${encodeURIComponent(id)}`);
    const opaque = id.slice(id.indexOf('/') + 1);
    expect((await run('case', 'show', opaque)).out.split('\n')[0]).toContain(id);
  });
  expect((await admin.get('/operator/cases/unit-campaign%2Fnone')).status).toBe(404);
  // Without a worker the read model still shows it.
  expect((await admin.get(`/operator/cases/${encodeURIComponent(id)}`)).body.engine).toBe('silent');
}, 90_000);

test('redrive: a fresh run, and what was given up is tried again', async () => {
  const row = await engine.store.outbox.findOne({ case: id });
  await engine.store.outbox.updateOne({ _id: row!._id }, { $set: { status: 'dead', attempts: 40 } });
  await engine.withWorker(async () => {
    const handle = engine.client.workflow.getHandle(id);
    const { runId } = await handle.describe();
    expect((await run('case', 'redrive', id)).out).toMatch(/fresh run; tried again: \d+ effects, 0 mails/);
    await until('a fresh run', async () => (await handle.describe()).runId !== runId);
  });
  expect(await engine.store.outbox.findById(row!._id).lean()).toMatchObject({ status: 'new', attempts: 0 });
});

test('dead letters are tried again one by one, or all', async () => {
  const rows = await engine.store.outbox.find({}).limit(2);
  const ids = rows.map(({ _id }) => _id);
  const kill = () => engine.store.outbox.updateMany({ _id: { $in: ids } }, { $set: { status: 'dead' } });
  await kill();
  expect((await run('dead-letters')).out).toContain(ids[0]);
  expect((await run('dead-letters', 'resend', ids[0]!)).out).toBe('1 will be tried again\n');
  expect(await engine.store.outbox.countDocuments({ status: 'dead' })).toBe(1);
  await kill();
  expect((await run('dead-letters', 'resend', '--all')).out).toBe('2 will be tried again\n');
  expect((await run('dead-letters')).out).toBe('there are none\n');
  expect(await run('dead-letters', 'resend')).toMatchObject({ code: 2 });
  expect(await run('dead-letters', 'resend', 'x')).toMatchObject({ code: 1 });
});
