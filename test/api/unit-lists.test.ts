import iconv from 'iconv-lite';
import request from 'supertest';
import { createToken } from '../../store/tokens';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import { type TestEngine, testEngine } from '../support/engine';
import { merges, workbook } from '../support/workbook';
import { keepUnits, type Sent, type Speaker, sampleUnits, type TestApi, testApi } from './support';

let engine: TestEngine;
let api: TestApi;
let admin: Speaker;
let secret: string;

beforeAll(async () => {
  engine = await testEngine('unit-lists');
  api = testApi(engine);
  admin = await api.as('admin');
  secret = (await createToken(engine.store, { role: 'admin' })).secret;
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

beforeEach(async () => {
  await engine.store.units.deleteMany({});
  await engine.store.mappings.deleteMany({});
});

const headers = () => ({ Authorization: `Bearer ${secret}`, 'Accept-Language': 'zh' });

async function upload(bytes: Buffer | string, query: Record<string, string> = {}): Promise<Sent> {
  return request(api.app)
    .post(`/api/v1/units/import?${new URLSearchParams(query)}`)
    .set({ ...headers(), 'Content-Type': 'application/octet-stream' })
    .send(Buffer.from(bytes));
}

async function download(format: string): Promise<Sent & { body: Buffer }> {
  return request(api.app).get(`/api/v1/units/export?format=${format}`).set(headers()).responseType('blob');
}

const put = async (path: string, body: object): Promise<Sent> =>
  request(api.app).put(`/api/v1${path}`).set(headers()).send(body);

const table = (...lines: string[]) => lines.join('\n');
const HEADERS = '单位编码,单位名称,单位类型,填报员,填报员电话';
const places = (troubles: { row: number; column: string; code: string }[]) =>
  troubles.map(({ row, column, code }) => `${row} ${column} ${code}`);

test('a workbook as offices make it: title, two-line headers, merged cells, a formula, notes, a sheet to explain it', async () => {
  const formula = { xml: ['t="str"', '<f>"U00"&amp;3</f><v>U003</v>'] as [string, string] };
  const bytes = workbook([
    { name: '填写说明', rows: [['填写说明'], ['单位编码', '由县卫健委统一编制']] },
    {
      name: '名单',
      rows: [
        ['清源县医疗卫生单位名单'],
        ['序号', '单位编码', '单位名称', '单位类型', '乡镇', '填报员', '', ''],
        ['', '', '', '', '', '姓名', '电话', '邮箱'],
        [1, 'U001', '县医院', '医院', '城关镇', '赵示甲', 13800000001, 'Ａ．1＠qingyuan.example'],
        [2, 'U002', '东门诊所', '诊所', '', '钱示乙', '１３８００００００02', ''],
        [3, formula, '西门诊所', '诊所', '', '孙示丙', '', ''],
        ['备注：请于12月16日前报送'],
      ],
      behind: merges('A1:H1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:E3', 'F2:H2', 'E4:E6', 'A7:H7'),
    },
  ]);
  const preview = await upload(bytes, { dryRun: 'true' });
  expect(preview.status).toBe(200);
  expect(preview.body).toMatchObject({ dryRun: true, acceptable: false, units: 2, created: 2, refused: 1 });
  expect(preview.body.reading).toMatchObject({
    sheet: '名单',
    sheets: ['填写说明', '名单'],
    headerRows: [2, 3],
    mapping: { 序号: 'passed-over', 单位编码: 'code', '填报员/电话': 'filer.phone' },
    notUnderstood: [],
  });
  expect(places(preview.body.troubles)).toEqual(['6 单位编码 formula']);
  expect(preview.body.troubles[0].read).toBe('="U00"&3');
  expect(preview.body.warnings).toMatchObject([{ row: 7, code: 'row-passed-over', read: '备注：请于12月16日前报送' }]);
  expect(preview.body.preview.map(({ code }: { code: string }) => code)).toEqual(['U001', 'U002']);
  expect(await engine.store.units.countDocuments({})).toBe(0);

  const refused = await upload(bytes);
  expect([refused.status, refused.body.code]).toEqual([422, 'list-refused']);
  expect(refused.body.reading.sheet).toBe('名单');

  const taken = await upload(bytes, { mode: 'good-rows' });
  expect(taken.body).toMatchObject({ dryRun: false, units: 2, created: 2, refused: 1, preview: [] });
  const second = (await admin.get('/units/U002')).body;
  expect(second).toMatchObject({ town: '城关镇', filer: { name: '钱示乙', phone: '13800000002', email: '' } });
  expect((await admin.get('/units/U001')).body.filer.email).toBe('a.1@qingyuan.example');

  const missing = await upload(bytes, { sheet: '名册' });
  expect([missing.status, missing.body.troubles[0].code]).toEqual([422, 'sheet-unknown']);
});

test('a repeated import says of each unit what changes, and what the list does not have stays', async () => {
  await keepUnits(engine, sampleUnits());
  const lines = sampleCounty().csv.toString('utf8');
  expect((await upload(lines)).body).toMatchObject({ units: 46, updated: 0, unchanged: 46, changes: [] });
  const changed = lines.replace('清源县人民医院', '清源县第一人民医院').replace('138-0000-0001', '139-0000-0001');
  const answer = await upload(iconv.encode(changed, 'gbk'));
  expect(answer.body).toMatchObject({ updated: 1, unchanged: 45, reading: { encoding: 'gb18030' } });
  expect(answer.body.changes).toEqual([
    {
      row: 2,
      unit: { id: expect.any(String), code: 'U001', name: '清源县第一人民医院' },
      fields: [
        { field: 'name', before: '清源县人民医院', after: '清源县第一人民医院' },
        { field: 'filer.phone', before: '138-0000-0001', after: '139-0000-0001' },
      ],
    },
  ]);
  const { body: before } = await admin.get('/units/U001');
  await upload(table('单位编码,单位名称,单位类型,填报员', 'U001,清源县人民医院,医院,赵示甲'));
  expect((await admin.get('/units/U001')).body).toEqual({ ...before, name: '清源县人民医院' });
});

describe('a mapping', () => {
  const strange = table('卡号,叫什么,单位类型,填报员,床位', 'U001,县医院,医院,赵示甲,300');
  const mapping = { 卡号: '单位编码', 叫什么: 'name', 床位: 'ignore' };

  test('is sent along, answered with, kept, and used by its name the next time', async () => {
    const first = await upload(strange, { dryRun: 'true' });
    expect(first.body).toMatchObject({ acceptable: false, units: 0 });
    expect(first.body.reading.notUnderstood).toEqual(['卡号', '叫什么', '床位']);
    expect(places(first.body.troubles)[0]).toBe('1 单位编码、单位名称 column-missing');

    const sent = { mapping: JSON.stringify(mapping), keepMapping: '月报' };
    expect((await upload(strange, { ...sent, dryRun: 'true' })).body).toMatchObject({ acceptable: true, created: 1 });
    expect((await admin.get('/unit-mappings')).body.items).toEqual([]);
    expect((await upload(strange, sent)).body).toMatchObject({ created: 1, keptMapping: '月报', warnings: [] });
    const kept = await admin.get(`/unit-mappings/${encodeURIComponent('月报')}`);
    expect(kept.body.columns).toEqual({
      卡号: 'code',
      叫什么: 'name',
      单位类型: 'kind',
      填报员: 'filer.name',
      床位: 'passed-over',
    });
    expect((await upload(strange, { mapping: '月报' })).body).toMatchObject({ unchanged: 1, warnings: [] });
  });

  test('may be corrected on its own', async () => {
    const path = `/unit-mappings/${encodeURIComponent('区.2')}`;
    expect((await admin.get(path)).status).toBe(404);
    expect((await put(path, { columns: { 'a.b$': '负责人电话' } })).body.columns).toEqual({ 'a.b$': 'head.phone' });
    expect((await put(path, { columns: mapping })).status).toBe(200);
    expect((await admin.get('/unit-mappings')).body.items.map(({ name }: { name: string }) => name)).toEqual(['区.2']);
    expect((await upload(strange, { mapping: '区.2' })).body.created).toBe(1);
  });

  test('that cannot be meant is refused with its place', async () => {
    const fields = async (asked: string) =>
      (await upload(strange, { mapping: asked })).body.errors.map(({ field }: { field: string }) => field);
    expect(await fields('{"卡号":"月亮"}')).toEqual(['mapping.卡号']);
    expect(await fields('{"卡号"')).toEqual(['mapping']);
    expect(await fields('没有')).toEqual(['mapping']);
    expect((await put('/unit-mappings/x', { columns: { 卡号: '月亮' } })).status).toBe(422);
  });

  test('is for who may import', async () => {
    const reviewer = await api.as('reviewer');
    for (const path of ['/unit-mappings', '/unit-mappings/x', '/units/export']) {
      expect((await reviewer.get(path)).status).toBe(403);
    }
  });
});

test('good rows: bad ones and what hangs on them are named, and none good is none taken', async () => {
  const list = table(
    `${HEADERS},监管单位`,
    'U001,县医院,病院,赵示甲,13800000001,',
    'U002,甲村卫生室,村卫生室,钱示乙,13800000002,U001',
    'U003,乙村卫生室,村卫生室,孙示丙,13800000003,',
    'U003,丙村卫生室,村卫生室,李示丁,1.38E+10,',
  );
  const taken = await upload(list, { mode: 'good-rows' });
  expect(taken.body).toMatchObject({ units: 1, created: 1, refused: 3, troublesInAll: 4 });
  expect(places(taken.body.troubles)).toEqual([
    '2 单位类型 kind-unknown',
    '3  supervisor-refused',
    '5 单位编码 code-twice',
    '5 填报员电话 phone-malformed',
  ]);
  const none = await upload(table(HEADERS, 'U004,x,病院,y,'), { mode: 'good-rows' });
  expect([none.status, none.body.code]).toEqual([422, 'list-refused']);
});

test.each([
  ['random bytes', Buffer.from('9f3a00c27b11ff08e1d4', 'hex')],
  ['nothing', Buffer.alloc(0)],
  ['a header alone', Buffer.from(HEADERS)],
  ['a header alone in a workbook', workbook([{ rows: [HEADERS.split(',')] }])],
  ['a formula', Buffer.from(table(HEADERS, '"=HYPERLINK(""x"")",县医院,医院,赵示甲,'))],
  ['a workbook that is none', Buffer.from('504b0304aabb', 'hex')],
  ['text that is no table', Buffer.from('你好\n世界\n')],
])('%s: one clear sentence', async (_what, bytes) => {
  const refused = await upload(bytes);
  expect(refused.status).toBe(422);
  const [first, ...more] = refused.body.troubles.filter(({ code }: { code: string }) => code !== 'column-unknown');
  expect(more).toEqual([]);
  expect(first.message).toMatch(/\p{Script=Han}/u);
});

describe('an export', () => {
  test.each(['csv', 'xlsx'])('as %s is read again without a change', async (format) => {
    const odd = { ...sampleUnits()[0]!, id: 'u-0', code: '007', name: '-甲,"乙"', town: "'-丙" };
    const english = { ...odd.filer, phone: '+86 138 0000 0001', lang: 'en' as const };
    await keepUnits(engine, [...sampleUnits(), { ...odd, filer: english }]);
    const file = await download(format);
    expect(file.status).toBe(200);
    expect(file.headers['content-disposition']).toBe(`attachment; filename="units.${format}"`);
    await engine.store.units.updateOne({ _id: 'u-0' }, { $set: { code: 'gone' } });
    await engine.store.units.deleteMany({ code: 'gone' });
    expect((await upload(file.body)).body).toMatchObject({
      units: 47,
      created: 1,
      updated: 0,
      unchanged: 46,
      warnings: [],
    });
    expect((await upload((await download(format)).body)).body).toMatchObject({ units: 47, unchanged: 47 });
    expect((await admin.get('/units/007')).body).toMatchObject({ name: '-甲,"乙"', town: "'-丙", filer: english });
  });

  test('as a workbook is one that others read, every cell a text', async () => {
    await keepUnits(engine, sampleUnits());
    const { default: readXlsx } = await import('read-excel-file/node');
    const [sheet] = await readXlsx((await download('xlsx')).body);
    expect(sheet?.sheet).toBe('单位名单');
    expect(sheet?.data[0]?.[0]).toBe('单位编码');
    expect(sheet?.data[1]?.[6]).toBe('138-0000-0001');
    expect(sheet?.data).toHaveLength(47);
  });
});
