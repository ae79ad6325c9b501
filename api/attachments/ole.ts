/** Entry of the directory of an OLE compound file ([MS-CFB] 2.6.1): 128 bytes, and so aligned, as sectors are. */
const ENTRY = 128;
const NAME_LENGTH_AT = 64;
const KIND_AT = 66;
const STREAM = 2;

/** What a program calls its main stream. Other programs are named because their files may have a sheet within. */
const MAIN_STREAMS: [name: string, type: string | undefined][] = [
  ['WordDocument', 'application/msword'],
  ['Workbook', 'application/vnd.ms-excel'],
  ['Book', 'application/vnd.ms-excel'],
  ['PowerPoint Document', undefined],
  ['VisioDocument', undefined],
  ['__properties_version1.0', undefined],
  ['EncryptedPackage', undefined],
];
const NAMES = MAIN_STREAMS.map(([name, type]) => ({ bytes: Buffer.from(`${name}\0`, 'utf16le'), type }));

/** Finds out, while it passes by, which program wrote an OLE file: the first main stream of its directory tells. */
export class OleReader {
  private rest: Buffer = Buffer.alloc(0);
  private found: (typeof NAMES)[number] | undefined;

  push(chunk: Buffer): void {
    if (this.found) return;
    const bytes = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % ENTRY);
    for (let at = 0; at < whole && !this.found; at += ENTRY) this.found = mainStreamAt(bytes, at);
    this.rest = Buffer.from(bytes.subarray(whole));
  }

  get type(): string | undefined {
    return this.found?.type;
  }
}

function mainStreamAt(bytes: Buffer, at: number): (typeof NAMES)[number] | undefined {
  if (bytes[at + KIND_AT] !== STREAM) return undefined;
  const length = bytes.readUInt16LE(at + NAME_LENGTH_AT);
  return NAMES.find((name) => name.bytes.length === length && name.bytes.equals(bytes.subarray(at, at + length)));
}
