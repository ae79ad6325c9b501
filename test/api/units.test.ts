import iconv from 'iconv-lite';
import request from 'supertest';
import { createToken } from '../../store/tokens';
import { sampleCounty } from '../../templates/sample-county/sample-county';
import { type TestEngine, testEngine } from '../support/engine';
import { type Sent, type Speaker, sampleUnits, type TestApi, testApi } from './support';

let engine: TestEngine;
let api: TestApi;
let admin: Speaker;
let secret: string;

beforeAll(async () => {
  engine = await testEngine('units');
  api = testApi(engine);
  admin = await api.as('admin');
  secret = (await createToken(engine.store, { role: 'admin' })).secret;
});

afterAll(async () => {
  await api?.close();
  await engine?.close();
});

const upload = async (bytes: Buffer, query = '', language = 'zh'): Promise<Sent> =>
  request(api.app)
    .post(`/api/v1/units/import${query}`)
    .set({ Authorization: `Bearer ${secret}`, 'Accept-Language': language, 'Content-Type': 'text/csv' })
    .send(bytes);

const csv = () => sampleCounty().csv.toString('utf8').replace('\ufeff', '');
const count = () => engine.store.units.countDocuments({});

test('a GBK list with three broken rows is refused with three named rows, and taken after they are mended', async () => {
  const lines = csv().split('\n');
  const broken = [...lines];
  broken[3] = broken[3]!.replace(',医院,', ',病院,');
  broken[7] = broken[7]!.replace('a.u007@qingyuan.example', 'a.u007 at qingyuan');
  broken[9] = broken[9]!.replace('U009', 'U008');
  const refused = await upload(iconv.encode(broken.join('\n'), 'gbk'));
  expect([refused.status, refused.body.code]).toEqual([422, 'list-refused']);
  expect(refused.body.troubles.map(({ row, column }: { row: number; column: string }) => [row, column])).toEqual([
    [4, '单位类型'],
    [8, '填报员A邮箱'],
    [10, '单位编码'],
  ]);
  expect(refused.body.troubles[0].message).toContain('病院');
  expect(await count()).toBe(0);
  const taken = await upload(iconv.encode(lines.join('\n'), 'gbk'));
  expect([taken.status, taken.body]).toMatchObject([200, { units: 46, created: 46, updated: 0, unchanged: 0 }]);
  expect(await count()).toBe(46);
});

test('a dry run says what would change and changes nothing', async () => {
  const changed = Buffer.from(csv().replace('清源县人民医院', '清源县第一人民医院'));
  const preview = await upload(changed, '?dryRun=true');
  expect(preview.body).toMatchObject({ created: 0, updated: 1, unchanged: 45, dryRun: true });
  expect((await admin.get('/units/U001')).body.name).toBe('清源县人民医院');
  expect((await upload(changed)).body).toMatchObject({ updated: 1, dryRun: false });
  expect((await admin.get('/units/U001')).body.name).toBe('清源县第一人民医院');
});

test('what is no table says so in the reader’s language', async () => {
  const workbook = await upload(Buffer.from('504b0304aabb', 'hex'), '', 'en');
  expect([workbook.status, workbook.body.troubles[0].code]).toEqual([422, 'workbook']);
  expect(workbook.body.troubles[0].message).toContain('workbook');
  expect((await upload(Buffer.alloc(0))).body.troubles[0].code).toBe('file-empty');
});

test('the list comes in pages, by code', async () => {
  const first = await admin.get('/units?limit=20');
  const second = await admin.get(`/units?limit=20&cursor=${first.body.next}`);
  const third = await admin.get(`/units?limit=20&cursor=${second.body.next}`);
  const codes = [first, second, third].flatMap(({ body }) => body.items.map(({ code }: { code: string }) => code));
  expect(codes).toEqual(
    sampleUnits()
      .map(({ code }) => code)
      .sort(),
  );
  expect(third.body.next).toBeUndefined();
  expect((await admin.get('/units?limit=0')).status).toBe(422);
});

test('telephones and addresses are for the office and the unit itself', async () => {
  const hospital = sampleUnits().find(({ code }) => code === 'U001')!;
  const own = await (await api.as('head', { unit: hospital })).get('/units/U001');
  expect(own.body.filer).toEqual(hospital.filer);
  const auditor = await (await api.as('auditor')).get('/units/U001');
  expect(auditor.body.filer).toEqual({ name: hospital.filer.name });
  expect((await admin.get(`/units/${hospital.id}`)).body.filer).toEqual(hospital.filer);
});
