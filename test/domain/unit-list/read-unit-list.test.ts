import fc from 'fast-check';
import { unitId } from '../../../domain/id';
import { readUnitList } from '../../../domain/unit-list/read-unit-list';
import { troubleSentence } from '../../../domain/unit-list/troubles';
import { briefly, listOf, nothingKnown, row, troublesOf, unitsOf } from './lists';

describe('a unit', () => {
  test('has the general sector, and nothing else, when its list says no more than it must', () => {
    const [unit] = unitsOf(listOf(row()));
    expect(unit).toMatchObject({ id: unitId('U001'), sectors: ['general'], onePerson: false, places: [], town: '' });
    expect(unit?.filer).toEqual({ name: '赵示甲', phone: '', email: '' });
    expect(unit).not.toHaveProperty('supervisingUnit');
  });

  test.each([
    '危化品、消防',
    '危险化学品,消防',
    'chemicals;fire',
    '消防／危化，综合；fire',
    'Fire | Hazardous Chemicals',
  ])('has the sectors of "%s"', (sectors) => {
    expect(unitsOf(listOf(row({ 重点领域: sectors })))[0]?.sectors).toEqual(['general', 'chemicals', 'fire']);
  });

  test.each([
    ['乡镇卫生院', 'township-health-centre'],
    ['township-health-centre', 'township-health-centre'],
    ['妇幼保健院（所）', 'maternal-child-health'],
    [' CDC ', 'cdc'],
    ['机关科室', 'department'],
  ])('of kind "%s" is %s', (written, kind) => {
    expect(unitsOf(listOf(row({ 单位类型: written })))[0]?.kind).toBe(kind);
  });

  test('of one person is headed by its filer', () => {
    expect(unitsOf(listOf(row({ 一人单位: '√' })))[0]).toMatchObject({ onePerson: true, head: { name: '赵示甲' } });
  });

  test('cells that say "nothing" are empty', () => {
    const [unit] = unitsOf(
      listOf(row({ 乡镇: '-', 填报员邮箱: '无', 填报员电话: '／', 监管单位: '——', 一人单位: '/' })),
    );
    expect(unit).toMatchObject({ town: '', filer: { email: '', phone: '' }, onePerson: false });
    expect(unit).not.toHaveProperty('supervisingUnit');
  });

  test('keeps a telephone number with +', () => {
    expect(unitsOf(listOf(row({ 填报员电话: '+86 138 0000 0001' })))[0]?.filer.phone).toBe('+86 138 0000 0001');
  });
});

describe('troubles', () => {
  test('of every row, in the order of rows and columns, each with what was read', () => {
    const troubles = troublesOf(
      listOf(
        row({ 重点领域: '消防、消费', 填报员电话: '1.38E+10', 填报员邮箱: 'a.qingyuan.example', 一人单位: '大概' }),
        row({ 单位类型: '院', 单位负责人: '', 单位负责人电话: '13800000001', 部位: '库（仓）；食堂；食堂' }),
        row({ 单位编码: '', 单位名称: '=HYPERLINK("x")', 单位类型: '', 填报员: '无' }),
        row({ 单位编码: 'U 9', 单位名称: 'x'.repeat(101), 填报员: '@SUM(1)' }),
      ),
    );
    expect(briefly(troubles)).toEqual([
      '2 重点领域 sector-unknown',
      '2 填报员电话 phone-malformed',
      '2 填报员邮箱 email-malformed',
      '2 一人单位 yes-no-unknown',
      '3 单位编码 code-twice',
      '3 单位类型 kind-unknown',
      '3 单位负责人电话 person-nameless',
      '3 部位 place-malformed',
      '3 部位 place-twice',
      '4 单位编码 code-missing',
      '4 单位名称 formula',
      '4 单位类型 kind-missing',
      '4 填报员 filer-missing',
      '5 单位编码 code-malformed',
      '5 单位名称 too-long',
      '5 填报员 formula',
    ]);
    expect(troubles[0]).toMatchObject({ read: '消防、消费', message: { zh: expect.stringContaining('“消费”') } });
    expect(troubles[10]?.read).toBe('=HYPERLINK("x")');
    expect(troubleSentence(troubles[2]!)).toEqual({
      zh: '第 2 行“填报员邮箱”：“a.qingyuan.example”不是一个有效的电子邮箱',
      en: 'row 2, "填报员邮箱": "a.qingyuan.example" is not one valid e-mail address',
    });
  });

  test('a code twice in other spelling is the same code', () => {
    expect(troublesOf(listOf(row(), row({ 单位编码: 'ｕ００１' })))[0]).toMatchObject({
      row: 3,
      code: 'code-twice',
      message: { zh: '单位编码与第 2 行重复' },
    });
  });

  test('a cell beyond the headers means that the row has shifted', () => {
    const { rows } = listOf(row());
    expect(briefly(troublesOf({ rows: [rows[0]!, [...rows[1]!, '', '镇东']] }))).toEqual(['2  cell-without-column']);
  });
});

