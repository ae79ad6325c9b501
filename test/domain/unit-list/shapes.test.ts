import { chooseSheet, sheetNamed } from '../../../domain/unit-list/choose-sheet';
import type { Mapping } from '../../../domain/unit-list/columns';
import { type ListRead, readSheet } from '../../../domain/unit-list/read-unit-list';
import { type Area, type Sheet, sheetOf } from '../../../domain/unit-list/sheet';
import { briefly } from './lists';

/** Lists as offices send them: one line of the text a row, cells between `|`. */
function sheet(text: string, merged: Area[] = []): Sheet {
  const lines = text.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
  return { ...sheetOf(lines), merged };
}

function read(table: Sheet, mapping: Mapping = {}, codes: string[] = []): ListRead {
  return readSheet(table, { codes: new Set(codes), mapping });
}

const fields = ({ headers }: ListRead) => headers?.columns.map(({ field }) => field ?? '?');
const people = ({ rows }: ListRead) => rows.map(({ unit: { filer, deputyFiler, head } }) => [filer, deputyFiler, head]);

describe('headers', () => {
  test('of two lines, a group merged over its columns, single ones merged down', () => {
    const list = read(
      sheet(
        `清源县医疗卫生单位名单||||||
         单位编码|单位名称|单位类型|填报员|||负责人|
         |||姓名|电话|邮箱|姓名|电话
         U001|县医院|医院|赵示甲|13800000001|a@b.cn|孙示丙|13800000003`,
        [
          { top: 1, left: 0, bottom: 1, right: 7 },
          ...[0, 1, 2].map((left) => ({ top: 2, left, bottom: 3, right: left })),
          { top: 2, left: 3, bottom: 2, right: 5 },
          { top: 2, left: 6, bottom: 2, right: 7 },
        ],
      ),
    );
    expect(list.headers?.columns.map(({ header }) => header)).toEqual([
      ...[
        '单位编码',
        '单位名称',
        '单位类型',
        '填报员/姓名',
        '填报员/电话',
        '填报员/邮箱',
        '负责人/姓名',
        '负责人/电话',
      ],
    ]);
    expect(list).toMatchObject({ refused: [], troubles: [], warnings: [] });
    expect(people(list)).toEqual([
      [
        { name: '赵示甲', phone: '13800000001', email: 'a@b.cn' },
        { name: '', phone: '', email: '' },
        { name: '孙示丙', phone: '13800000003', email: '' },
      ],
    ]);
  });

  test('of two lines in a text file, which cannot merge', () => {
    const list = read(
      sheet(
        `基本情况|||填报员||||备注
         编码|名称|类别|A岗|电话|B岗|电话|
         U001|县医院|医院|赵示甲|13800000001|钱示乙|13800000002|新建`,
      ),
    );
    expect(fields(list)).toEqual([
      ...['code', 'name', 'kind', 'filer.name', 'filer.phone', 'deputyFiler.name', 'deputyFiler.phone', 'passed-over'],
    ]);
  });

  test('a telephone under a group that is none of ours is nobody’s', () => {
    const list = read(
      sheet(
        `单位编码|单位名称|单位类型|填报员||分管领导|
         |||姓名|电话|姓名|电话
         U001|县医院|医院|赵示甲|13800000001|周示戊|13800000009`,
      ),
    );
    expect(fields(list)?.slice(5)).toEqual(['?', '?']);
    expect(list.rows[0]?.unit.filer.phone).toBe('13800000001');
    expect(briefly(list.warnings)).toEqual(['1 分管领导/姓名 column-unknown', '1 分管领导/电话 column-unknown']);
  });

  test('电话 and 邮箱 without a person are of the one named before them', () => {
    const list = read(
      sheet(
        `单位编码|单位名称|单位类型|填报员|电话|邮箱|负责人|电话|邮箱
         U001|县医院|医院|赵示甲|13800000001|a@b.cn|孙示丙|13800000003|c@b.cn`,
      ),
    );
    expect(fields(list)?.slice(3)).toEqual([
      ...['filer.name', 'filer.phone', 'filer.email', 'head.name', 'head.phone', 'head.email'],
    ]);
  });

  test('stand under a long introduction; a line above that names fewer fields is not them', () => {
    const above = Array.from({ length: 12 }, (_, n) => `${n + 1}、请逐项填写||`).join('\n');
    const list = read(
      sheet(
        `填报单位：|清源县卫健委|联系人：|赵示甲|联系电话：|81234567\n${above}\n单位编码|单位名称|单位类型|填报员\nU001|县医院|医院|赵示甲`,
      ),
    );
    expect([list.headers?.row, list.rows.length, list.troubles]).toEqual([14, 1, []]);
  });

  test('that nobody knows are one sentence, and a mapping mends it', () => {
    const strange = sheet('卡号|叫什么|哪一类|谁来填\nU001|县医院|医院|赵示甲');
    expect(
      read(strange)
        .refused.map(({ code }) => code)
        .slice(0, 1),
    ).toEqual(['headers-missing']);
    const mapping = { 卡号: 'code', 叫什么: 'name', 哪一类: 'kind', 谁来填: 'filer.name' } as const;
    expect(read(strange, mapping)).toMatchObject({ refused: [], rows: [{ good: true, unit: { code: 'U001' } }] });
  });
});

