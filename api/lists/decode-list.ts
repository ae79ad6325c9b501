import { chooseSheet, sheetNamed } from '../../domain/unit-list/choose-sheet';
import type { Mapping } from '../../domain/unit-list/columns';
import { type Sheet, sheetOf } from '../../domain/unit-list/sheet';
import { Archive } from './archive';
import { decodeTable, type Encoding } from './decode-csv';
import { unguarded } from './encode-list';
import { MAX_BYTES, type TableTrouble, type TableTroubleCode, tableTrouble, UnreadableTable } from './trouble';
import { readWorkbook } from './workbook';
import { readWorksheet, type SheetRead } from './worksheet';

/** The table of a file, and where it was found. */
export interface ListFile {
  sheet: Sheet;
  /** Of a text file. */
  encoding?: Encoding;
  /** Of a workbook: the names of all its sheets. */
  sheets?: string[];
}

/** What helps to find the table in a workbook. */
export interface Where {
  /** The sheet by name, or by number from 1. */
  named?: string | undefined;
  mapping?: Mapping;
}

/**
 * Decodes a list as offices send it, a text table or a workbook; what it is, its bytes say, not its name.
 *
 * @returns the sheet that has the list, or one sentence on why there is none. Nothing in a file makes it throw.
 */
export async function decodeList(bytes: Buffer, where: Where = {}): Promise<ListFile | { trouble: TableTrouble }> {
  if (bytes.length > MAX_BYTES) return refuse('file-too-large');
  const start = bytes.subarray(0, 4).toString('hex');
  // A zip file, with entries or empty.
  if (start === '504b0304' || start === '504b0506') return decodeWorkbook(bytes, where);
  // A compound file: the workbooks of before 2007, and those of today when they are encrypted.
  if (start === 'd0cf11e0') return refuse(isEncrypted(bytes) ? 'workbook-encrypted' : 'workbook-old');
  if (isWebPage(bytes)) return refuse('web-page');
  const table = decodeTable(bytes);
  if ('trouble' in table) return table;
  return { sheet: sheetOf(table.rows.map((cells) => cells.map(unguarded))), encoding: table.encoding };
}

async function decodeWorkbook(bytes: Buffer, { named, mapping }: Where): Promise<ListFile | { trouble: TableTrouble }> {
  try {
    const archive = await Archive.open(bytes);
    const workbook = await readWorkbook(archive);
    const sheets = workbook.sheets.map(({ name }) => name);
    const parts = named === undefined ? workbook.sheets : [sheetNamed(workbook.sheets, named)];
    const read: SheetRead[] = [];
    for (const part of parts) {
      if (!part) return refuse('sheet-unknown', sheets.join('、'));
      read.push(await readWorksheet(archive, part, workbook));
    }
    const sheet = chooseSheet(read, mapping);
    if (!sheet || sheet.rows.length === 0) return refuse('file-empty');
    if (sheet.excess) return refuse(sheet.excess);
    return sheet.rows.length === 1 ? refuse('header-alone') : { sheet, sheets };
  } catch (error) {
    if (error instanceof UnreadableTable) return refuse(error.code);
    throw error;
  }
}

/** An encrypted workbook is a compound file with this stream in it (MS-OFFCRYPTO 2.3.4). */
function isEncrypted(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

/** Systems of the administration write web pages and call them `.xls`. */
function isWebPage(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 1_024).toString('latin1').replace(/\0/g, '');
  return /^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<(!doctype|html|head|meta|table|\?xml|\?mso)/i.test(start);
}

function refuse(code: TableTroubleCode, what = ''): { trouble: TableTrouble } {
  return { trouble: tableTrouble(code, what) };
}
