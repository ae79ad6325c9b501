import { foldCode } from '../id';
import type { RowRead } from './read-row';
import { type RowTrouble, trouble } from './troubles';

/**
 * Takes rows out that say the same as an earlier one to the letter: lists are pasted together from several. Rows with
 * the same code that say something else stay, and are a trouble.
 */
export function rowsAgain(rows: RowRead[]): { kept: RowRead[]; twins: RowTrouble[] } {
  const firsts = new Map<string, RowRead>();
  const kept: RowRead[] = [];
  const twins: RowTrouble[] = [];
  for (const read of rows) {
    const first = firsts.get(read.unit.code);
    if (first && first.troubles.length === 0 && saysTheSame(first, read)) {
      twins.push(trouble('row-again', read.at.code, String(first.at.code.row)));
      continue;
    }
    if (!first && read.unit.code) firsts.set(read.unit.code, read);
    kept.push(read);
  }
  return { kept, twins };
}

function saysTheSame(one: RowRead, other: RowRead): boolean {
  return other.troubles.length === 0 && JSON.stringify(one.unit) === JSON.stringify(other.unit);
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
