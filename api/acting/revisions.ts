import type { CaseDoc } from '../../store/documents';
import type { Store } from '../../store/store';

const POLL_MS = 100;
const REOPEN_MS = 1_000;
/** Revisions remembered from the stream, so that one that came before its waiter is not waited for. */
const REMEMBERED = 10_000;

interface Waiter {
  revision: number;
  done(reached: boolean): void;
}

interface Change {
  documentKey: { _id: string };
  updateDescription?: { updatedFields?: { revision?: number } };
  fullDocument?: { revision?: number };
}

/**
 * Knows when the read model has reached a decision. One change stream serves all requests that wait; because a
 * stream may be away for a while, all of them are also looked up together every 100 ms.
 */
export class Revisions {
  private readonly waiting = new Map<string, Set<Waiter>>();
  private readonly seen = new Map<string, number>();
  private stream: { close(): Promise<void> } | undefined;
  private timer: NodeJS.Timeout | undefined;
  private reopening: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly store: Store) {
    this.open();
  }

  /** Whether the read model shows a revision of a case, within so many milliseconds. Never throws. */
  reached(caseId: string, revision: number, withinMs: number): Promise<boolean> {
    if ((this.seen.get(caseId) ?? 0) >= revision) return Promise.resolve(true);
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
    clearTimeout(this.reopening);
    for (const ofCase of [...this.waiting.values()]) for (const waiter of [...ofCase]) waiter.done(false);
    await this.stream?.close().catch(() => undefined);
  }

  private open(): void {
    if (this.closed) return;
    // Only ids and revisions: the state of a case may be large.
    const wanted = { documentKey: 1, 'updateDescription.updatedFields.revision': 1, 'fullDocument.revision': 1 };
    const stream = this.store.cases.collection.watch([{ $project: wanted }], { maxAwaitTimeMS: 5_000 });
    this.stream = stream;
    stream.on('change', (change) => {
      const { documentKey, updateDescription, fullDocument } = change as unknown as Change;
      const revision = updateDescription?.updatedFields?.revision ?? fullDocument?.revision;
      if (revision !== undefined) this.note(documentKey._id, revision);
    });
    stream.on('error', () => {
      stream.close().catch(() => undefined);
      // What is missed meanwhile the look-ups find; what was remembered stays true, revisions only grow.
      if (!this.closed) this.reopening = setTimeout(() => this.open(), REOPEN_MS);
    });
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
    const known = this.seen.get(caseId) ?? 0;
    // Put last again: what is forgotten first is what was longest not heard of.
    this.seen.delete(caseId);
    this.seen.set(caseId, Math.max(known, revision));
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.keys().next().value!);
    for (const waiter of [...(this.waiting.get(caseId) ?? [])]) if (waiter.revision <= revision) waiter.done(true);
  }
}
