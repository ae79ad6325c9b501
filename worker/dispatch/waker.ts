import type { Store } from '../../store/store';

/** Looked at all the same, for what only waits for its time. */
const FALLBACK_MS = 1_000;
/**
 * Writes are gathered for so long before anybody is woken: one act writes half a dozen times, and each round of the
 * loops asks the database as often. A rehearsal waits for the dispatcher at every step; elsewhere nobody does.
 */
const GATHER_MS = { campaign: 200, rehearsal: 10 };

/** Lets loops sleep until something they may have to do has been written. */
export class Waker {
  /** Goes up with every write that was seen. */
  writes = 0;
  private sleepers = new Set<() => void>();
  private stream: { close(): Promise<void> } | undefined;
  private gathering: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly store: Store) {
    this.watch();
  }

  /** Settles when something was written since there were `writes`, or after a second. */
  async sleep(writes: number): Promise<void> {
    if (this.stopped || this.writes !== writes) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, FALLBACK_MS);
      this.sleepers.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.gathering);
    this.wake();
    await this.stream?.close();
  }

  private noted(): void {
    const gatherMs = this.store.rehearsal === undefined ? GATHER_MS.campaign : GATHER_MS.rehearsal;
    this.gathering ??= setTimeout(() => this.wake(), gatherMs);
  }

  private wake(): void {
    this.gathering = undefined;
    this.writes += 1;
    const sleepers = this.sleepers;
    this.sleepers = new Set();
    for (const wakeUp of sleepers) wakeUp();
  }

  /** While the database is away the second's fallback does; then it is watched again. */
  private watch(): void {
    if (this.stopped) return;
    // Not the journal: what is not answered is swept up ten seconds later, for which the fallback is enough.
    const stream = this.store.watch(['outbox', 'mails', 'rehearsals']);
    this.stream = stream;
    stream.on('change', () => this.noted());
    stream.on('error', () => {
      stream.close().catch(() => {});
      setTimeout(() => this.watch(), FALLBACK_MS).unref();
    });
  }
}
