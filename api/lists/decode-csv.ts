import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import type { Text } from '../../domain/plan';
import { delimiterOf } from './delimiter';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** Why a file is not a table: one sentence, and a code that does not change. */
export interface TableTrouble {
  code: TableTroubleCode;
  message: Text;
}

export interface Table {
  /** Every row of the file, blank ones too (one empty cell), so that the first has number 1 and the rest follow. */
  rows: string[][];
  encoding: Encoding;
}

export const MAX_BYTES = 5 * 1024 * 1024;
export const MAX_ROWS = 20_000;

const SENTENCES = {
  'file-empty': () => says('文件是空的', 'the file is empty'),
  'file-too-large': () => says('文件超过 5 MB', 'the file is larger than 5 MB'),
  'too-many-rows': () => says('行数超过 20000', 'the file has more than 20,000 rows'),
  'header-alone': () => says('文件只有表头，没有数据', 'the file has a header and no rows'),
  workbook: () =>
    says(
      '这是表格文件（xls、xlsx），请另存为 CSV 后上传',
      'this is a workbook (xls, xlsx); save it as CSV and send that',
    ),
  'not-text': () => says('这不是文本表格（CSV）文件', 'this is not a text table (CSV)'),
  'characters-lost': (line: number) =>
    says(
      `第 ${line} 行有无法识别的字符，请另存为 UTF-8 或 GBK 编码的 CSV`,
      `line ${line} has characters that cannot be read; save the table as CSV in UTF-8 or GBK`,
    ),
  'quote-open': (line: number) =>
    says(`第 ${line} 行附近的引号不成对`, `a quotation mark near line ${line} has no counterpart`),
} satisfies Record<string, (line: number) => Text>;

export type TableTroubleCode = keyof typeof SENTENCES;

/**
 * Decodes a table as offices send it: CSV in UTF-8, UTF-16 with its mark, or GBK/GB18030, separated by comma,
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
  return { trouble: { code, message: SENTENCES[code](line) } };
}

function says(zh: string, en: string): Text {
  return { zh, en };
}
