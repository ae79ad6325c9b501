import { type Area, type Oddity, rowsIn, type Sheet } from '../../domain/unit-list/sheet';
import type { Archive } from './archive';
import { cellText, type RawCell } from './cell-text';
import { MAX_COLUMNS, MAX_ROWS, type TableTroubleCode, UnreadableTable } from './trouble';
import { LONGEST_CELL, type SheetPart, type Workbook } from './workbook';
import type { Attributes, XmlHandler } from './xml';

/** A sheet as far as it was read; `excess` says why no further. Only a list that is taken in has to be whole. */
export interface SheetRead extends Sheet {
  excess?: TableTroubleCode;
}

/** A few titles and notes beside the units. */
const MAX_FILLED_ROWS = MAX_ROWS + 100;
/** A text may be stored once and stand in a million cells. */
const MAX_CHARACTERS = 8_000_000;
const MAX_AREAS = 100_000;
/** Rows that lie in areas, each counted as often as it does. Merged cells do not overlap, unless somebody means harm. */
const MAX_ROWS_IN_AREAS = 2_000_000;
const LAST_ROW = 1_048_576;

/** Reads one sheet. @throws UnreadableTable */
export async function readWorksheet(archive: Archive, part: SheetPart, workbook: Workbook): Promise<SheetRead> {
  const reader = new SheetReader(workbook);
  await archive.read(part.path, reader);
  return { name: part.name, hidden: part.hidden, ...reader.sheet() };
}

class SheetReader implements XmlHandler {
  private readonly rows = new Map<number, { cells: string[]; odd: Map<number, Oddity> }>();
  private readonly merged: Area[] = [];
  /** Where one formula fills many cells of which only the first has it. */
  private readonly arrays: Area[] = [];
  private readonly formulas = new Map<string, string>();
  private excess: TableTroubleCode | undefined;
  private characters = 0;
  private row = 0;
  private column = -1;
  private cell: RawCell | undefined;
  private into: 'value' | 'inline' | 'formula' | undefined;
  private shared = '';
  private aside = false;

  constructor(private readonly workbook: Workbook) {}

  open(name: string, attributes: Attributes): void {
    if (name === 'row') this.openRow(attributes);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'mergeCell') this.addTo(this.merged, attributes.ref ?? '');
    else if (this.cell) this.openInCell(name, attributes);
  }

  close(name: string): void {
    if (name === 'c') this.closeCell();
    if (name === 'f' && this.cell) this.shareFormula(this.cell);
    if (name === 'rPh') this.aside = false;
    this.into = undefined;
  }

  text(text: string): void {
    const { cell, into } = this;
    if (!cell || !into) return;
    const before = cell[into] ?? '';
    if (before.length < LONGEST_CELL) cell[into] = before + text.slice(0, LONGEST_CELL - before.length);
  }

  /** What was read; areas end with the last row that has anything in it. */
  sheet(): SheetRead {
    const rows = [...this.rows]
      .map(([number, { cells, odd }]) => ({ number, cells: Array.from(cells, (cell) => cell ?? ''), odd }))
      .toSorted((a, b) => a.number - b.number);
    let within = 0;
    for (const area of [...this.merged, ...this.arrays]) {
      within += rowsIn(rows, area).length;
      if (within > MAX_ROWS_IN_AREAS) throw new UnreadableTable('workbook-too-large');
    }
    for (const area of this.arrays) for (const row of rowsIn(rows, area)) markFormulas(row, area);
    return { rows, merged: this.merged, ...(this.excess && { excess: this.excess }) };
  }

  private openRow({ r }: Attributes): void {
    this.row = r === undefined ? this.row + 1 : Number(r);
    if (!Number.isInteger(this.row) || this.row < 1 || this.row > LAST_ROW) throw new UnreadableTable('workbook');
    this.column = -1;
  }

  private openCell({ r, t, s }: Attributes): void {
    this.column = r === undefined ? this.column + 1 : placeOf(r).column;
    this.cell = { type: t ?? 'n', style: Number(s ?? 0), value: '', inline: '' };
  }

  private openInCell(name: string, { t, si, ref }: Attributes): void {
    if (name === 'rPh') this.aside = true;
    if (name === 'v') this.into = 'value';
    else if (name === 't' && !this.aside) this.into = 'inline';
    else if (name === 'f' && this.cell) {
      this.into = 'formula';
      this.cell.formula = '';
      this.shared = t === 'shared' ? (si ?? '') : '';
      if (t !== 'shared' && ref) this.addTo(this.arrays, ref);
    }
  }

  /** A formula dragged over many cells is written in the first of them only. */
  private shareFormula(cell: RawCell): void {
    if (!this.shared) return;
    if (cell.formula) this.formulas.set(this.shared, cell.formula);
    else cell.formula = this.formulas.get(this.shared) ?? '';
  }

  private closeCell(): void {
    const { cell } = this;
    this.cell = undefined;
    if (!cell || this.excess) return;
    const { text, odd } = cellText(cell, this.workbook);
    if (text.trim() === '') return;
    this.characters += text.length;
    if (this.column >= MAX_COLUMNS) this.excess = 'too-many-columns';
    else if (this.characters > MAX_CHARACTERS) this.excess = 'workbook-too-large';
    else this.keep(text, odd);
  }

  private keep(text: string, odd: Oddity | undefined): void {
    const row = this.rows.get(this.row) ?? { cells: [], odd: new Map() };
    row.cells[this.column] = text;
    if (odd) row.odd.set(this.column, odd);
    this.rows.set(this.row, row);
    if (this.rows.size > MAX_FILLED_ROWS) this.excess = 'too-many-rows';
  }

  private addTo(areas: Area[], ref: string): void {
    const [from = '', to = from] = ref.split(':');
    const [start, end] = [placeOf(from), placeOf(to)];
    if (areas.length >= MAX_AREAS) throw new UnreadableTable('workbook-too-large');
    areas.push({ top: start.row, left: start.column, bottom: end.row, right: end.column });
  }
}

function markFormulas(row: { cells: string[]; odd: Map<number, Oddity> }, { left, right }: Area): void {
  for (let column = left; column <= Math.min(right, row.cells.length - 1); column += 1) {
    if (row.cells[column]) row.odd.set(column, 'formula');
  }
}

/** `C4` is row 4, column 2. @throws UnreadableTable */
function placeOf(reference: string): { row: number; column: number } {
  const [, letters = '', digits = ''] = reference.match(/^\$?([A-Z]{1,3})\$?(\d{1,7})$/i) ?? [];
  if (!letters) throw new UnreadableTable('workbook');
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { row: Number(digits), column };
}
