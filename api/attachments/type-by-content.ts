import { OleReader } from './ole';
import { ZipReader } from './zip';

/** What may be attached, as the problem that refuses the rest names it. */
export const ACCEPTED = 'PDF, JPEG, PNG, HEIC, DOCX, XLSX, DOC, XLS';

/** Enough of the beginning to tell all of them, with the list of brands of a HEIC. */
const HEAD_BYTES = 64;
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx'];
const STARTS: [type: string, start: string][] = [
  ['application/pdf', '255044462d'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e470d0a1a0a'],
];
const ZIP = '504b0304';
const OLE = 'd0cf11e0a1b11ae1';

interface Reader {
  push(chunk: Buffer): void;
  type: string | undefined;
}

/** Tells the type of what passes by its bytes alone; holds a few hundred kilobytes of it at most. */
export class TypeByContent {
  private head: Buffer = Buffer.alloc(0);
  private reader: Reader | undefined;

  push(chunk: Buffer): void {
    if (this.reader) {
      this.reader.push(chunk);
      return;
    }
    this.head = Buffer.concat([this.head, chunk]);
    if (this.head.length < HEAD_BYTES) return;
    this.reader = readerFor(this.head);
    this.reader.push(this.head);
  }

  /** Whether what has come so far can be none of them, however it goes on. */
  get hopeless(): boolean {
    return this.reader === NOTHING;
  }

  /** The type of the whole; undefined for none of them. */
  get type(): string | undefined {
    return this.reader?.type ?? (this.reader ? undefined : readerFor(this.head).type);
  }
}

const known = (type: string): Reader => ({ push() {}, type });
const NOTHING: Reader = { push() {}, type: undefined };

function readerFor(head: Buffer): Reader {
  const hex = head.subarray(0, 8).toString('hex');
  if (hex.startsWith(ZIP)) return new ZipReader();
  if (hex === OLE) return new OleReader();
  const type = isHeic(head) ? 'image/heic' : STARTS.find(([, start]) => hex.startsWith(start))?.[0];
  return type === undefined ? NOTHING : known(type);
}

/** ISO 14496-12: a box `ftyp` with the major brand, a version, and the brands it is compatible with. */
function isHeic(head: Buffer): boolean {
  if (head.toString('latin1', 4, 8) !== 'ftyp') return false;
  const major = head.toString('latin1', 8, 12);
  if (HEIC_BRANDS.includes(major)) return true;
  if (major !== 'mif1' && major !== 'msf1') return false;
  const compatible = head.toString('latin1', 16, Math.min(head.readUInt32BE(0), HEAD_BYTES));
  return HEIC_BRANDS.some((brand) => compatible.includes(brand));
}
