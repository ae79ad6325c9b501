import { isFormula, saysNothing, tidy } from './cells';
import type { Column } from './columns';
import { type Field, REQUIRED } from './fields';
import type { Oddity, Row } from './sheet';
import { type RowTrouble, type RowTroubleCode, trouble } from './troubles';

/** Long enough for any name in a list, short enough for a subject line. */
const LONGEST = 100;

/** A cell of a row: where it stands and what it says, tidied; empty where it says "nothing". */
export interface Cell {
  row: number;
  column: string;
  read: string;
  /** What is odd about it has been said; nothing else is. */
  odd?: boolean;
}

/** A row being read: its cells by field, and the troubles met so far. */
export class OpenRow {
  readonly troubles: RowTrouble[] = [];

  constructor(
    private readonly row: Row,
    private readonly columns: Column[],
  ) {
    for (const { index, header, field } of columns) {
      const odd = field && field !== 'passed-over' ? this.oddityAt(index, field) : undefined;
      if (odd) this.troubles.push(trouble(odd, { row: row.number, column: header, read: row.cells[index] ?? '' }));
    }
  }

  /** Notes a trouble at a cell; `what` is what its sentence is about, where that is not the whole cell. */
  blame(code: RowTroubleCode, cell: Cell, what?: string): void {
    if (!cell.odd) this.troubles.push(trouble(code, cell, what));
  }

  /** The cell exactly as it stands, with its line breaks; empty where the list has no such column. */
  raw(field: Field): string {
    return this.row.cells[this.columnOf(field)?.index ?? -1] ?? '';
  }

  cell(field: Field): Cell {
    const read = tidy(this.raw(field));
    const found = this.columnOf(field);
    const column = found?.header ?? REQUIRED[field] ?? '';
    const odd = found !== undefined && this.oddityAt(found.index, field) !== undefined;
    return { row: this.row.number, column, read: saysNothing(read) ? '' : read, ...(odd && { odd }) };
  }

  /** Text that people will read again, so not a novel. `missing` is the trouble of an empty cell. */
  words(field: Field, missing?: RowTroubleCode): string {
    const cell = this.cell(field);
    if (!cell.read && missing) this.blame(missing, cell);
    if (cell.read.length > LONGEST) this.blame('too-long', cell, String(LONGEST));
    return cell.read;
  }

  /** Cells that stand under no header: the row has probably shifted, and nothing in it can be trusted. */
  strayCells(): Cell[] {
    return this.row.cells
      .map((cell, index) => ({ row: this.row.number, column: '', read: tidy(cell), index }))
      .filter(({ read, index }) => read && !this.columns[index]?.header);
  }

  /** A formula may be text too; of telephone numbers `+86` is not one. */
  private oddityAt(index: number, field: Field): Oddity | undefined {
    const text = tidy(this.row.cells[index] ?? '');
    const written = field.endsWith('.phone') ? text.replace(/^[+＋]/, '') : text;
    return this.row.odd?.get(index) ?? (isFormula(written) ? 'formula' : undefined);
  }

  private columnOf(field: Field): Column | undefined {
    return this.columns.find((column) => column.field === field);
  }
}
