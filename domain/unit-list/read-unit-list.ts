import { foldCode } from '../id';
import type { Unit } from '../unit';
import { tidy } from './cells';
import { type Column, columnsOf, type Field, REQUIRED } from './columns';
import { type RowRead, readRow } from './read-row';
import type { Row } from './row';
import { readSupervision } from './supervision';
import { type RowTrouble, trouble } from './troubles';

/** All units of a list, or everything that is wrong with it: nothing is half imported. */
export type UnitList =
  | { units: Unit[] /** What was passed over, such as an unknown column. */; warnings: RowTrouble[] }
  | { troubles: RowTrouble[] };

/** A title and a line on who made the list often stand above the headers. */
const ROWS_ABOVE_HEADERS = 4;

/**
 * Reads a unit list.
 *
 * @param table the rows as decoded, blank ones included, so that row numbers are those of the file (first row: 1).
 *   The headers, in any order, Chinese (with the usual synonyms) or the codes of the fields, stand in the first row
 *   that has both a code and a name column, at most four below the first.
 * @param known codes of the units that the authority already has; they may supervise units of this list.
 * @returns the units in the order of the list, or every trouble of every row, in the order of rows and columns.
 */
export function readUnitList(table: { rows: string[][] }, known: { codes: Set<string> }): UnitList {
  const rows = table.rows
    .map((cells, index): Row => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => tidy(cell) !== ''));
  const headers = headerRow(rows);
  if (!headers) return { troubles: [trouble('empty-list', { row: 1, column: '', read: '' })] };
  const columns = columnsOf(headers.cells);
  const unknown = columns.filter(({ header, field }) => header && !field);
  const warnings = unknown.map(({ header }) => trouble('column-unknown', cellOf(headers, header)));

  const refused = [...missingColumns(headers, columns), ...columnsTwice(headers, columns)];
  // An unknown column is often the missing one, misspelt.
  if (refused.length > 0) return { troubles: [...refused, ...warnings] };

  const read = rows.filter(({ number }) => number > headers.number).map((row) => readRow(row, columns));
  if (read.length === 0) return { troubles: [trouble('empty-list', { row: headers.number, column: '', read: '' })] };

  const { supervisors, troubles: between } = readSupervision(read, known.codes);
  const troubles = [...read.flatMap((row) => row.troubles), ...codesTwice(read), ...between];
  if (troubles.length > 0) return { troubles: inOrder(troubles, columns) };
  const units = read.map(({ unit }) => {
    const supervisor = supervisors.get(foldCode(unit.code));
    return supervisor ? { ...unit, supervisingUnit: supervisor.as } : unit;
  });
  return { units, warnings };
}

function headerRow(rows: Row[]): Row | undefined {
  const isHeader = ({ cells }: Row) => {
    const fields = columnsOf(cells).map(({ field }) => field);
    return fields.includes('code') && fields.includes('name');
  };
  return rows.slice(0, ROWS_ABOVE_HEADERS + 1).find(isHeader) ?? rows[0];
}

/** One trouble for all of them, so that the list is mended in one go. */
function missingColumns(headers: Row, columns: Column[]): RowTrouble[] {
  const missing = (Object.keys(REQUIRED) as Field[]).filter(
    (field) => !columns.some((column) => column.field === field),
  );
  if (missing.length === 0) return [];
  const names = missing.map((field) => REQUIRED[field]).join('、');
  const read = headers.cells.map(tidy).filter(Boolean).join('、');
  return [trouble('column-missing', { row: headers.number, column: names, read }, names)];
}

function columnsTwice(headers: Row, columns: Column[]): RowTrouble[] {
  return columns
    .filter(({ field, index }) => {
      const first = columns.findIndex((column) => column.field === field);
      return field && field !== 'passed-over' && first < index;
    })
    .map(({ header, field }) => {
      const first = columns.find((column) => column.field === field)?.header ?? '';
      return trouble('column-twice', cellOf(headers, header), first === header ? header : `${first} / ${header}`);
    });
}

function codesTwice(rows: RowRead[]): RowTrouble[] {
  const firstRow = new Map<string, number>();
  return rows.flatMap(({ unit, at }) => {
    const folded = foldCode(unit.code);
    const first = firstRow.get(folded);
    if (first === undefined) firstRow.set(folded, at.code.row);
    return folded && first !== undefined ? [trouble('code-twice', at.code, String(first))] : [];
  });
}

function cellOf(headers: Row, header: string) {
  return { row: headers.number, column: header, read: header };
}

function inOrder(troubles: RowTrouble[], columns: Column[]): RowTrouble[] {
  const place = (header: string) => {
    const index = columns.findIndex((column) => column.header === header);
    return index < 0 ? columns.length : index;
  };
  return troubles.toSorted((a, b) => a.row - b.row || place(a.column) - place(b.column));
}
