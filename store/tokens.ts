import { createHash, randomBytes } from 'node:crypto';
import type { Role } from '../domain/case';
import type { SectorCode } from '../domain/plan';
import type { TokenDoc } from './documents';
import type { Store } from './store';

const DAY_MS = 86_400_000;

/** What a token is good for. */
export interface Grant {
  role: Role;
  /** Id of the unit, for filers and heads. */
  unit?: string;
  /** Sectors a reviewer answers for; all when empty. */
  sectors: SectorCode[];
  label: string;
  /** Days it is valid; without end when absent. */
  days?: number;
}

/**
 * Makes a token. @returns it with its secret, which is told once and kept nowhere. Dates by the wall clock: a
 * rehearsal's clock has nothing to do with who may sign in.
 */
export async function createToken(store: Store, grant: Grant): Promise<{ token: TokenDoc; secret: string }> {
  const secret = `xh_${randomBytes(32).toString('base64url')}`;
  const { days, ...of } = grant;
  const now = Date.now();
  const token: TokenDoc = {
    _id: `t-${randomBytes(8).toString('hex')}`,
    hash: hashOf(secret),
    ...of,
    createdAt: now,
    ...(days !== undefined && { expiresAt: now + days * DAY_MS }),
  };
  await store.tokens.insertMany([token]);
  return { token, secret };
}

/** The token a secret belongs to, while it is valid. */
export async function findToken(store: Store, secret: string): Promise<TokenDoc | undefined> {
  const token = await store.tokens.findOne({ hash: hashOf(secret) }).lean<TokenDoc>();
  if (!token || token.revokedAt !== undefined) return undefined;
  return token.expiresAt !== undefined && token.expiresAt <= Date.now() ? undefined : token;
}

/** Ends a token now. @returns whether there was a valid one. */
export async function revokeToken(store: Store, id: string): Promise<boolean> {
  const ended = await store.tokens.updateOne(
    { _id: id, revokedAt: { $exists: false } },
    { $set: { revokedAt: Date.now() } },
  );
  return ended.modifiedCount === 1;
}

/** The secret has 256 bits, so a plain digest hides it as well as a slow one would. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
