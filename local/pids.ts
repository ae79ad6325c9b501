import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Say } from './cache';
import { readJson, writeJson } from './files';

/** Set in the environment of every process started for a data directory, so that it can be known again. No setting. */
export const DATA_DIR_VARIABLE = 'LOCAL_STACK_DATA_DIR';

const GRACE_MS = 10_000;

/** The process ids of everything running for a data directory, by name (`<dataDir>/pids.json`). */
export function readPids(dataDir: string): Record<string, number> {
  return readJson(join(dataDir, 'pids.json')) ?? {};
}

/** Notes that `name` now runs as `pid`, or (undefined) no longer runs. Only the holder of the lock calls this. */
export function notePid(dataDir: string, name: string, pid: number | undefined): void {
  const pids = readPids(dataDir);
  if (pid === undefined) delete pids[name];
  else pids[name] = pid;
  writeJson(join(dataDir, 'pids.json'), pids);
}

/** Ends what a killed supervisor left running for this data directory: SIGTERM, and SIGKILL after 10 s. */
export async function endLeftovers(dataDir: string, say: Say): Promise<void> {
  for (const [name, pid] of Object.entries(readPids(dataDir))) {
    if (isOurs(pid, dataDir)) {
      say(`${name}: ending process ${pid}, left over from last time`);
      signalGroup(pid, 'SIGTERM');
      const until = Date.now() + GRACE_MS;
      while (isOurs(pid, dataDir) && Date.now() < until) await sleep(50);
      if (isOurs(pid, dataDir)) signalGroup(pid, 'SIGKILL');
    }
    notePid(dataDir, name, undefined);
  }
}

/** Sends a signal to a process that leads its own group, and to the whole group; one that is gone is no error. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

// A pid alone proves nothing after a restart of the machine; the environment it was started with does.
function isOurs(pid: number, dataDir: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${DATA_DIR_VARIABLE}=${dataDir}`);
  } catch {
    return false;
  }
}
