import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from './stage';

const PAGE_SIZE_AT = 16;
const PAGES_AT = 28;
const WAL_HEADER = 32;
const FRAME_HEADER = 24;

/** Bytes in use. */
export interface Sizes {
  temporal: number;
  mongo: number;
}

/** How large the databases are now: Temporal's histories and list of cases, and ours. */
export async function sizesOf({ temporalDir, store }: Stage): Promise<Sizes> {
  const stats = await store.cases.db.db!.stats();
  const files = ['default.db', 'visibility.db'].map((name) => join(temporalDir, name));
  return { temporal: files.map(sqliteSize).reduce((sum, size) => sum + size, 0), mongo: stats.dataSize };
}

/**
 * Size of a SQLite database while a server has it open: the newest page count is in the write-ahead log, in the header
 * of the last frame that ended a transaction. Source: https://www.sqlite.org/fileformat2.html#walformat
 */
function sqliteSize(path: string): number {
  const header = readAt(path, 0, 100);
  const given = header.readUInt16BE(PAGE_SIZE_AT);
  const pageSize = given === 1 ? 65_536 : given;
  return (pagesInLog(`${path}-wal`, pageSize) ?? header.readUInt32BE(PAGES_AT)) * pageSize;
}

function pagesInLog(path: string, pageSize: number): number | undefined {
  if (!existsSync(path)) return undefined;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(WAL_HEADER);
    if (readSync(file, header, 0, WAL_HEADER, 0) < WAL_HEADER) return undefined;
    const salts = header.subarray(16, 24);
    const frame = Buffer.alloc(FRAME_HEADER);
    let pages: number | undefined;
    for (let at = WAL_HEADER; at < fstatSync(file).size; at += FRAME_HEADER + pageSize) {
      const read = readSync(file, frame, 0, FRAME_HEADER, at);
      // Frames of an earlier round of the log have other salts.
      if (read < FRAME_HEADER || !frame.subarray(8, 16).equals(salts)) break;
      pages = frame.readUInt32BE(4) || pages;
    }
    return pages;
  } finally {
    closeSync(file);
  }
}

function readAt(path: string, at: number, length: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, at);
    return bytes;
  } finally {
    closeSync(file);
  }
}
