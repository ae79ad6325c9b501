import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

/** Writes a small JSON file whole or not at all, so that a kill in between leaves the old one. */
export function writeJson(path: string, value: unknown): void {
  const part = `${path}.part`;
  const file = openSync(part, 'w');
  writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
  fsyncSync(file);
  closeSync(file);
  renameSync(part, path);
}

/** Reads a JSON file; undefined when it is not there. */
export function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
