import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registerUnitCommands } from '../../cli/units';
import { createToken } from '../../store/tokens';
import { type TestApi, testApi } from '../api/support';
import { type Ran, runCommand } from '../support/command-line';
import { type TestEngine, testEngine } from '../support/engine';
import { workbook } from '../support/workbook';

const folder = mkdtempSync(path.join(tmpdir(), 'xiaohao-lists-'));
const before = { ...process.env };
let engine: TestEngine;
let api: TestApi;
let server: Server;

beforeAll(async () => {
  engine = await testEngine('cli-lists');
  api = testApi(engine);
  server = createServer(api.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.XIAOHAO_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.XIAOHAO_TOKEN = (await createToken(engine.store, { role: 'admin' })).secret;
});

afterAll(async () => {
  process.env = before;
  server?.close();
  await api?.close();
  await engine?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<Ran> {
  return runCommand([registerUnitCommands], ['units', ...args]);
}

function file(name: string, content: string | Buffer): string {
  const at = path.join(folder, name);
  writeFileSync(at, content);
  return at;
}

const HEADERS = ['单位编码', '单位名称', '单位类型', '填报员', '填报员电话', '床位'];

test('a workbook: what is wrong, what was not read, the good rows, what changes, and out again', async () => {
  const rows = [
    ['清源县名单'],
    HEADERS,
    ['U001', '县医院', '医院', '赵示甲', 13800000001, 300],
    ['U002', '县中医院', '病院', '钱示乙', '', ''],
    ['备注：请核对'],
  ];
  const list = file(
    '单位.xlsx',
    workbook([
      { name: '说明', rows: [['说明']] },
      { name: '名单', rows },
    ]),
  );

  const preview = await run('import', list, '--dry-run');
  expect(preview.code).toBe(1);
  expect(preview.out.split('\n').slice(0, 5)).toEqual([
    '（预览，未写入）1 个单位：新增 1，更新 0，未变 0',
    '工作表“名单”，表头在第 2 行',
    '未读取的列：床位（可用 --mapping 说明）',
    '有误，未导入（1 行）：',
    expect.stringMatching(/^ {2}第 4 行 “单位类型”：不认识的单位类型“病院”/),
  ]);
  expect(preview.out).toContain('  第 5 行：本行不是单位，未读取：“备注：请核对”\n');
  expect((await run('import', list)).code).toBe(1);

  const mapping = file('mapping.json', '\ufeff{"床位": "ignore"}');
  const taken = await run(
    'import',
    list,
    '--good-rows',
    '--mapping',
    mapping,
    '--keep-mapping',
    '月报',
    '--lang',
    'en',
  );
  expect(taken.code).toBe(0);
  expect(taken.out).toContain('1 units: 1 new, 0 changed, 0 as before\n');
  expect(taken.out).toContain('the mapping was kept as "月报"\n');
  expect(taken.out).not.toContain('columns not read');

  const changed = workbook([{ name: '名单', rows: [HEADERS, ['U001', '县第一医院', '医院', '赵示甲', '', 1]] }]);
  const again = await run('import', file('再.xlsx', changed), '--sheet', '名单', '--mapping', '月报');
  expect(again.out.split('\n').slice(-5)).toEqual([
    '变化：',
    '  U001 县第一医院',
    '    单位名称: 县医院 → 县第一医院',
    '    填报员A电话: 13800000001 → —',
    '',
  ]);

  for (const name of ['units.csv', 'units.xlsx']) {
    const out = path.join(folder, name);
    expect((await run('export', out)).out).toBe(`${out}\n`);
    expect(statSync(out).mode & 0o077).toBe(0);
    expect((await run('import', out)).out).toContain('1 个单位：新增 0，更新 0，未变 1\n');
  }
  expect(readFileSync(path.join(folder, 'units.csv'), 'utf8')).toContain('U001,县第一医院,医院');
});

test('what cannot be is said in a sentence', async () => {
  const list = file('一.csv', `${HEADERS.slice(0, 4).join()}\nU009,甲,医院,乙\n`);
  expect(await run('export', 'units.doc', '--lang', 'en')).toMatchObject({
    code: 2,
    err: 'the file must end in .csv or .xlsx\n',
  });
  expect((await run('import', path.join(folder, '没有'))).code).toBe(2);
  expect((await run('import', list, '--mapping', '没有')).err).toContain('mapping: 没有以此名保存的对应关系');
  expect((await run('import', list, '--mapping', list)).code).toBe(2);
  expect((await run('import', file('空.xlsx', Buffer.alloc(0)))).err).toBe('名单有误，未导入任何单位\n  文件是空的\n');
});
