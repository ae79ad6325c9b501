import { foldCode } from '../id';
import type { RowRead } from './read-row';
import { type RowTrouble, trouble } from './troubles';

/**
 * Takes rows out that say the same as an earlier one to the letter: lists are pasted together from several. Rows with
 * the same code that say something else stay, and are a trouble.
 */
export function rowsAgain(rows: RowRead[]): { kept: RowRead[]; twins: RowTrouble[] } {
  const firstRow = new Map<string, number>();
  const kept: RowRead[] = [];
  const twins: RowTrouble[] = [];
  for (const read of rows) {
    const said = read.unit.code && read.troubles.length === 0 ? JSON.stringify(read.unit) : undefined;
    const first = said === undefined ? undefined : firstRow.get(said);
    if (first !== undefined) {
      twins.push(trouble('row-again', read.at.code, String(first)));
      continue;
    }
    if (said !== undefined) firstRow.set(said, read.at.code.row);
    kept.push(read);
  }
  return { kept, twins };
}

/** The same unit under two codes, as far as name, town and kind can tell. A village has one clinic of a name. */
export function namesAgain(rows: RowRead[]): RowTrouble[] {
  const first = new Map<string, RowRead>();
  return rows.flatMap((read) => {
    const { name, town, kind, code } = read.unit;
    if (!name || !town) return [];
    const key = JSON.stringify([name, town, kind]);
    const other = first.get(key);
    if (!other) first.set(key, read);
    if (!other || foldCode(other.unit.code) === foldCode(code)) return [];
    return [trouble('name-again', { ...read.at.code, column: '', read: name }, String(other.at.code.row))];
  });
}
