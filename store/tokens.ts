import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../domain/case';
import type { TokenDoc } from './documents';
import type { Store } from './store';

/** Whom a token is for. */
export interface NewToken {
  role: Role;
  /** Id of the unit, for filers and heads. */
  unit?: string;
  /** Sectors of a reviewer; all when empty. */
  sectors?: string[];
  /** What it is for, in the words of whoever made it. */
  label?: string;
  /** Valid for so many days of the wall clock; without end when absent. */
  days?: number;
}

/** Makes a token. @returns the secret, which is kept nowhere and shown this once, and the token's id. */
export async function createToken(store: Store, token: NewToken): Promise<{ id: string; secret: string }> {
  const id = `t-${randomBytes(6).toString('hex')}`;
  const secret = `xh_${randomBytes(24).toString('base64url')}`;
  const now = Date.now();
  const doc: TokenDoc = {
    _id: id,
    hash: hashOf(secret),
    role: token.role,
    sectors: token.sectors ?? [],
    label: token.label ?? '',
    createdAt: now,
    ...(token.unit !== undefined && { unit: token.unit }),
    ...(token.days !== undefined && { expiresAt: now + token.days * 86_400_000 }),
  };
  await store.tokens.insertMany([doc]);
  return { id, secret };
}

/** The token of a secret, while it is valid. */
export async function findToken(store: Store, secret: string): Promise<TokenDoc | null> {
  return validToken(store, { hash: hashOf(secret) });
}

/** A token, by its id or the digest of its secret, while it is valid. */
export async function validToken(store: Store, by: { _id: string } | { hash: string }): Promise<TokenDoc | null> {
  const token = await store.tokens.findOne(by).lean<TokenDoc>();
  if (!token || token.revokedAt !== undefined) return null;
  return token.expiresAt !== undefined && token.expiresAt <= Date.now() ? null : token;
}

/** Ends a token at once. @returns whether there was one to end. */
export async function revokeToken(store: Store, id: string): Promise<boolean> {
  const valid = { _id: id, revokedAt: { $exists: false } };
  const ended = await store.tokens.updateOne(valid, { $set: { revokedAt: Date.now() } });
  return ended.modifiedCount === 1;
}

/** Secrets are random and long, so a plain digest is enough to keep them by. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