describe('a column without a header', () => {
  test('is none of the rows’ fault where it numbers them, or where most rows have it', () => {
    const list = read(
      sheet(
        `|单位编码|单位名称|单位类型|填报员
         1|U001|县医院|医院|赵示甲|已核对
         2|U002|乙诊所|诊所|钱示乙|已核对
         3|U003|丙诊所|诊所|孙示丙`,
      ),
    );
    expect(list.troubles).toEqual([]);
    expect(list.warnings.map(({ code, read: what }) => [code, what])).toEqual([['column-nameless', 'F']]);
  });

  test('tells of a row that has shifted where it has one alone', () => {
    const list = read(
      sheet(
        `单位编码|单位名称|单位类型|填报员
         U001|县医院|医院|赵示甲
         U002|乙诊所|诊所|钱示乙|镇东
         U003|丙诊所|诊所|孙示丙`,
      ),
    );
    expect(briefly(list.troubles)).toEqual(['3  cell-without-column']);
  });
});

test('headers with a number before them or another language beside them are the same', () => {
  const list = read(sheet('1、单位编码 Code|2.单位名称/Unit name|【必填】单位类型|填报员\nU001|县医院|医院|赵示甲'));
  expect(fields(list)).toEqual(['code', 'name', 'kind', 'filer.name']);
});

describe('a mapping', () => {
  const list = sheet('单位编码|单位名称|单位类型|填报员|联系电话|手机\nU001|县医院|医院|赵示甲|81234567|13800000001');

  test('decides between two columns', () => {
    expect(briefly(read(list).refused)).toEqual(['1 手机 column-twice']);
    const mended = read(list, { 手机: 'filer.phone' });
    expect(briefly(mended.warnings)).toEqual(['1 联系电话 column-unknown']);
    expect(mended.rows[0]?.unit.filer.phone).toBe('13800000001');
  });

  test('means a column that stands twice by its number, and names what it means in vain', () => {
    const twice = sheet('单位编码|单位名称|单位类型|填报员|填报员|医保号\nU001|县医院|医院|赵示甲|钱示乙|9');
    const mended = read(twice, { '填报员#2': 'deputyFiler.name', 医保号: 'passed-over', 床位: 'passed-over' });
    expect(mended.rows[0]?.unit.deputyFiler.name).toBe('钱示乙');
    expect(mended.warnings.map(({ code, read: what }) => [code, what])).toEqual([['mapping-unused', '床位']]);
  });
});

describe('rows that are no units', () => {
  test('are passed over and named: notes, sums, sections, the headers again; blank numbers without a word', () => {
    const list = read(
      sheet(
        `序号|单位编码|单位名称|单位类型|填报员
         |必填|必填|必填|必填
         一、城关镇||||
         1|U001|县医院|医院|赵示甲
         序号|单位编码|单位名称|单位类型|填报员
         2|U002|附属医院|医院|钱示乙
         小计|2|||
         =SUM(A4:A6)|合计||2|
         3||||
         备注：请于12月16日前报送||||
         1.单位编码由县卫健委统一编制||||
         |填表人：孙示丙||审核人：李示丁|2025年12月9日`,
      ),
    );
    expect(list.troubles).toEqual([]);
    expect(list.rows.map(({ unit }) => unit.code)).toEqual(['U001', 'U002']);
    expect(list.warnings.map(({ row, code }) => `${row} ${code}`)).toEqual(
      [2, 3, 5, 7, 8, 10, 11, 12].map((row) => `${row} row-passed-over`),
    );
    expect(list.warnings[6]?.message.zh).toContain('1.单位编码由县卫健委统一编制');
  });

  test('a broken unit is no note: a code or a name alone is named as trouble', () => {
    const list = read(
      sheet(
        `单位编码|单位名称|单位类型|填报员
         U001|县医院|医院|赵示甲
         U002|||
         |柳河镇卫生院||
         注01|注射室|诊所|钱示乙`,
      ),
    );
    expect(list.warnings).toEqual([]);
    expect(list.rows.map(({ row, good }) => [row, good])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [5, true],
    ]);
  });
});

