import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { mongo } from 'mongoose';
import { MIGRATIONS, type Migration } from './list';

/** What is kept of a migration; `doneAt` once it is applied. All times are of the wall clock. */
export interface MigrationDoc {
  _id: string;
  leaseUntil?: number;
  by?: string;
  doneAt?: number;
  ms?: number;
}

const DUPLICATE_KEY = 11000;
const LEASE_MS = 15_000;
const ASK_AGAIN_MS = 100;

const collectionOf = (db: mongo.Db) => db.collection<MigrationDoc>('migrations');

/**
 * Applies what has not been, in order, each once however many processes start at the same time: one has the lease, the
 * others wait until it is done, or take over when its lease has run out. @returns ids of those applied here.
 */
export async function applyMigrations(db: mongo.Db, migrations: Migration[] = MIGRATIONS): Promise<string[]> {
  const me = randomUUID();
  const applied: string[] = [];
  for (const migration of migrations) {
    for (;;) {
      const standing = await take(db, migration.id, me);
      if (standing === 'done') break;
      if (standing === 'mine') {
        await carryOut(db, migration, me);
        applied.push(migration.id);
        break;
      }
      await pause(ASK_AGAIN_MS);
    }
  }
  return applied;
}

/** Migrations not applied yet, and recorded ones this release does not know, which a newer one has applied. */
export async function migrationsOf(
  db: mongo.Db,
  migrations: Migration[] = MIGRATIONS,
): Promise<{ pending: string[]; unknown: string[] }> {
  const done = await collectionOf(db)
    .find({ doneAt: { $exists: true } })
    .map(({ _id }) => _id)
    .toArray();
  const known = migrations.map(({ id }) => id);
  return {
    pending: known.filter((id) => !done.includes(id)),
    unknown: done.filter((id) => !known.includes(id)),
  };
}

async function take(db: mongo.Db, id: string, by: string): Promise<'done' | 'mine' | 'taken'> {
  const known = await collectionOf(db).findOne({ _id: id });
  if (known?.doneAt !== undefined) return 'done';
  const now = Date.now();
  const free = { _id: id, doneAt: { $exists: false }, $nor: [{ leaseUntil: { $gt: now } }] };
  try {
    await collectionOf(db).updateOne(free, { $set: { by, leaseUntil: now + LEASE_MS } }, { upsert: true });
    return 'mine';
  } catch (error) {
    // It does not match, so it was to be inserted: somebody else has it, or has just done it.
    if ((error as { code?: number }).code === DUPLICATE_KEY) return 'taken';
    throw error;
  }
}

async function carryOut(db: mongo.Db, migration: Migration, by: string): Promise<void> {
  const mine = { _id: migration.id, by, doneAt: { $exists: false } };
  const began = Date.now();
  const heart = setInterval(() => {
    // A beat that is missed makes the lease shorter, no more.
    collectionOf(db)
      .updateOne(mine, { $set: { leaseUntil: Date.now() + LEASE_MS } })
      .catch(() => {});
  }, LEASE_MS / 5);
  try {
    await migration.up(db);
    const doneAt = Date.now();
    await collectionOf(db).updateOne(mine, { $set: { doneAt, ms: doneAt - began }, $unset: { leaseUntil: 1 } });
  } catch (error) {
    await collectionOf(db).updateOne(mine, { $unset: { leaseUntil: 1 } });
    throw error;
  } finally {
    clearInterval(heart);
  }
}
