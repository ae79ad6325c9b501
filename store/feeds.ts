import { randomBytes } from 'node:crypto';
import type { FeedDoc, TokenDoc } from './documents';
import type { Store } from './store';
import { hashOf, validToken } from './tokens';

/** What a person says about a calendar they want. */
export type NewFeed = Pick<FeedDoc, 'lang' | 'label'>;

/** Makes a private calendar for a token. @returns its secret, which is kept nowhere and shown this once. */
export async function createFeed(
  store: Store,
  token: string,
  feed: NewFeed,
): Promise<{ doc: FeedDoc; secret: string }> {
  const secret = randomBytes(32).toString('base64url');
  const _id = `f-${randomBytes(6).toString('hex')}`;
  const doc: FeedDoc = { _id, hash: hashOf(secret), token, lang: feed.lang, label: feed.label, createdAt: Date.now() };
  await store.feeds.insertMany([doc]);
  return { doc, secret };
}

/** A token's calendars that can still be read, in the order of their ids. */
export async function feedsOf(store: Store, token: string): Promise<FeedDoc[]> {
  return store.feeds
    .find({ token, revokedAt: { $exists: false } })
    .sort({ _id: 1 })
    .lean<FeedDoc[]>();
}

/** The calendar of a secret, with the token whose rights it has; null once either of them has ended. */
export async function findFeed(store: Store, secret: string): Promise<{ feed: FeedDoc; token: TokenDoc } | null> {
  const feed = await store.feeds.findOne({ hash: hashOf(secret), revokedAt: { $exists: false } }).lean<FeedDoc>();
  const token = feed && (await validToken(store, { _id: feed.token }));
  return token ? { feed, token } : null;
}

/** Ends a token's own calendar at once. @returns whether there was one to end. */
export async function revokeFeed(store: Store, token: string, id: string): Promise<boolean> {
  const own = { _id: id, token, revokedAt: { $exists: false } };
  const ended = await store.feeds.updateOne(own, { $set: { revokedAt: Date.now() } });
  return ended.modifiedCount === 1;
}
