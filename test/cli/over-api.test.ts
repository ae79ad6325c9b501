import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registerCampaignCommands } from '../../cli/campaigns';
import { registerDemoCommands } from '../../cli/demo';
import { makeFirstToken } from '../../cli/first-token';
import { registerMailCommands } from '../../cli/mails';
import { registerTokenCommands } from '../../cli/tokens';
import { registerUnitCommands } from '../../cli/units';
import { unitCampaignId } from '../../domain/kinds';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { termsFor } from '../../domain/unit-campaign/terms';
import { prepareLaunch } from '../../store/launch';
import { createToken, findToken } from '../../store/tokens';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import { sampleUnits, type TestApi, testApi } from '../api/support';
import { type Ran, runCommand } from '../support/command-line';
import { type TestEngine, testEngine } from '../support/engine';
import { testPlan } from '../support/plan';

/** The commands as they are typed, against an API over real HTTP. */
const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-cli-'));
const before = { ...process.env };
let engine: TestEngine;
let api: TestApi;
let server: Server;
let url: string;
let now = Date.parse('2026-12-09T09:10:00+08:00');

const control = {
  async advance(to: number) {
    now = to;
    return { now, steps: 2 };
  },
  async status() {
    return { id: 'demo', now, autopilot: true };
  },
};