describe('supervision', () => {
  const clinic = (supervisor: string, changes = {}) =>
    row({ 单位编码: 'U002', 单位名称: '村卫生室', 单位类型: '村卫生室', 监管单位: supervisor, ...changes });

  test.each(['U001', 'u001', 'Ｕ００１', '县医院'])('"%s" is the unit of the first row', (written) => {
    expect(unitsOf(listOf(clinic(written), row()))[0]?.supervisingUnit).toBe('U001');
  });

  test('a known unit may supervise, in the spelling it is known by', () => {
    expect(unitsOf(listOf(clinic('u900')), { codes: new Set(['U900']) })[0]?.supervisingUnit).toBe('U900');
  });

  test('nobody, oneself, and a name that two have', () => {
    expect(briefly(troublesOf(listOf(row(), clinic('U404'))))).toEqual(['3 监管单位 supervisor-unknown']);
    expect(briefly(troublesOf(listOf(clinic('U002'))))).toEqual(['2 监管单位 supervisor-itself']);
    const twins = listOf(row(), row({ 单位编码: 'U003' }), clinic('县医院'));
    expect(briefly(troublesOf(twins))).toEqual(['4 监管单位 supervisor-ambiguous']);
  });

  test('a circle is named at each of its rows, and not at a row that leads into it', () => {
    const of = (code: string, supervisor: string) => row({ 单位编码: code, 单位名称: code, 监管单位: supervisor });
    const troubles = troublesOf(listOf(of('A', 'B'), of('B', 'C'), of('C', 'D'), of('D', 'B'), of('E', '')));
    expect(briefly(troubles)).toEqual([3, 4, 5].map((number) => `${number} 监管单位 supervisor-cycle`));
    expect(troubles[0]?.message.zh).toBe('监管关系成环：B → C → D → B');
  });

  test('twenty thousand units in one chain take no longer than they should', () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      row({ 单位编码: `U${index}`, 监管单位: index === 0 ? '' : `U${index - 1}` }),
    );
    const before = performance.now();
    expect(unitsOf(listOf(...chain))).toHaveLength(20_000);
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

test('whatever the rows, either units or troubles, and never both', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'U001',
      'U002',
      '医院',
      '诊所',
      '是',
      'a@b.cn',
      '13800000001',
      '楼（项目；甲；乙）',
      '=1',
      '（',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  const headers = [
    '单位编码',
    '单位名称',
    '单位类型',
    '填报员',
    '重点领域',
    '填报员邮箱',
    '监管单位',
    '一人单位',
    '部位',
  ];
  fc.assert(
    fc.property(fc.boolean(), fc.array(fc.array(cell, { maxLength: 10 }), { maxLength: 8 }), (withHeaders, rows) => {
      const list = readUnitList({ rows: withHeaders ? [headers, ...rows] : rows }, nothingKnown);
      if ('troubles' in list) expect(list.troubles.length).toBeGreaterThan(0);
      else expect(new Set(list.units.map(({ id }) => id)).size).toBe(list.units.length);
    }),
    { numRuns: 500 },
  );
});
