import path from 'node:path/posix';
import type { Archive } from './archive';
import { UnreadableTable } from './trouble';
import type { Attributes, XmlHandler } from './xml';

/** A sheet of a workbook, unread. */
export interface SheetPart {
  name: string;
  hidden: boolean;
  path: string;
}

/** What the sheets of a workbook have in common. */
export interface Workbook {
  sheets: SheetPart[];
  strings: string[];
  /** Format codes by the style of a cell; builtin ones as their number. */
  formats: string[];
  /** Days count from 1904 (old Macs) rather than from 1900. */
  from1904: boolean;
}

const MAX_SHEETS = 100;
/** What a cell can hold (https://support.microsoft.com/office/excel-specifications-and-limits). */
export const LONGEST_CELL = 32_767;

/** Reads what a workbook is made of. @throws UnreadableTable */
export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const root = (await relationsOf(archive, '')).find(({ type }) => type === 'officeDocument');
  const main = root?.target ?? 'xl/workbook.xml';
  // A text document, an archive of anything, or a workbook in the binary format, whose part is `workbook.bin`.
  if (!main.endsWith('.xml') || !archive.has(main)) throw new UnreadableTable('no-workbook');
  const relations = await relationsOf(archive, main);
  const targets = new Map(relations.filter(({ type }) => type === 'worksheet').map(({ id, target }) => [id, target]));
  const sheets: SheetPart[] = [];
  let from1904 = false;
  let isWorkbook = false;
  await archive.read(main, {
    ...QUIET,
    open(name, { name: title = '', id = '', state = '', date1904 = '' }) {
      if (name === 'workbook') isWorkbook = true;
      else if (name === 'workbookPr') from1904 = date1904 === '1' || date1904 === 'true';
      const target = name === 'sheet' ? targets.get(id) : undefined;
      if (target) sheets.push({ name: title, hidden: /hidden/i.test(state), path: target });
      if (sheets.length > MAX_SHEETS) throw new UnreadableTable('workbook-too-large');
    },
  });
  if (!isWorkbook) throw new UnreadableTable('no-workbook');
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  return {
    sheets,
    from1904,
    strings: await readStrings(archive, partOf('sharedStrings')),
    formats: await readFormats(archive, partOf('styles')),
  };
}

const QUIET: XmlHandler = { open() {}, close() {}, text() {} };

/** The parts that a part refers to; the last word of a type tells it in both editions of the format. */
async function relationsOf(archive: Archive, part: string) {
  const folder = path.dirname(part);
  const file = path.join(folder, '_rels', `${path.basename(part)}.rels`);
  const relations: { id: string; type: string; target: string }[] = [];
  if (!archive.has(file)) return relations;
  await archive.read(file, {
    ...QUIET,
    open(name, { Id = '', Type = '', Target = '', TargetMode = '' }: Attributes) {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      const target = Target.startsWith('/') ? Target.slice(1) : path.join(folder, Target);
      relations.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), target });
    },
  });
  return relations;
}

/** Texts that cells refer to by number; the reading aids of Japanese words (`rPh`) are no part of them. */
async function readStrings(archive: Archive, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (!part || !archive.has(part)) return strings;
  let text = '';
  let within = '';
  let aside = false;
  await archive.read(part, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') aside = true;
      within = name;
    },
    close(name) {
      if (name === 'si') strings.push(unescaped(text));
      if (name === 'rPh') aside = false;
      within = '';
    },
    text(piece) {
      if (within === 't' && !aside && text.length < LONGEST_CELL) text += piece.slice(0, LONGEST_CELL - text.length);
    },
  });
  return strings;
}

async function readFormats(archive: Archive, part: string | undefined): Promise<string[]> {
  const codes = new Map<string, string>();
  const formats: string[] = [];
  if (!part || !archive.has(part)) return formats;
  let ofCells = false;
  await archive.read(part, {
    ...QUIET,
    open(name, { numFmtId = '0', formatCode = '' }) {
      if (name === 'cellXfs') ofCells = true;
      if (name === 'numFmt') codes.set(numFmtId, formatCode);
      if (name === 'xf' && ofCells) formats.push(codes.get(numFmtId) ?? numFmtId);
    },
    close(name) {
      if (name === 'cellXfs') ofCells = false;
    },
  });
  return formats;
}

/** Characters that XML cannot hold are written `_x000D_` (ISO/IEC 29500-1, 22.9.2.19). */
export function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}
