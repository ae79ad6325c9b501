const END_OF_DIRECTORY = Buffer.from('PK\x05\x06', 'latin1');
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
/** The directory of a document with some thousand pictures in it. */
const TAIL_BYTES = 256 * 1024;

/** Keeps the end of a zip file, where its directory is, while the rest passes by. */
export class ZipReader {
  private kept: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): void {
    this.kept.push(chunk);
    this.size += chunk.length;
    while (this.size - this.kept[0]!.length >= TAIL_BYTES) this.size -= this.kept.shift()!.length;
  }

  /**
   * By the directory and not by the first entries: Word writes `[Content_Types].xml` first, WPS and LibreOffice write
   * it last. What has macros in it is none of ours, whatever it is called.
   */
  get type(): string | undefined {
    const names = namesIn(Buffer.concat(this.kept));
    if (!names.includes('[Content_Types].xml') || names.some((name) => /vbaProject\.bin$/i.test(name)))
      return undefined;
    if (names.includes('word/document.xml')) {
      return 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
    }
    if (names.includes('xl/workbook.xml')) return 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return undefined;
  }
}

/** Names in the central directory; none where there is no whole one. */
function namesIn(tail: Buffer): string[] {
  const end = tail.lastIndexOf(END_OF_DIRECTORY);
  if (end < 0 || end + 16 > tail.length) return [];
  const names: string[] = [];
  let at = end - tail.readUInt32LE(end + 12);
  while (at >= 0 && at + ENTRY_BYTES <= end && tail.readUInt32LE(at) === ENTRY) {
    const name = tail.readUInt16LE(at + 28);
    names.push(tail.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + name));
    at += ENTRY_BYTES + name + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return names;
}
