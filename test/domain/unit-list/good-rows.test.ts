import { goodRows } from '../../../domain/unit-list/good-rows';
import { readSheet } from '../../../domain/unit-list/read-unit-list';
import { sheetOf } from '../../../domain/unit-list/sheet';
import { listOf, row } from './lists';

const unit = (code: string, supervisor: string, changes = {}) =>
  row({ 单位编码: code, 单位名称: `单位${code}`, 监管单位: supervisor, ...changes });

function good(rows: Record<string, string>[], known: string[] = []) {
  const codes = new Set(known);
  const list = goodRows(readSheet(sheetOf(listOf(...rows).rows), { codes }), codes);
  return {
    codes: list.rows.map(({ unit }) => unit.code),
    troubles: list.troubles.map(({ row, code }) => `${row} ${code}`),
  };
}

test('bad rows are left out, and good ones that they supervise, and those that these supervise', () => {
  const rows = [
    unit('U001', '', { 单位类型: '病院' }),
    unit('U002', 'U001'),
    unit('U003', 'u002'),
    unit('U004', ''),
    unit('U005', 'U004'),
  ];
  expect(good(rows)).toEqual({
    codes: ['U004', 'U005'],
    troubles: ['3 supervisor-refused', '4 supervisor-refused'],
  });
});

test('a bad row of a unit that is known already takes nothing with it', () => {
  expect(good([unit('U001', '', { 单位类型: '病院' }), unit('U002', 'U001')], ['U001'])).toEqual({
    codes: ['U002'],
    troubles: [],
  });
});

test('twenty thousand units in one chain that begins with a bad row are left out at once', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => unit(`U${n}`, n === 0 ? 'U404' : `U${n - 1}`));
  // Read again for every row that falls it would not end within the time a test has.
  expect(good(rows).codes).toEqual([]);
});
