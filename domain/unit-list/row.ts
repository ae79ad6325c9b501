import { isFormula, saysNothing, tidy } from './cells';
import { type Column, type Field, REQUIRED } from './columns';
import { type RowTrouble, type RowTroubleCode, trouble } from './troubles';

/** Long enough for any name in a list, short enough for a subject line. */
const LONGEST = 100;

/** A row of the file that has something in it. */
export interface Row {
  /** As in the file, the first row being 1. */
  number: number;
  cells: string[];
}

/** A cell of a row: where it stands and what it says, tidied; empty where it says "nothing". */
export interface Cell {
  row: number;
  column: string;
  read: string;
}

/** A row being read: its cells by field, and the troubles met so far. */
export class OpenRow {
  readonly troubles: RowTrouble[] = [];

  constructor(
    private readonly row: Row,
    private readonly columns: Column[],
  ) {}

  /** Notes a trouble at a cell; `what` is what its sentence is about, where that is not the whole cell. */
  blame(code: RowTroubleCode, cell: Cell, what?: string): void {
    this.troubles.push(trouble(code, cell, what));
  }

  /** The cell exactly as it stands, with its line breaks; empty where the list has no such column. */
  raw(field: Field): string {
    return this.row.cells[this.columnOf(field)?.index ?? -1] ?? '';
  }

  cell(field: Field): Cell {
    const read = tidy(this.raw(field));
    const column = this.columnOf(field)?.header ?? REQUIRED[field] ?? '';
    return { row: this.row.number, column, read: saysNothing(read) ? '' : read };
  }

  /** Text that people will read again, so neither a formula nor a novel. `missing` is the trouble of an empty cell. */
  words(field: Field, missing?: RowTroubleCode): string {
    const cell = this.cell(field);
    if (!cell.read && missing) this.blame(missing, cell);
    if (isFormula(cell.read)) this.blame('formula', cell);
    if (cell.read.length > LONGEST) this.blame('too-long', cell, String(LONGEST));
    return cell.read;
  }

  /** Cells that stand under no header: the row has probably shifted, and nothing in it can be trusted. */
  strayCells(): Cell[] {
    return this.row.cells
      .map((cell, index) => ({ row: this.row.number, column: '', read: tidy(cell), index }))
      .filter(({ read, index }) => read && !this.columns[index]?.header);
  }

  private columnOf(field: Field): Column | undefined {
    return this.columns.find((column) => column.field === field);
  }
}
