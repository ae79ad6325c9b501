import { realpathSync } from 'node:fs';
import type { Say } from './cache';
import { Kept, type ProcessSpec } from './keep';
import { readPids, signalGroup } from './pids';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Processes of our own under supervision. */
export interface Supervised {
  /** The pid of each child as it is now. */
  readonly pids: Record<string, number | undefined>;
  /** Settles when everything has been stopped, by a signal or by `stop`. */
  readonly done: Promise<void>;
  /** SIGTERM to all children, SIGKILL after 15 s; then the stack below them. */
  stop(): Promise<void>;
}

/**
 * Starts processes of our own (API, worker, dispatcher) and keeps them running (see `Kept`). SIGINT, SIGTERM and SIGHUP
 * stop them and then `stack`, the servers they need; a second signal kills everything of this data directory at once.
 */
export async function supervise(
  children: ProcessSpec[],
  options: { dataDir: string; say: Say; stack?: { stop(): Promise<void> } },
): Promise<Supervised> {
  const { say, stack } = options;
  const dataDir = realpathSync(options.dataDir);
  const all: Kept[] = [];
  let stopped: Promise<void> | undefined;
  let settle: { resolve(): void; reject(error: unknown): void };
  const done = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });

  const stop = () => {
    stopped ??= stopEverything();
    return stopped;
  };
  const stopEverything = async () => {
    try {
      await Promise.all(all.map((kept) => kept.stop()));
      await stack?.stop();
      settle.resolve();
    } catch (error) {
      settle.reject(error);
    } finally {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    }
  };
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopped) {
      say(`${signal} again: killing everything`);
      for (const kept of all) kept.kill();
      for (const pid of Object.values(readPids(dataDir))) signalGroup(pid, 'SIGKILL');
      process.exit(130);
    }
    say(`${signal}: stopping (once more to kill at once)`);
    void stop();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);

  for (const child of children) all.push(await Kept.start(child, dataDir, say));
  return {
    done,
    stop,
    get pids() {
      return Object.fromEntries(all.map((kept) => [kept.spec.name, kept.pid]));
    },
  };
}
