import fc from 'fast-check';
import { readUnitList } from '../../../domain/unit-list/read-unit-list';
import { briefly, listOf, nothingKnown, row, troublesOf, unitsOf } from './lists';

const FULL = row({
  乡镇: '城关镇',
  重点领域: '消防、危化品',
  填报员电话: '138-0000-0001',
  填报员邮箱: 'a@qingyuan.example',
  填报员B: '钱示乙',
  填报员B电话: '138-0000-0002',
  填报员B邮箱: 'b@qingyuan.example',
  单位负责人: '孙示丙',
  单位负责人电话: '138-0000-0003',
  单位负责人邮箱: 'head@qingyuan.example',
  监管单位: 'U900',
  一人单位: '否',
  '部位/项目': '试剂库（房间）',
});
const known = { codes: new Set(['U900']) };

test('every column lands in its field', () => {
  expect(unitsOf(listOf(FULL), known)).toEqual([
    {
      id: expect.stringMatching(/^u-[0-9a-f]{16}$/),
      code: 'U001',
      name: '县医院',
      kind: 'hospital',
      town: '城关镇',
      sectors: ['general', 'chemicals', 'fire'],
      filer: { name: '赵示甲', phone: '138-0000-0001', email: 'a@qingyuan.example' },
      deputyFiler: { name: '钱示乙', phone: '138-0000-0002', email: 'b@qingyuan.example' },
      head: { name: '孙示丙', phone: '138-0000-0003', email: 'head@qingyuan.example' },
      supervisingUnit: 'U900',
      onePerson: false,
      places: [{ name: '试剂库', kind: 'room' }],
    },
  ]);
});

test.each([
  {
    名称: '单位名称',
    编码: '单位编码',
    类别: '单位类型',
    领域: '重点领域',
    填报人: '填报员',
    负责人: '单位负责人',
    '主管单位(编码)': '监管单位',
  },
  {
    '填报员（A岗）': '填报员',
    '填报员（B岗）': '填报员B',
    '填报员手机号（必填）': '填报员电话',
    ' 电子 邮箱 ': '填报员邮箱',
  },
  { '＊单位编码': '单位编码', 部位: '部位/项目', 是否一人单位: '一人单位', 主要负责人联系电话: '单位负责人电话' },
  {
    code: '单位编码',
    name: '单位名称',
    kind: '单位类型',
    town: '乡镇',
    sectors: '重点领域',
    'filer.name': '填报员',
    'filer.phone': '填报员电话',
    filerEmail: '填报员邮箱',
    deputyFiler: '填报员B',
    deputy_filer_phone: '填报员B电话',
    'Deputy filer e-mail': '填报员B邮箱',
    head: '单位负责人',
    headPhone: '单位负责人电话',
    'HEAD.EMAIL': '单位负责人邮箱',
    supervisingUnit: '监管单位',
    onePerson: '一人单位',
    places: '部位/项目',
  },
])('synonyms give the same units: %j', (synonyms) => {
  const bySynonym = new Map(Object.entries(synonyms).map(([synonym, header]) => [header, synonym]));
  const renamed = Object.fromEntries(
    Object.entries(FULL).map(([header, cell]) => [bySynonym.get(header) ?? header, cell]),
  );
  expect(unitsOf(listOf(renamed), known)).toEqual(unitsOf(listOf(FULL), known));
});

test('columns in any order give the same units', () => {
  const table = listOf(FULL, row({ 单位编码: 'U002', 单位名称: '县中医院', 监管单位: 'U001' }));
  const order = table.rows[0]?.map((_, index) => index) ?? [];
  fc.assert(
    fc.property(fc.shuffledSubarray(order, { minLength: order.length }), (permutation) => {
      const permuted = table.rows.map((cells) => permutation.map((index) => cells[index] ?? ''));
      expect(unitsOf({ rows: permuted }, known)).toEqual(unitsOf(table, known));
    }),
    { numRuns: 50 },
  );
});

test('missing columns are one trouble, with the unknown column that may be the misspelt one', () => {
  const troubles = troublesOf({
    rows: [
      ['单位编码', '单位名称', '单位类行'],
      ['U001', '县医院', '医院'],
    ],
  });
  expect(briefly(troubles)).toEqual(['1 单位类型、填报员 column-missing', '1 单位类行 column-unknown']);
  expect(troubles[0]?.message.zh).toBe('缺少必填列：单位类型、填报员');
});

test('an unknown column is a warning, a known idle one is not', () => {
  const list = readUnitList(listOf(row({ 序号: '1', 备注: '', 床位数: '300' })), nothingKnown);
  expect('warnings' in list && briefly(list.warnings)).toEqual(['1 床位数 column-unknown']);
});

test('two columns for one field are refused', () => {
  expect(briefly(troublesOf(listOf(row({ 填报人: '钱示乙' }))))).toEqual(['1 填报人 column-twice']);
});

test('titles above the headers are passed over, and rows keep their numbers', () => {
  const { rows } = listOf(row(), row({ 单位编码: '' }));
  const troubles = troublesOf({ rows: [['清源县单位名单', '', ''], [''], ...rows] });
  expect(briefly(troubles)).toEqual(['5 单位编码 code-missing']);
});

test.each([
  [[]],
  [[['']]],
  [
    [
      ['单位编码', '单位名称', '单位类型', '填报员'],
      ['', ' '],
    ],
  ],
])('no units: %j', (rows) => {
  expect(troublesOf({ rows }).map(({ code }) => code)).toEqual(['empty-list']);
});
