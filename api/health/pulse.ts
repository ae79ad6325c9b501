import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../../store/store';
import { Problem } from '../http/problem';

const EVERY_MS = 1_000;
const PATIENCE_MS = 2_500;
const RETRY_S = 5;

/**
 * Whether the database answers. The driver alone takes 4 s to find out that nobody is there, and 16 s for one that is
 * there and says nothing; nobody is to wait that long for a 503.
 */
export class Pulse {
  private away = false;
  private stopped = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting = new Set<(problem: Problem) => void>();

  constructor(private readonly store: Store) {
    this.timer = setTimeout(() => this.beat(), EVERY_MS);
  }

  /**
   * Does something with the database, unless or until it is away.
   * @throws Problem 503 then; what was begun goes on, but nobody waits for it.
   */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.away) throw storeAway();
    let giveUp: (problem: Problem) => void = () => {};
    const lost = new Promise<never>((_, reject) => {
      giveUp = reject;
    });
    this.waiting.add(giveUp);
    try {
      return await Promise.race([work(), lost]);
    } finally {
      this.waiting.delete(giveUp);
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private async beat(): Promise<void> {
    let answered = false;
    const ping = this.store.ping().then(
      () => {
        answered = true;
        return true;
      },
      () => false,
    );
    const late = setTimeout(async () => {
      // If it was this process that stood still, the answer lies ready and is taken in first.
      await turn();
      if (!answered) this.lose();
    }, PATIENCE_MS);
    const well = await ping;
    clearTimeout(late);
    if (well) this.away = false;
    else this.lose();
    if (!this.stopped) this.timer = setTimeout(() => this.beat(), EVERY_MS);
  }

  private lose(): void {
    if (this.stopped) return;
    this.away = true;
    for (const giveUp of this.waiting) giveUp(storeAway());
  }
}

function storeAway(): Problem {
  return new Problem(503, 'store-away', { retryAfter: RETRY_S });
}