test('a town merged over several rows is the town of each', () => {
  const list = read(
    sheet(
      `乡镇|单位编码|单位名称|单位类型|填报员
       柳河镇|U001|甲村卫生室|村卫生室|赵示甲
       |U002|乙村卫生室|村卫生室|钱示乙
       |U003|丙村卫生室|村卫生室|孙示丙`,
      [{ top: 2, left: 0, bottom: 3, right: 0 }],
    ),
  );
  expect(list.rows.map(({ unit }) => unit.town)).toEqual(['柳河镇', '柳河镇', '']);
});

test('the same row twice counts once; the same code with other words is a trouble; the same name is named', () => {
  const list = read(
    sheet(
      `单位编码|单位名称|单位类型|填报员|乡镇
       U001|县医院|医院|赵示甲|城关镇
       U001|县医院|医院|赵示甲|城关镇
       U002|县医院|医院|钱示乙|城关镇
       U002|中医院|医院|孙示丙|城关镇`,
    ),
  );
  expect(list.rows.map(({ row, good }) => [row, good])).toEqual([
    [2, true],
    [4, true],
    [5, false],
  ]);
  expect(list.warnings.map(({ row, code }) => `${row} ${code}`)).toEqual(['3 row-again', '4 name-again']);
  expect(briefly(list.troubles)).toEqual(['5 单位编码 code-twice']);
});

test('what a workbook says of a cell is the cell’s only trouble, and none where the column is not read', () => {
  const table = sheet('序号|单位编码|单位名称|单位类型|填报员|填报员电话\n1|2025-03-01|县医院|医院|赵示甲|=B2&1');
  table.rows[1]!.odd = new Map([
    [0, 'formula'],
    [1, 'date-cell'],
    [5, 'formula'],
  ]);
  expect(briefly(read(table).troubles)).toEqual(['2 单位编码 date-cell', '2 填报员电话 formula']);
});

test.each([
  ['单位编码', '3月1日', 'date-cell'],
  ['单位编码', '1-Mar', 'date-cell'],
  ['单位编码', '1.24301E+17', 'digits-lost'],
  ['填报员电话', '2025-03-01', 'date-cell'],
  ['填报员电话', '1.38E+10', 'phone-malformed'],
  ['填报员电话', '=1+1', 'formula'],
  ['填报员邮箱', '@SUM(1)', 'formula'],
  ['单位类型', '=A1', 'formula'],
  ['填报员语言', '火星文', 'lang-unknown'],
])('%s “%s”: %s', (header, written, code) => {
  const cells: Record<string, string> = {
    单位编码: 'U001',
    单位名称: '县医院',
    单位类型: '医院',
    填报员: '赵示甲',
    填报员电话: '',
    填报员邮箱: '',
    填报员语言: '英文',
    [header]: written,
  };
  const list = read(sheetOf([Object.keys(cells), Object.values(cells)]));
  expect(briefly(list.troubles)).toEqual([`2 ${header} ${code}`]);
});

test.each([
  ['１３８００００００００', '13800000000'],
  ['13800000001.0', '13800000001'],
  ['1.3800000001E+10', '13800000001'],
  ['+86 138 0000 0001', '+86 138 0000 0001'],
])('the telephone number %s is %s', (written, kept) => {
  const list = read(sheet(`单位编码|单位名称|单位类型|填报员|电话\nU001|县医院|医院|赵示甲|${written}`));
  expect([list.troubles, list.rows[0]?.unit.filer.phone]).toEqual([[], kept]);
});

describe('of several sheets', () => {
  const list = { ...sheet('单位编码|单位名称|单位类型|填报员\nU001|县医院|医院|赵示甲'), name: '名单' };
  const help = { ...sheet('填写说明\n单位编码|由县卫健委编制\n单位名称|全称'), name: '填写说明' };
  const old = { ...list, name: '旧名单', hidden: true };

  test('the one with the list is read, and rather one that is shown', () => {
    expect(chooseSheet([help, old, list])?.name).toBe('名单');
    expect(chooseSheet([help])?.name).toBe('填写说明');
    expect(chooseSheet([])).toBeUndefined();
  });

  test('one may be named, or given by its number', () => {
    expect(sheetNamed([help, old, list], ' 旧名单 ')?.name).toBe('旧名单');
    expect(sheetNamed([help, old, list], '1')?.name).toBe('填写说明');
    expect(sheetNamed([help, old, list], '没有')).toBeUndefined();
  });
});
