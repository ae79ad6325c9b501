import os from 'node:os';
import type { Store } from './store';

/** A process of ours, as it last said that it is there. Times are of the wall clock. */
export interface ProcessDoc {
  /** `name host pid` */
  _id: string;
  name: string;
  host: string;
  pid: number;
  build?: string;
  startedAt: number;
  seenAt: number;
}

const EVERY_MS = 10_000;
/** Three beats and a half missed: it is gone, or stands still. */
export const GONE_AFTER_MS = 35_000;
/** Rows of processes long gone are taken away by those that live. */
const FORGOTTEN_AFTER_MS = 86_400_000;

const collectionOf = (store: Store) => store.meta.db.db!.collection<ProcessDoc>('processes');

/** Says every few seconds that this process is there. @returns stops it, and takes the row away. */
export function beat(store: Store, name: string, build?: string): () => Promise<void> {
  const [host, pid, startedAt] = [os.hostname(), process.pid, Date.now()];
  const _id = `${name} ${host} ${pid}`;
  const row = { name, host, pid, startedAt, ...(build !== undefined && { build }) };
  // A beat the database missed is followed by the next; the work itself finds out that it is away.
  const once = () =>
    collectionOf(store)
      .updateOne({ _id }, { $set: { ...row, seenAt: Date.now() } }, { upsert: true })
      .catch(() => {});
  let last: Promise<unknown> = once().then(() => forget(store));
  const timer = setInterval(() => {
    last = once();
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
    await collectionOf(store)
      .deleteOne({ _id })
      .catch(() => {});
  };
}

/** Who has said within the last day that they are there. */
export async function processesOf(store: Store): Promise<ProcessDoc[]> {
  return collectionOf(store).find({}).sort({ name: 1, startedAt: 1 }).toArray();
}

async function forget(store: Store): Promise<void> {
  await collectionOf(store)
    .deleteMany({ seenAt: { $lt: Date.now() - FORGOTTEN_AFTER_MS } })
    .catch(() => {});
}
