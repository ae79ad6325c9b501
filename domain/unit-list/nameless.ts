import { tidy } from './cells';
import type { Column } from './columns';
import type { Headers } from './headers';
import type { Row } from './sheet';
import { type RowTrouble, trouble } from './troubles';

/** Fewer rows than this may all have shifted alike. */
const FEW = 3;

/**
 * Columns without a header that are columns all the same, so that what stands in them says nothing against its row:
 * numbers before the first header (序号 is often left out), and what most rows have. Anything else without a header
 * has probably shifted there.
 */
export function namelessColumns(headers: Headers, rows: Row[]): { columns: Column[]; nameless: RowTrouble[] } {
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), headers.columns.length);
  const first = headers.columns.findIndex(({ header }) => header);
  const nameless: RowTrouble[] = [];
  const columns = Array.from({ length: width }, (_, index): Column => {
    const column = headers.columns[index] ?? { index, header: '', key: '' };
    if (column.header) return column;
    const filled = rows.map(({ cells }) => tidy(cells[index] ?? '')).filter(Boolean);
    if (filled.length === 0) return column;
    const numbers = index < first && filled.every((cell) => /^(\d{1,6}[.、]?|=.*)$/.test(cell.normalize('NFKC')));
    const usual = rows.length >= FEW && filled.length * 2 >= rows.length;
    if (!numbers && !usual) return column;
    const name = letters(index);
    if (!numbers) nameless.push(trouble('column-nameless', { row: headers.row, column: '', read: name }));
    return { ...column, field: 'passed-over' };
  });
  return { columns, nameless };
}

/** As a spreadsheet names its columns. */
function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
