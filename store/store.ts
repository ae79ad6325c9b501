import os from 'node:os';
import mongoose, { type ClientSession } from 'mongoose';
import type { Instant } from '../domain/time';
import type { RehearsalDoc } from './documents';
import { applyMigrations } from './migrations/apply';
import { type Models, models } from './models';
import { Plans } from './plans';

/** Which database, and what it is for. */
export interface StoreOptions {
  uri: string;
  database: string;
  /** Name of the rehearsal, absent for real campaigns. */
  rehearsal?: string;
}

/** One open database. */
export interface Store extends Models {
  rehearsal?: string;
  /** What campaigns were launched with. */
  plans: Plans;
  /** Bytes of attachments (GridFS); see `store/attachments.ts`. */
  files: mongoose.mongo.GridFSBucket;
  /** Wall clock of real campaigns; in a rehearsal the clock that is moved by hand. */
  now(): Promise<Instant>;
  /** Runs `work` in a transaction; repeated by the driver when it meets another. */
  transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T>;
  /** Tells of every write to some collections, until it is closed. */
  watch(collections: (keyof Models)[]): mongoose.mongo.ChangeStream;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a database, makes sure that it is what it is taken for, and brings it up to this release.
 * @throws Error when a rehearsal's database is opened for real campaigns, or the other way round.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const connection = mongoose.createConnection(options.uri, {
    dbName: options.database,
    serverSelectionTimeoutMS: 4_000,
    socketTimeoutMS: 8_000,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    autoIndex: false,
    // A query while the database is away must fail and be repeated, not wait in memory.
    bufferCommands: false,
    // The driver would import it by itself, which Jest's sandbox refuses.
    runtimeAdapters: { os },
  });
  await connection.asPromise();
  const all = models(connection);
  const mode = options.rehearsal === undefined ? 'campaign' : 'rehearsal';
  const found = await all.meta
    .findOneAndUpdate(
      { _id: 'purpose' },
      {
        $setOnInsert: {
          mode,
          createdAt: Date.now(),
          ...(options.rehearsal !== undefined && { rehearsal: options.rehearsal }),
        },
      },
      { upsert: true, returnDocument: 'after' },
    )
    .lean<{ mode: string }>();
  if (found?.mode !== mode) {
    await connection.close();
    throw new Error(`database ${options.database} is for mode "${found?.mode}", not for "${mode}"`);
  }
  try {
    await applyMigrations(connection.db!);
    await Promise.all(Object.values(all).map((model) => model.createIndexes()));
  } catch (error) {
    await connection.close();
    throw error;
  }
  return {
    ...all,
    plans: new Plans(all.campaigns),
    ...(options.rehearsal !== undefined && { rehearsal: options.rehearsal }),
    files: new mongoose.mongo.GridFSBucket(connection.db!, { bucketName: 'attachments' }),
    async now() {
      if (options.rehearsal === undefined) return Date.now();
      const rehearsal = await all.rehearsals.findById(options.rehearsal, { now: 1 }).lean<Pick<RehearsalDoc, 'now'>>();
      return rehearsal?.now ?? Date.now();
    },
    transaction: (work) => connection.transaction((session) => work(session)) as never,
    watch: (collections) =>
      connection.db!.watch([{ $match: { 'ns.coll': { $in: collections } } }, { $project: { _id: 1 } }]),
    async ping() {
      await connection.db!.admin().ping();
    },
    close: () => connection.close(),
  };
}
