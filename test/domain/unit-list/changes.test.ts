import fc from 'fast-check';
import { changesOf, updated } from '../../../domain/unit-list/changes';
import { fieldsOf } from '../../../domain/unit-list/columns';
import { readSheet } from '../../../domain/unit-list/read-unit-list';
import { sheetOf } from '../../../domain/unit-list/sheet';
import { writeUnitList } from '../../../domain/unit-list/write-unit-list';
import { listOf, nothingKnown, row, unitsOf } from './lists';

const FULL = row({
  乡镇: '城关镇',
  重点领域: '消防',
  填报员电话: '13800000001',
  填报员邮箱: 'a@b.cn',
  负责人: '孙示丙',
  负责人电话: '13800000003',
  部位: '新住院楼（建设项目；；乙监理）',
  填报员语言: '英文',
});

/** The unit after a list with these columns. */
function after(known: Record<string, string>, listed: Record<string, string>) {
  const [before] = unitsOf(listOf(known));
  const list = readSheet(sheetOf(listOf(listed).rows), nothingKnown);
  const unit = updated(before!, list.rows[0]!.unit, fieldsOf(list.headers!.columns));
  return {
    unit,
    changes: changesOf(before!, unit).map(({ field, before, after }) => `${field}: ${before} → ${after}`),
  };
}

test('what the list has no column for stays as it is', () => {
  expect(after(FULL, row()).changes).toEqual([]);
  expect(after(FULL, row({ 单位名称: '县第一医院' })).changes).toEqual(['name: 县医院 → 县第一医院']);
});

test('an empty cell of a column that is there empties the field', () => {
  expect(after(FULL, row({ 乡镇: '', 填报员电话: '13900000001' })).changes).toEqual([
    'town: 城关镇 → ',
    'filer.phone: 13800000001 → 13900000001',
  ]);
});

test('a new filer does not inherit the telephone of the old one', () => {
  expect(after(FULL, row({ 填报员: '钱示乙' })).changes).toEqual([
    'filer.name: 赵示甲 → 钱示乙',
    'filer.phone: 13800000001 → ',
    'filer.email: a@b.cn → ',
    'filer.lang: 英文 → ',
  ]);
});

test('in a one-person unit the new filer is the new head, unless another was named', () => {
  const alone = row({ 一人单位: '是', 填报员电话: '13800000001' });
  expect(after(alone, row({ 填报员: '钱示乙' })).unit.head).toEqual({ name: '钱示乙', phone: '', email: '' });
  const led = { ...alone, 负责人: '孙示丙' };
  expect(after(led, row({ 填报员: '钱示乙' })).unit.head.name).toBe('孙示丙');
});

test('what is written out reads as the same units', () => {
  const word = fc.constantFrom('甲', '县医院', '新楼（一期）', "'引号", '"双"引号,逗号；分号', 'a+b=c', '１２３');
  const place = fc.constantFrom(
    '库房',
    '液氧站（设施）',
    '楼（建设项目；甲公司；乙监理）',
    '楼2（建设项目；；乙监理）',
  );
  const listed = fc.record({
    单位名称: word,
    乡镇: fc.oneof(word, fc.constant('')),
    单位类型: fc.constantFrom('医院', '诊所', 'cdc'),
    重点领域: fc.constantFrom('', '消防、燃气', '综合'),
    填报员: word,
    填报员电话: fc.constantFrom('', '13800000001', '+86 10 6123 4567', '0731-81234567转801'),
    填报员邮箱: fc.constantFrom('', 'a@b.cn'),
    填报员语言: fc.constantFrom('', '中文', 'en'),
    一人单位: fc.constantFrom('是', '否', ''),
    '部位/项目': fc.uniqueArray(place, { maxLength: 3 }).map((places) => places.join('；')),
  });
  fc.assert(
    fc.property(fc.array(listed, { minLength: 1, maxLength: 5 }), (rows) => {
      const units = unitsOf(
        listOf(...rows.map((cells, n) => ({ 单位编码: `00${n}`, ...cells, 监管单位: n > 0 ? '000' : '' }))),
      );
      expect(unitsOf({ rows: writeUnitList(units) })).toEqual(units);
    }),
    { numRuns: 300 },
  );
});
