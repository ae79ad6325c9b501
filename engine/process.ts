import type { Log } from './log';

/**
 * Runs a process until it is told to stop: by a signal, or because the one that started it is gone.
 * `stop` finishes what is under way; the process then ends by itself.
 */
export function untilStopped(log: Log, stop: () => Promise<void> | void): void {
  let stopping = false;
  const end = (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'stopping');
    Promise.resolve()
      .then(stop)
      .then(() => process.exit(0))
      .catch((error) => {
        log.error({ err: error }, 'stopped badly');
        process.exit(1);
      });
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
  process.on('disconnect', () => end('parent gone'));
}

/** Tries until it works: a process may be started before the servers it needs. */
export async function persistently<T>(what: string, log: Log, attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      log.warn({ what, tries, err: error instanceof Error ? error.message : error }, 'not yet');
      await new Promise((resolve) => setTimeout(resolve, Math.min(250 * 2 ** tries, 3_000)));
    }
  }
}
