import type { Unit } from '../../../domain/unit';
import { readUnitList } from '../../../domain/unit-list/read-unit-list';
import type { RowTrouble } from '../../../domain/unit-list/troubles';

export const nothingKnown = { codes: new Set<string>() };

/** A list whose columns are the keys of the first row given; cells that a row leaves out are empty. */
export function listOf(...rows: Record<string, string>[]): { rows: string[][] } {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { rows: [headers, ...rows.map((row) => headers.map((header) => row[header] ?? ''))] };
}

/** A row without trouble, with other cells changed or added. */
export function row(changes: Record<string, string> = {}): Record<string, string> {
  return { 单位编码: 'U001', 单位名称: '县医院', 单位类型: '医院', 填报员: '赵示甲', ...changes };
}

export function unitsOf(table: { rows: string[][] }, known = nothingKnown): Unit[] {
  const list = readUnitList(table, known);
  if ('troubles' in list) throw new Error(JSON.stringify(list.troubles, null, 1));
  return list.units;
}

export function troublesOf(table: { rows: string[][] }, known = nothingKnown): RowTrouble[] {
  const list = readUnitList(table, known);
  return 'troubles' in list ? list.troubles : [];
}

/** Where and what, for comparing at a glance. */
export function briefly(troubles: RowTrouble[]): string[] {
  return troubles.map(({ row, column, code }) => `${row} ${column} ${code}`);
}
