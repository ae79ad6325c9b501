import { setTimeout as sleep } from 'node:timers/promises';
import type { Kept } from './keep';

const PAUSE_MS = 100;

/** Repeats `probe` until it does not throw; throws its last error when `withinMs` has passed or `hopeless` says so. */
export async function patiently<T>(
  probe: () => Promise<T>,
  withinMs: number,
  hopeless: () => boolean = () => false,
): Promise<T> {
  const until = Date.now() + withinMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (hopeless() || Date.now() > until) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * Repeats `probe` until it does not throw. Throws in one sentence, with the end of the process's log, when the process
 * dies first or `withinMs` has passed.
 */
export async function untilReady<T>(kept: Kept, probe: () => Promise<T>, withinMs: number): Promise<T> {
  try {
    return await patiently(probe, withinMs, () => kept.firstDeath !== undefined);
  } catch (error) {
    const why = kept.firstDeath ?? `did not answer within ${withinMs / 1000} s (${(error as Error).message})`;
    await kept.stop();
    throw new Error(`${kept.spec.name} ${why} (see ${kept.logPath}):\n${kept.logTail()}`);
  }
}
