import { fieldsOf, type Mapping } from './columns';
import { findHeaders } from './headers';
import type { Sheet } from './sheet';

/**
 * The sheet of a workbook that has the list: the one whose headers name most fields, of equals one that is not hidden,
 * and the first. Instructions and lists to choose from stand in sheets of their own.
 */
export function chooseSheet<One extends Sheet>(sheets: One[], mapping: Mapping = {}): One | undefined {
  const [first, ...others] = sheets.map((sheet) => ({ sheet, score: scoreOf(sheet, mapping) }));
  return others.reduce((best, next) => (next.score > (best?.score ?? 0) ? next : best), first)?.sheet;
}

/** The sheet that a person names, spaces around the name aside, or gives by its number from 1. */
export function sheetNamed<One extends { name?: string }>(sheets: One[], named: string): One | undefined {
  return sheets.find(({ name }) => name?.trim() === named.trim()) ?? sheets[Number(named) - 1];
}

/** A field more counts for more than being shown, and being shown for more than having rows at all. */
function scoreOf(sheet: Sheet, mapping: Mapping): number {
  const columns = findHeaders(sheet, mapping)?.columns ?? [];
  return fieldsOf(columns).size * 4 + (sheet.hidden ? 0 : 2) + (sheet.rows.length > 1 ? 1 : 0);
}
