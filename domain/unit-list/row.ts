import { isFormula, saysNothing, tidy } from './cells';
import type { Column } from './columns';
import { type Field, REQUIRED } from './fields';
import type { Row } from './sheet';
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

  private readonly cells = new Map<Field, Cell & { index: number }>();

  constructor(
    private readonly row: Row,
    private readonly columns: Column[],
  ) {
    for (const { index, header: column, field } of columns) {
      if (!field || field === 'passed-over' || this.cells.has(field)) continue;
      const read = tidy(row.cells[index] ?? '');
      const odd = row.odd?.get(index) ?? (isWrittenFormula(read, field) ? 'formula' : undefined);
      const at = { row: row.number, column, index };
      if (odd) this.troubles.push(trouble(odd, { ...at, read }));
      this.cells.set(field, { ...at, read: saysNothing(read) ? '' : read, ...(odd && { odd: true }) });
    }
  }

  /** Notes a trouble at a cell; `what` is what its sentence is about, where that is not the whole cell. */
  blame(code: RowTroubleCode, cell: Cell, what?: string): void {
    if (!cell.odd) this.troubles.push(trouble(code, cell, what));
  }

  /** The cell exactly as it stands, with its line breaks; empty where the list has no such column. */
  raw(field: Field): string {
    return this.row.cells[this.cells.get(field)?.index ?? -1] ?? '';
  }

  cell(field: Field): Cell {
    return this.cells.get(field) ?? { row: this.row.number, column: REQUIRED[field] ?? '', read: '' };
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
    return this.row.cells.flatMap((cell, index) => {
      const column = this.columns[index];
      const read = column?.header || column?.field ? '' : tidy(cell);
      return read ? [{ row: this.row.number, column: '', read }] : [];
    });
  }
}

/** A formula may be text too; of telephone numbers `+86` is not one. */
function isWrittenFormula(read: string, field: Field): boolean {
  return isFormula(field.endsWith('.phone') ? read.replace(/^[+＋]/, '') : read);
}
