import { tidy } from './cells';
import { type Column, columnsOf, fieldsOf, type Header, type Mapping } from './columns';
import type { Row, Sheet } from './sheet';

/** Where the headers of a table stand, and what they announce. */
export interface Headers {
  /** Number of the first line, as in the file. */
  row: number;
  /** Number of the last line. */
  to: number;
  columns: Column[];
  /** As written, by line. */
  lines: string[][];
}

/** Titles, who made the list, and how to fill it in often stand above the headers. */
const ROWS_LOOKED_AT = 20;

/**
 * Finds the headers: the line or two lines among the first twenty rows that name most fields; of equals one line
 * rather than two, and the first. Where nothing names a field: the first row that looks like headers at all.
 *
 * @returns nothing for a table without rows
 */
export function findHeaders(sheet: Sheet, mapping: Mapping = {}): Headers | undefined {
  const rows = sheet.rows.slice(0, ROWS_LOOKED_AT + 1);
  let best: { headers: Headers; score: number } | undefined;
  for (const [index, row] of rows.slice(0, ROWS_LOOKED_AT).entries()) {
    for (const headers of [oneLine(row, mapping), twoLines(sheet, row, rows[index + 1], mapping)]) {
      const score = headers ? scoreOf(headers) : 0;
      if (headers && score > (best?.score ?? 0)) best = { headers, score };
    }
  }
  const fallback = rows.find(({ cells }) => cells.filter((cell) => tidy(cell)).length >= 3) ?? rows[0];
  return best?.headers ?? (fallback && oneLine(fallback, mapping));
}

/** Fields count most, then columns with any name at all; a second line that adds nothing is not one. */
function scoreOf({ columns, row, to }: Headers): number {
  const fields = fieldsOf(columns).size;
  return fields === 0 ? 0 : fields + columns.filter(({ header }) => header).length / 1000 - (to - row) / 2000;
}

function oneLine({ number, cells }: Row, mapping: Mapping): Headers {
  const tops = cells.map(headerText);
  const columns = columnsOf(
    tops.map((top) => ({ top, sub: '' })),
    mapping,
  );
  return { row: number, to: number, columns, lines: [tops] };
}

function twoLines(sheet: Sheet, above: Row, below: Row | undefined, mapping: Mapping): Headers | undefined {
  if (below?.number !== above.number + 1) return undefined;
  const [tops, subs] = [above.cells.map(headerText), below.cells.map(headerText)];
  // One cell at the very left is a title.
  if (tops.findLastIndex(Boolean) <= 0) return undefined;
  const groups = groupsOver(sheet, above.number, tops, subs);
  const headers = Array.from(
    { length: Math.max(groups.length, subs.length) },
    (_, index): Header => ({ top: groups[index] ?? '', sub: subs[index] ?? '' }),
  );
  return { row: above.number, to: below.number, columns: columnsOf(headers, mapping), lines: [tops, subs] };
}

/**
 * No header is longer than that, and what stands where headers are looked for may be. A `?` before the first is what
 * becomes of the mark of UTF-8 on the way to GBK.
 */
function headerText(cell: string): string {
  return tidy(cell.slice(0, 200)).replace(/^\?+/, '');
}

/**
 * The upper line with each group's name over all its columns: as merged, or, in a text file that cannot merge, up to
 * the next name.
 */
function groupsOver(sheet: Sheet, number: number, tops: string[], subs: string[]): string[] {
  const wide = sheet.merged.filter(({ top, left, right }) => top === number && right > left);
  if (wide.length > 0) {
    const groups = [...tops];
    let done = -1;
    for (const { left, right } of wide.toSorted((a, b) => a.left - b.left)) {
      const name = left > done ? (tops[left] ?? '') : '';
      if (name) done = right;
      for (let index = left; name && index <= Math.min(right, subs.length - 1); index += 1) groups[index] = name;
    }
    return Array.from(groups, (name) => name ?? '');
  }
  let name = '';
  return subs.map((sub, index) => {
    const own = tops[index] ?? '';
    name = own || name;
    return own || (sub ? name : '');
  });
}
