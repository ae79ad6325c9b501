import { StringDecoder } from 'node:string_decoder';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { UnreadableTable } from './trouble';
import { type XmlHandler, XmlScanner } from './xml';

/** All parts that are read together, unpacked: a list of 20,000 units takes some 25 MB. */
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_ENTRIES = 2_000;
/** Tags are what takes time: `<c/>` four million times fits into a few kilobytes. */
const MAX_TAGS = 4_000_000;

/** The parts of a workbook. What is unpacked is counted; a bomb goes no further than that. */
export class Archive {
  private left = MAX_UNPACKED;
  private tags = MAX_TAGS;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws UnreadableTable */
  static async open(bytes: Buffer): Promise<Archive> {
    const entries = new Map<string, Entry>();
    const zip = await orDamaged(fromBufferPromise(bytes, { lazyEntries: true }));
    await orDamaged(
      (async () => {
        for await (const entry of zip.eachEntry()) {
          if (entries.size >= MAX_ENTRIES) throw new UnreadableTable('workbook-too-large');
          entries.set(keyOf(entry.fileName), entry);
        }
      })(),
    );
    return new Archive(zip, entries);
  }

  has(path: string): boolean {
    return this.entries.has(keyOf(path));
  }

  /** Tells a handler of one part as it is unpacked. @throws UnreadableTable when it is damaged or too large */
  async read(path: string, handler: XmlHandler): Promise<void> {
    const entry = this.entries.get(keyOf(path));
    if (!entry) throw new UnreadableTable('workbook');
    if (entry.isEncrypted()) throw new UnreadableTable('workbook-encrypted');
    // yauzl ends a part that is longer than it says.
    if (entry.uncompressedSize > this.left) throw new UnreadableTable('workbook-too-large');
    const scanner = new XmlScanner(handler, () => {
      this.tags -= 1;
      if (this.tags < 0) throw new UnreadableTable('workbook-too-large');
    });
    const decoder = new StringDecoder('utf8');
    await orDamaged(
      (async () => {
        for await (const bytes of await this.zip.openReadStreamPromise(entry)) {
          this.left -= (bytes as Buffer).length;
          scanner.write(decoder.write(bytes as Buffer).replace(/^\ufeff/, ''));
        }
      })(),
    );
    scanner.end();
  }
}

/** Part names are the same in capitals and small letters (ISO/IEC 29500-2, 6.2.2.3). */
function keyOf(path: string): string {
  return path.replace(/^\/+/, '').toLowerCase();
}

/** Whatever yauzl and zlib have against a file, it is damaged. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof UnreadableTable ? error : new UnreadableTable('workbook');
  }
}
