import type { Data, Envelope, Opening } from '../domain/case';
import type { Answer } from '../domain/case-runner';
import type { JournalDoc } from './documents';
import type { Store } from './store';

/** A request gets this long to finish by itself before the sweeper repeats it. */
const SWEEP_AFTER_MS = 10_000;

/** What a request is journalled with, before any case hears of it. */
export interface NewEntry {
  /** Made from token and key; also the message's id. */
  id: string;
  token: string;
  key: string;
  /** Digest of method, path and body: the same key with another body is a mistake. */
  body: string;
  case: string;
  envelope?: Envelope;
  opening?: Opening;
  receivedAt: number;
}

/**
 * Journals a request, or finds it journalled. @returns the entry as it stands: its envelope, and with it the
 * instant it was first received, stay those of the first time; `fresh` when it was not there before.
 */
export async function openEntry(store: Store, entry: NewEntry): Promise<{ entry: JournalDoc; fresh: boolean }> {
  const { id, ...rest } = entry;
  const fresh: Omit<JournalDoc, '_id'> = {
    ...rest,
    status: 'open',
    attempts: 0,
    notBefore: Date.now() + SWEEP_AFTER_MS,
  };
  const found = await store.journal
    .findOneAndUpdate({ _id: id }, { $setOnInsert: fresh }, { upsert: true, returnDocument: 'before' })
    .lean<JournalDoc>();
  return found ? { entry: found, fresh: false } : { entry: { _id: id, ...fresh }, fresh: true };
}

export async function findEntry(store: Store, id: string): Promise<JournalDoc | undefined> {
  return (await store.journal.findById(id).lean<JournalDoc>()) ?? undefined;
}

/** The case has answered. `reply` is what the sender was told, where it was: a repeated request is told the same. */
export async function settleEntry(
  store: Store,
  id: string,
  answer: Answer,
  reply?: JournalDoc['reply'],
): Promise<void> {
  await store.journal.updateOne({ _id: id }, { $set: { status: 'settled', answer, ...(reply && { reply }) } });
}

/** The case would not. */
export async function refuseEntry(store: Store, id: string, code: string, data: Data): Promise<void> {
  await store.journal.updateOne({ _id: id }, { $set: { status: 'refused', answer: { code, data } } });
}

/** Takes the next entry whose answer is overdue; it comes again later. */
export async function claimOpenEntry(store: Store): Promise<JournalDoc | null> {
  const now = Date.now();
  const entry = await store.journal
    .findOneAndUpdate(
      { status: 'open', notBefore: { $lte: now } },
      { $set: { notBefore: now + SWEEP_AFTER_MS }, $inc: { attempts: 1 } },
      { sort: { receivedAt: 1 }, returnDocument: 'after' },
    )
    .lean<JournalDoc>();
  return entry;
}
