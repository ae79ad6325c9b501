import { tidy } from './cells';

/** What a workbook says of a cell beside its text, where the text alone would mislead. */
export type Oddity =
  /** Computed by a formula; nothing here evaluates one, and the value stored with it may be anybody's. */
  | 'formula'
  /** A date where the list has none: codes such as `3-1` and telephone numbers become dates as they are typed. */
  | 'date-cell'
  /** More digits than a spreadsheet keeps: the last ones are gone. */
  | 'digits-lost'
  /** `#N/A` and the like. */
  | 'error-cell';

/** A row of a file that has something in it. */
export interface Row {
  /** As in the file, the first row being 1. */
  number: number;
  cells: string[];
  /** By index of the cell. */
  odd?: ReadonlyMap<number, Oddity>;
}

/** Merged cells; rows as in the file, columns by index, both ends included. */
export interface Area {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

/** One table as decoded, from a text file or a sheet of a workbook. */
export interface Sheet {
  /** Of a workbook. */
  name?: string;
  hidden?: boolean;
  /** In the order of their numbers, blank ones left out. */
  rows: Row[];
  merged: Area[];
}

/** The sheet of a text file, from all its lines, blank ones included. */
export function sheetOf(lines: string[][]): Sheet {
  const rows = lines.map((cells, index): Row => ({ number: index + 1, cells }));
  return { rows: rows.filter(({ cells }) => cells.some((cell) => tidy(cell) !== '')), merged: [] };
}

/** The rows of an area, of rows in the order of their numbers. */
export function rowsIn<One extends { number: number }>(rows: One[], { top, bottom }: Area): One[] {
  return rows.slice(firstFrom(rows, top), firstFrom(rows, bottom + 1));
}

function firstFrom(rows: { number: number }[], number: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.number < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * What a cell merged over several rows says, said in each of them: a town is written once beside all its clinics.
 * Only down its first column; across a row the words of one cell are not those of the next.
 */
export function filledDown({ rows, merged }: Sheet): Row[] {
  const tall = merged.filter(({ top, bottom }) => bottom > top);
  if (tall.length === 0) return rows;
  const filled = rows.map((row) => ({ ...row, cells: [...row.cells], odd: new Map(row.odd) }));
  for (const area of tall) {
    const [first, ...below] = rowsIn(filled, area);
    const said = first?.number === area.top ? first.cells[area.left] : undefined;
    if (!first || !said) continue;
    for (const row of below) {
      if (row.cells[area.left]) continue;
      while (row.cells.length < area.left) row.cells.push('');
      row.cells[area.left] = said;
      const odd = first.odd.get(area.left);
      if (odd) row.odd.set(area.left, odd);
    }
  }
  return filled;
}
