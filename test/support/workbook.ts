import { crc32, deflateRawSync } from 'node:zlib';

/** A zip file of these parts, as simple as the format allows. `lies` changes the sizes that it says. */
export function zip(parts: Record<string, string | Buffer>, lies: (size: number) => number = (size) => size): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const path = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x0800, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(lies(bytes.length), 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, path, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, tail, path]));
    locals.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, listed, Buffer.from('PK\x05\x06'), end]);
}

/** A sheet: what stands in its `sheetData`, or cells in rows, and what comes behind them. */
export interface SheetXml {
  name?: string;
  state?: string;
  rows: (string | Cell[])[];
  behind?: string;
}

/** Text, a number, or the XML of a cell without its place: `{ xml: ['t="b"', '<v>1</v>'] }`. */
export type Cell = string | number | { xml: [attributes: string, inside: string] };

interface More {
  strings?: string[];
  styles?: string;
  date1904?: boolean;
  parts?: Record<string, string | Buffer>;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** A workbook made by hand, for what no program would write. */
export function workbook(sheets: SheetXml[], { strings, styles, date1904, parts = {} }: More = {}): Buffer {
  const related = [
    ...sheets.map((_, n) => relation(`rId${n + 1}`, 'worksheet', `worksheets/sheet${n + 1}.xml`)),
    ...(strings ? [relation('rIdS', 'sharedStrings', '/xl/sharedStrings.xml')] : []),
    ...(styles ? [relation('rIdF', 'styles', 'styles.xml')] : []),
  ];
  const listed = sheets.map(
    ({ name, state }, n) =>
      `<sheet name="${escaped(name ?? `Sheet${n + 1}`)}" sheetId="${n + 1}"${state ? ` state="${state}"` : ''} r:id="rId${n + 1}"/>`,
  );
  return zip({
    '[Content_Types].xml': `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': `${XML}<workbook xmlns:r="${TYPES}">${date1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(related),
    ...(strings && {
      'xl/sharedStrings.xml': `${XML}<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    }),
    ...(styles && { 'xl/styles.xml': `${XML}<styleSheet>${styles}</styleSheet>` }),
    ...Object.fromEntries(sheets.map((sheet, n) => [`xl/worksheets/sheet${n + 1}.xml`, sheetXml(sheet)])),
    ...parts,
  });
}

export function sheetXml({ rows, behind = '' }: SheetXml): string {
  const inside = rows.map((row, n) => (typeof row === 'string' ? row : rowXml(row, n + 1)));
  return `${XML}<worksheet><sheetData>${inside.join('')}</sheetData>${behind}</worksheet>`;
}

/** Cells in a row; empty texts are left out, as programs do. */
export function rowXml(cells: Cell[], number: number): string {
  const inside = cells.map((cell, index) => {
    const at = `${columnName(index)}${number}`;
    if (cell === '') return '';
    if (typeof cell === 'number') return `<c r="${at}"><v>${cell}</v></c>`;
    if (typeof cell === 'string') return `<c r="${at}" t="inlineStr"><is><t>${escaped(cell)}</t></is></c>`;
    return `<c r="${at}" ${cell.xml[0]}>${cell.xml[1]}</c>`;
  });
  return `<row r="${number}">${inside.join('')}</row>`;
}

export function merges(...refs: string[]): string {
  return `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
}

function columnName(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${target}"/>`;
}

function relations(all: string[]): string {
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.join('')}</Relationships>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
