import { access, constants, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

const WORK_DIR_PREFIX = '.making-';
const ABANDONED_MS = 24 * 3_600_000;

/** One line for the person at the terminal. */
export type Say = (line: string) => void;

/** Where binaries are kept between clones of this repository: `XIAOHAO_CACHE`, else `~/.cache/xiaohao`. */
export function cacheDir(): string {
  return process.env.XIAOHAO_CACHE || join(homedir(), '.cache', 'xiaohao');
}

/** The path of a binary in the cache, or undefined. `name` carries the version, so a cached file is never out of date. */
export async function cached(name: string): Promise<string | undefined> {
  const path = join(cacheDir(), name);
  return (await isExecutable(path)) ? path : undefined;
}

/**
 * Puts a binary into the cache and answers its path there. `make` is given an empty directory to work in and answers
 * the path of the finished binary inside it; the rename makes it appear whole or not at all, so two processes may build
 * the same binary at once.
 */
export async function putInCache(name: string, make: (workDir: string) => Promise<string>): Promise<string> {
  await mkdir(cacheDir(), { recursive: true });
  await removeAbandoned();
  const workDir = await mkdtemp(join(cacheDir(), WORK_DIR_PREFIX));
  try {
    const path = join(cacheDir(), name);
    await rename(await make(workDir), path);
    return path;
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
}

// What a build that was killed left in the cache.
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(cacheDir())) {
    const path = join(cacheDir(), name);
    if (!name.startsWith(WORK_DIR_PREFIX)) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
  }
}

/** The first executable of that name on PATH, or undefined. */
export async function onPath(command: string): Promise<string | undefined> {
  for (const dir of (process.env.PATH ?? '').split(':')) {
    const path = join(dir, command);
    if (dir && (await isExecutable(path))) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
