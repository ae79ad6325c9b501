import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import type { Say } from './cache';

const CONNECT_MS = 5_000;
const STALL_MS = 30_000;
const PROGRESS_MS = 5_000;

/**
 * Fetches `url` to the file `to` and checks its SHA-256 (hex). Says every few seconds how far it is.
 * Throws when nothing answers within 5 s, nothing comes for 30 s, or the checksum is another.
 */
export async function download(url: string, sha256: string, to: string, say: Say): Promise<void> {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error('no answer')), CONNECT_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const total = Number(response.headers.get('content-length'));
    const file = createWriteStream(to);
    let received = 0;
    let saidAt = Date.now();
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(new Error('the download stalled')), STALL_MS);
      received += chunk.length;
      if (!file.write(chunk)) await once(file, 'drain');
      if (Date.now() - saidAt >= PROGRESS_MS) {
        saidAt = Date.now();
        say(`  ${megabytes(received)}${total ? ` of ${megabytes(total)}` : ''} MB`);
      }
    }
    file.end();
    await once(file, 'close');
  } finally {
    clearTimeout(timer);
  }
  await checkSha256(to, sha256);
}

/** Throws unless the file has that SHA-256 (hex). */
export async function checkSha256(path: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const found = hash.digest('hex');
  if (found !== expected) throw new Error(`checksum is ${found}, expected ${expected}`);
}

/** The reason of a failed download in a few words; `fetch` hides it one level down. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
