import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { delimiterOf } from './delimiter';
import { MAX_BYTES, MAX_ROWS, type TableTrouble, type TableTroubleCode, tableTrouble } from './trouble';

export { MAX_BYTES, MAX_ROWS };

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

export interface Table {
  /** Every row of the file, blank ones too (one empty cell), so that the first has number 1 and the rest follow. */
  rows: string[][];
  encoding: Encoding;
}

/**
 * Decodes a text table as offices send it: CSV in UTF-8, UTF-16 with its mark, or GBK/GB18030, separated by comma,
 * semicolon, tab or full-width comma. Cells come out as text exactly as they stand; a formula is text too.
 */
export function decodeTable(bytes: Buffer): Table | { trouble: TableTrouble } {
  if (bytes.length > MAX_BYTES) return refuse('file-too-large');
  if (isWorkbook(bytes)) return refuse('workbook');
  const encoding = encodingOf(bytes);
  // iconv-lite takes the mark off; a text that ends amid a character comes out with U+FFFD.
  const text = iconv.decode(bytes, encoding).replace(/\r\n?/g, '\n');
  if (text.trim() === '') return refuse('file-empty');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a table has none but tab and line break
  if (/[\x00-\x08\x0b\x0c\x0e-\x1f]/.test(text)) return refuse('not-text');
  const lost = text.search(/[\ufffd\p{Cs}]/u);
  if (lost >= 0) return refuse('characters-lost', text.slice(0, lost).split('\n').length);
  const rows = rowsOf(text);
  if (!Array.isArray(rows)) return rows;
  if (rows.length > MAX_ROWS + 1) return refuse('too-many-rows');
  if (rows.filter((cells) => cells.some((cell) => cell.trim() !== '')).length < 2) return refuse('header-alone');
  return { rows, encoding };
}

/** Bytes that are valid UTF-8 are UTF-8: a Chinese list in GBK is so by chance only if it is a few characters long. */
function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'gb18030';
}

/** The first bytes of xlsx (a zip file) and xls (a compound file). */
function isWorkbook(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('hex');
  return start === '504b0304' || start === 'd0cf11e0';
}

function rowsOf(text: string): string[][] | { trouble: TableTrouble } {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: '\n',
      relax_column_count: true,
      skip_empty_lines: false,
      to: MAX_ROWS + 2,
    });
  } catch (error) {
    return refuse('quote-open', lineOf(error));
  }
}

/** csv-parse throws for nothing but quotation marks here, and says in which line. */
function lineOf(error: unknown): number {
  const { lines } = error as { lines?: number };
  if (typeof lines !== 'number') throw error;
  return lines;
}

function refuse(code: TableTroubleCode, line = 0): { trouble: TableTrouble } {
  return { trouble: tableTrouble(code, line) };
}
