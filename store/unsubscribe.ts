import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MetaDoc } from './documents';
import type { Store } from './store';

/** What a letter's link carries: who it is for, and our signature, so that nobody can unsubscribe somebody else. */
export async function unsubscribeToken(store: Store, person: string): Promise<string> {
  return `${person}.${await signatureOf(store, person)}`;
}

/** Whom a link is for. @returns undefined for one that we did not make. */
export async function personOfLink(store: Store, token: string): Promise<string | undefined> {
  const [, person, signature] = /^([0-9a-f]{24})\.([\w-]{43})$/.exec(token) ?? [];
  if (person === undefined || signature === undefined) return undefined;
  const own = Buffer.from(await signatureOf(store, person));
  return timingSafeEqual(own, Buffer.from(signature)) ? person : undefined;
}

/** From now on a person gets only what is a duty. Doing it again keeps the first day. */
export async function unsubscribe(store: Store, person: string): Promise<void> {
  await store.post.updateOne({ _id: person }, {}, { upsert: true });
  const subscribed = { _id: person, unsubscribedAt: { $exists: false } };
  await store.post.updateOne(subscribed, { $set: { unsubscribedAt: Date.now() } });
}

async function signatureOf(store: Store, person: string): Promise<string> {
  // Kept with what it opens, so that links in old letters work after any restart and on any machine.
  const made = { $setOnInsert: { key: randomBytes(32).toString('hex'), createdAt: Date.now() } };
  const { key } = (await store.meta
    .findOneAndUpdate({ _id: 'unsubscribe' }, made, { upsert: true, returnDocument: 'after' })
    .lean<MetaDoc>())!;
  return createHmac('sha256', key!).update(`unsubscribe ${person}`).digest('base64url');
}
