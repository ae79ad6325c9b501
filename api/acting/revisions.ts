import type { CaseDoc } from '../../store/documents';
import type { Store } from '../../store/store';

const POLL_MS = 20;

interface Waiter {
  revision: number;
  done(reached: boolean): void;
}

/**
 * Knows when the read model has reached a decision: all requests that wait are looked up together, every 20 ms, and
 * nothing is asked while nobody waits. Not a change stream: the server wakes one for whatever is written anywhere, and
 * sends each change alone, which costs API and database several times as much as soon as there is something to do.
 */
export class Revisions {
  private readonly waiting = new Map<string, Set<Waiter>>();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly store: Store) {}

  /** Whether the read model shows a revision of a case, within so many milliseconds. Never throws. */
  reached(caseId: string, revision: number, withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const ofCase = this.waiting.get(caseId) ?? new Set();
      this.waiting.set(caseId, ofCase);
      const done = (reached: boolean) => {
        clearTimeout(timeout);
        ofCase.delete(waiter);
        if (ofCase.size === 0 && this.waiting.get(caseId) === ofCase) this.waiting.delete(caseId);
        resolve(reached);
      };
      const waiter: Waiter = { revision, done };
      const timeout = setTimeout(() => done(false), withinMs);
      ofCase.add(waiter);
      this.timer ??= setTimeout(() => this.poll(), POLL_MS);
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    for (const ofCase of [...this.waiting.values()]) for (const waiter of [...ofCase]) waiter.done(false);
  }

  private async poll(): Promise<void> {
    const ids = [...this.waiting.keys()];
    const found = await this.store.cases
      .find({ _id: { $in: ids } }, { revision: 1 })
      .maxTimeMS(1_000)
      .lean<Pick<CaseDoc, '_id' | 'revision'>[]>()
      .catch(() => []);
    for (const { _id, revision } of found) this.note(_id, revision);
    this.timer = this.waiting.size > 0 && !this.closed ? setTimeout(() => this.poll(), POLL_MS) : undefined;
  }

  private note(caseId: string, revision: number): void {
    for (const waiter of [...(this.waiting.get(caseId) ?? [])]) if (waiter.revision <= revision) waiter.done(true);
  }
}
