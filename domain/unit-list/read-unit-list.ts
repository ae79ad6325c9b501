import { foldCode } from '../id';
import type { Unit } from '../unit';
import { tidy } from './cells';
import { type Column, foldKey, type Mapping } from './columns';
import { type Field, REQUIRED } from './fields';
import { findHeaders, type Headers } from './headers';
import { namelessColumns } from './nameless';
import { passedOver, wideCells } from './notes';
import { type RowRead, readRow } from './read-row';
import { filledDown, type Row, type Sheet, sheetOf } from './sheet';
import { readSupervision } from './supervision';
import { type RowTrouble, trouble } from './troubles';
import { namesAgain, rowsAgain } from './twins';

/** A row that is a unit, and whether it may be taken in. */
export interface UnitRow {
  row: number;
  /** Whole only where `good`. `supervisingUnit` is a code. */
  unit: Unit;
  good: boolean;
}

/** What a table says, good and bad. */
export interface ListRead {
  /** Absent for a table without rows. */
  headers?: Headers;
  /** What is wrong with the table as a whole; then no row was read. */
  refused: RowTrouble[];
  rows: UnitRow[];
  /** Of rows, in the order of rows and columns. */
  troubles: RowTrouble[];
  /** What was passed over, such as an unknown column or a note under the table, and what looks odd. */
  warnings: RowTrouble[];
}

/** What the reader of a list knows beforehand. */
export interface Known {
  /** Codes of the units that the authority already has; they may supervise units of this list. */
  codes: Set<string>;
  /** What people say that headers mean. */
  mapping?: Mapping;
}

/** Reads a unit list with all that is wrong with it, so that the good rows can be told from the bad. */
export function readSheet(sheet: Sheet, { codes, mapping = {} }: Known): ListRead {
  const headers = findHeaders(sheet, mapping);
  const nothing = { rows: [], troubles: [], warnings: [] };
  if (!headers) return { ...nothing, refused: [trouble('empty-list', { row: 1, column: '', read: '' })] };
  const aboutColumns = [...columnsUnknown(headers), ...mappingUnused(headers, mapping)];
  const refused = columnTroubles(headers);
  // An unknown column is often the missing one, misspelt.
  if (refused.length > 0) return { ...nothing, headers, refused: [...refused, ...aboutColumns] };

  const wide = wideCells(sheet.merged);
  const below = filledDown(sheet).filter(({ number }) => number > headers.to);
  const sorted = below.map((row) => ({ row, over: passedOver(row, headers, wide) }));
  const notes = sorted.flatMap(({ row, over }) => (over && over !== 'blank' ? [noteOn(row)] : []));
  const about = sorted.flatMap(({ row, over }) => (over ? [] : [row]));
  const { columns, nameless } = namelessColumns(headers, about);
  const units = about.map((row) => readRow(row, columns));
  const { kept, twins } = rowsAgain(units);
  const warnings = [...aboutColumns, ...nameless, ...inOrder([...notes, ...twins, ...namesAgain(kept)], columns)];
  if (kept.length === 0) {
    const empty = trouble('empty-list', { row: headers.to, column: '', read: '' });
    return { ...nothing, headers, refused: [empty], warnings };
  }
  const { supervisors, troubles: between } = readSupervision(kept, codes);
  const troubles = inOrder([...kept.flatMap((row) => row.troubles), ...codesTwice(kept), ...between], columns);
  const bad = new Set(troubles.map(({ row }) => row));
  const rows = kept.map(({ unit, at }): UnitRow => {
    const supervisor = supervisors.get(foldCode(unit.code));
    const row = at.code.row;
    return { row, unit: supervisor ? { ...unit, supervisingUnit: supervisor.as } : unit, good: !bad.has(row) };
  });
  return { headers, refused: [], rows, troubles, warnings };
}

/** All units of a list, or everything that is wrong with it: nothing is half imported. */
export type UnitList = { units: Unit[]; warnings: RowTrouble[] } | { troubles: RowTrouble[] };

/**
 * Reads a unit list of which all is wanted or nothing.
 *
 * @param table the rows as decoded, blank ones included, so that row numbers are those of the file (first row: 1)
 * @returns the units in the order of the list, or every trouble of every row, in the order of rows and columns
 */
export function readUnitList(table: { rows: string[][] }, known: Known): UnitList {
  const { refused, rows, troubles, warnings } = readSheet(sheetOf(table.rows), known);
  const all = [...refused, ...troubles];
  return all.length > 0 ? { troubles: all } : { units: rows.map(({ unit }) => unit), warnings };
}

function noteOn({ number, cells }: Row): RowTrouble {
  return trouble('row-passed-over', { row: number, column: '', read: cells.map(tidy).filter(Boolean).join(' ') });
}

function columnsUnknown(headers: Headers): RowTrouble[] {
  return headers.columns
    .filter(({ header, field }) => header && !field)
    .map(({ key }) => trouble('column-unknown', cellOf(headers, key)));
}

function mappingUnused(headers: Headers, mapping: Mapping): RowTrouble[] {
  const there = new Set(headers.columns.map(({ key }) => foldKey(key)));
  return Object.keys(mapping)
    .filter((key) => !there.has(foldKey(key)))
    .map((key) => trouble('mapping-unused', { row: headers.row, column: '', read: key }));
}

function columnTroubles(headers: Headers): RowTrouble[] {
  const known = headers.columns.filter(({ field }) => field && field !== 'passed-over');
  const read = headers.columns
    .map(({ header }) => header)
    .filter(Boolean)
    .join('、');
  if (known.length === 0) return [trouble('headers-missing', { row: headers.row, column: '', read })];
  return [...missingColumns(headers, read), ...columnsTwice(headers)];
}

/** One trouble for all of them, so that the list is mended in one go. */
function missingColumns({ row, columns }: Headers, read: string): RowTrouble[] {
  const missing = (Object.keys(REQUIRED) as Field[]).filter(
    (field) => !columns.some((column) => column.field === field),
  );
  if (missing.length === 0) return [];
  const names = missing.map((field) => REQUIRED[field]).join('、');
  return [trouble('column-missing', { row, column: names, read }, names)];
}

function columnsTwice(headers: Headers): RowTrouble[] {
  const { columns } = headers;
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
    return folded && first !== undefined && !at.code.odd ? [trouble('code-twice', at.code, String(first))] : [];
  });
}

function cellOf({ row }: Headers, header: string) {
  return { row, column: header, read: header };
}

function inOrder(troubles: RowTrouble[], columns: Column[]): RowTrouble[] {
  const places = new Map(columns.toReversed().map(({ header, index }) => [header, index]));
  const place = (header: string) => places.get(header) ?? columns.length;
  return troubles.toSorted((a, b) => a.row - b.row || place(a.column) - place(b.column));
}