beforeAll(async () => {
  engine = await testEngine('cli');
  api = testApi(engine, { rehearsal: control, config: { ...engine.config, rehearsal: 'demo' } });
  server = createServer(api.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { secret } = await createToken(engine.store, { role: 'admin' });
  writeFileSync(path.join(folder, 'demo.json'), JSON.stringify({ url, tokens: { admin: secret } }));
  for (const name of ['XIAOHAO_URL', 'XIAOHAO_TOKEN', 'MONGODB_URI', 'MAILBOX_URL']) delete process.env[name];
  process.env.XIAOHAO_DATA = folder;
});

afterAll(async () => {
  process.env = before;
  server?.close();
  await api?.close();
  await engine?.close();
});

async function run(...args: string[]): Promise<Ran> {
  return runCommand(
    [registerCampaignCommands, registerDemoCommands, registerMailCommands, registerTokenCommands, registerUnitCommands],
    args,
  );
}

test('units: each trouble in a sentence, nothing taken; then all of them', async () => {
  const file = path.join(folder, 'units.csv');
  writeFileSync(file, sampleCounty().csv.toString('utf8').replace(',医院,', ',病院,'));
  const refused = await run('units', 'import', file);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain('第 2 行 “单位类型”：不认识的单位类型“病院”');
  writeFileSync(file, sampleCounty().csv);
  expect((await run('units', 'import', file, '--dry-run', '--lang', 'en')).out).toBe(
    '(dry run, nothing written) 46 units: 46 new, 0 changed, 0 as before\n',
  );
  expect((await run('units', 'import', file)).out).toBe('46 个单位：新增 46，更新 0，未变 0\n');
  const shown = await run('unit', 'show', 'U001', '--json');
  expect(JSON.parse(shown.out).filer.phone).toBe('138-0000-0001');
  expect(await run('unit', 'show', 'U999', '--lang', 'en')).toMatchObject({ code: 1, err: 'there is no such thing\n' });
});

describe('a campaign', () => {
  beforeAll(async () => {
    const plan = testPlan({ start: '2026-12-09' });
    const units = sampleUnits().slice(0, 2);
    const campaign = 'campaign/one';
    await prepareLaunch(engine.store, { id: campaign, plan, units: units.map(({ id }) => id), at: now, by: 't' });
    for (const unit of units) {
      const id = unitCampaignId(campaign, unit.id);
      const terms = termsFor(plan, unit, now);
      const opening = { id, campaign, unit: unit.id, openedAt: now, joinedLate: false, terms, campaignRevision: 0 };
      const state: UnitCampaignState = unitCampaign.open(opening).state;
      const row = { _id: id, kind: 'unit-campaign', campaign, unit: unit.id, status: 'running', closed: false };
      await engine.store.cases.collection.insertOne({ ...row, revision: 1, seq: 1, state } as never);
    }
  });

  test('is the one there is; the board has every unit and obligation', async () => {
    const board = (await run('campaign', 'board')).out.split('\n');
    expect(board[0]).toContain('rep');
    expect(board[1]).toMatch(/^U001 .*· .*清源县人民医院$/);
    expect(board[2]).toMatch(/^U002 /);
    const status = await run('campaign', 'status', '--lang', 'en');
    expect(status.out).toContain('2026-12-16  report');
    expect((await run('campaign', 'result')).out).toContain('report');
    expect((await run('campaign', 'board', '--status', 'accepted', '--lang', 'en')).out).toBe('no such units\n');
  });

  test('what is wrong with a launch comes place by place', async () => {
    const refused = await run('campaign', 'launch', '--start', '2026-12-09', '--lang', 'en');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('contact-open contacts/');
    await expect(run('campaign', 'launch', '--start', 'soon')).rejects.toThrow('YYYY-MM-DD');
    expect((await run('campaign', 'launch', '--start', '2026-12-09', '--plan', '/nowhere.yaml')).code).toBe(2);
    expect((await run('campaign', 'launch', '--start', '2026-12-09', '--waive', 'x')).err).toContain(
      'code:place=reason',
    );
  });
});

test('mails and dead letters, where there are none', async () => {
  expect((await run('mail', 'list')).out).toBe('');
  expect((await run('dead-letters', '--lang', 'en')).out).toBe('there are none\n');
});

test('a token over the API', async () => {
  const over = await run('token', 'create', '--role', 'reviewer', '--sectors', 'fire,gas', '--json');
  const { secret } = JSON.parse(over.out);
  expect((await findToken(engine.store, secret))!.sectors).toEqual(['fire', 'gas']);
  expect((await run('token', 'create', '--role', 'head')).code).toBe(2);
});

test('the first token goes straight into the database', async () => {
  const env = { ...process.env };
  Object.assign(process.env, engine.env);
  try {
    const made = await makeFirstToken({ role: 'head', sectors: [], label: 'x', days: 3 }, 'U001');
    expect((await findToken(engine.store, made.secret))!.unit).toBe(sampleUnits()[0]!.id);
    await expect(makeFirstToken({ role: 'head', sectors: [], label: 'x' }, 'U999')).rejects.toThrow('U999');
  } finally {
    process.env = env;
  }
});

test('the demo moves day by day and says where it is', async () => {
  const moved = await run('demo', 'advance', '3d', '--lang', 'en');
  expect(moved.out.split('\n')).toEqual([
    '2026-12-10T09:10:00+08:00  +2',
    '2026-12-11T09:10:00+08:00  +2',
    '2026-12-12T09:10:00+08:00  +2',
    'it is now 2026-12-12T09:10:00+08:00, after 6 steps',
    '',
  ]);
  expect(JSON.parse((await run('demo', 'advance', '2026-12-14', '--json')).out)).toEqual({
    now: '2026-12-14T09:10:00+08:00',
    steps: 4,
  });
  expect((await run('demo', 'advance', '2026-12-01')).code).toBe(1);
  expect((await run('demo', 'status')).out).toContain('2026-12-14T09:10:00+08:00');
});

test('the demo’s mailbox is read over its own HTTP', async () => {
  process.env.MAILBOX_URL = process.env.TEST_MAILBOX_URL;
  expect((await run('demo', 'mail', '--to', 'nobody@nowhere.example', '--lang', 'en')).out).toBe('no mails\n');
  process.env.MAILBOX_URL = 'http://127.0.0.1:9';
  expect(await run('demo', 'mail')).toMatchObject({ code: 2, err: expect.stringContaining('连接不上') });
  delete process.env.MAILBOX_URL;
});

test('an API that is not there, and no token, are one sentence each', async () => {
  Object.assign(process.env, { XIAOHAO_URL: 'http://127.0.0.1:9', XIAOHAO_TOKEN: 'x' });
  const away = await run('campaign', 'status', '--lang', 'en');
  expect(away).toEqual({ code: 2, out: '', err: 'http://127.0.0.1:9 cannot be reached; is it running?\n' });
  process.env.XIAOHAO_URL = url;
  expect((await run('campaign', 'status', '--lang', 'en')).err).toBe('a valid bearer token is needed\n');
  delete process.env.XIAOHAO_TOKEN;
  // Not even the demo's token goes to an address the demo has not named.
  expect((await run('campaign', 'status')).err).toContain('XIAOHAO_TOKEN');
  delete process.env.XIAOHAO_URL;
});
