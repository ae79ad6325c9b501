import os from 'node:os';
import mongoose from 'mongoose';
import { migrationsOf } from './migrations/apply';

/** What a database says of itself to somebody who only looks. */
export interface DatabaseFacts {
  version: string;
  /** Name of the replica set; absent on a server by itself. */
  replicaSet?: string;
  primary: boolean;
  /** What the database is for; absent in one that was never opened. */
  purpose?: { mode?: string; rehearsal?: string };
  migrations: { pending: string[]; unknown: string[] };
  alarms: { code: string; count: number }[];
  /** By how much the server's clock is ahead of ours, in ms, and within which bounds that is known. */
  clock: { aheadMs: number; withinMs: number };
  /** Of the file system the server's data is on, in bytes; absent where it does not say. */
  disk?: { used: number; total: number };
}

const PATIENCE_MS = 4_000;

/** Looks at a database without changing anything in it. @throws when it cannot be reached. */
export async function inspectDatabase(uri: string, database: string): Promise<DatabaseFacts> {
  const connection = mongoose.createConnection(uri, {
    dbName: database,
    serverSelectionTimeoutMS: PATIENCE_MS,
    socketTimeoutMS: PATIENCE_MS,
    bufferCommands: false,
    autoIndex: false,
    runtimeAdapters: { os },
  });
  try {
    await connection.asPromise();
    const db = connection.db!;
    const asked = Date.now();
    const hello = await db.command({ hello: 1 });
    const answered = Date.now();
    const purpose = await db.collection<{ _id: string; mode?: string; rehearsal?: string }>('meta').findOne({
      _id: 'purpose',
    });
    const counted = await db
      .collection('alarms')
      .aggregate<{ _id: string; count: number }>([{ $group: { _id: '$code', count: { $sum: 1 } } }])
      .toArray();
    const { version } = await db.command({ buildInfo: 1 });
    const { fsUsedSize, fsTotalSize } = await db.command({ dbStats: 1 });
    return {
      version,
      ...(hello.setName !== undefined && { replicaSet: hello.setName }),
      primary: hello.isWritablePrimary === true,
      ...(purpose && { purpose: { mode: purpose.mode, rehearsal: purpose.rehearsal } }),
      migrations: await migrationsOf(db),
      alarms: counted.map(({ _id, count }) => ({ code: _id, count })),
      clock: { aheadMs: hello.localTime.getTime() - (asked + answered) / 2, withinMs: (answered - asked) / 2 },
      ...(fsTotalSize > 0 && { disk: { used: fsUsedSize, total: fsTotalSize } }),
    };
  } finally {
    await connection.close();
  }
}
