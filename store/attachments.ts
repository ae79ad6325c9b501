import type { Readable } from 'node:stream';
import mongoose from 'mongoose';
import type { AttachmentDoc } from './documents';
import type { Store } from './store';

/** Far longer than any upload may take (the HTTP server ends a request after five minutes). */
const FORGOTTEN_MS = 3_600_000;
const DUPLICATE_KEY = 11000;

/** A file on its way into the store. */
export interface Upload {
  /** Resolves when the bytes are taken; whoever waits holds no more than one chunk. */
  write(bytes: Buffer): Promise<void>;
  /** Keeps it under its id. @returns what is kept: the one that was there before, if there was one. */
  keep(as: Omit<AttachmentDoc, 'file'>): Promise<AttachmentDoc>;
  /** Takes back all that was written. */
  drop(): Promise<void>;
}

/**
 * Begins a file. It is noted before its first byte, so that what a process leaves behind that dies in between is found:
 * each upload clears away what was forgotten an hour ago.
 */
export async function beginUpload(store: Store): Promise<Upload> {
  await clearForgotten(store);
  const file = new mongoose.mongo.ObjectId();
  await store.uploads.create({ _id: file, beganAt: Date.now() });
  const stream = store.files.openUploadStreamWithId(file, 'attachment');
  // Each write is answered by itself; an error that is also emitted would end the process.
  stream.on('error', () => {});
  const settled = (take: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      take((error) => (error ? reject(error) : resolve()));
    });
  return {
    write: (bytes) => settled((done) => stream.write(bytes, done)),
    async keep(as) {
      await settled((done) => stream.end(done));
      try {
        await store.attachments.create({ ...as, file });
      } catch (error) {
        const kept = await store.attachments.findById(as._id).lean<AttachmentDoc>();
        if ((error as { code?: unknown }).code !== DUPLICATE_KEY || !kept) throw error;
        await remove(store, file);
        return kept;
      }
      await store.uploads.deleteOne({ _id: file });
      return { ...as, file };
    },
    drop: () => remove(store, file),
  };
}

/** The bytes of an attachment, or some of them; `last` is included. */
export function readAttachment(
  store: Store,
  { file }: AttachmentDoc,
  part?: { first: number; last: number },
): Readable {
  return store.files.openDownloadStream(file, part && { start: part.first, end: part.last + 1 });
}

async function clearForgotten(store: Store): Promise<void> {
  const old = await store.uploads.find({ beganAt: { $lt: Date.now() - FORGOTTEN_MS } }, { _id: 1 }).lean();
  for (const { _id } of old) {
    const kept = await store.attachments.exists({ file: _id });
    if (kept) await store.uploads.deleteOne({ _id });
    else await remove(store, _id);
  }
}

async function remove(store: Store, file: mongoose.mongo.ObjectId): Promise<void> {
  // It deletes the chunks all the same, and says so only where there was a file already.
  await store.files.delete(file).catch((error: Error) => {
    if (!/File not found/.test(error.message)) throw error;
  });
  await store.uploads.deleteOne({ _id: file });
}
