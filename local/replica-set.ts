import os from 'node:os';
import { mongo } from 'mongoose';

const NAME = 'rs0';
// Without `runtimeAdapters` the driver does `import('os')`, which Jest's sandbox refuses, and then never connects.
const CLIENT_OPTIONS = { serverSelectionTimeoutMS: 1_000, runtimeAdapters: { os } };
const NOT_YET_INITIALISED = 94;
const INVALID_REPLICA_SET_CONFIG = 93;

/** The arguments of a mongod that is a replica set of one (transactions and change streams need a replica set). */
export function mongodArguments(dbPath: string, port: number): string[] {
  return [
    ...['--replSet', NAME, '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', dbPath],
    ...['--wiredTigerCacheSizeGB', '0.5', '--quiet'],
    // The transaction of a worker that was killed keeps its documents locked for so long (60 s unless told otherwise),
    // and with them its case; no batch may take longer.
    ...['--setParameter', 'transactionLifetimeLimitSeconds=10'],
  ];
}

/** The URI by which drivers find the replica set. */
export function replicaSetUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?replicaSet=${NAME}`;
}

/**
 * Makes the mongod on `port` primary of its replica set: initiates it the first time, moves it to the port it now has
 * when that changed. Throws while it is not primary yet; to be repeated.
 */
export async function becomePrimary(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  const client = new mongo.MongoClient(`mongodb://${host}/?directConnection=true`, CLIENT_OPTIONS);
  try {
    const admin = client.db('admin');
    const config = await admin.command({ replSetGetConfig: 1 }).then(
      (answer) => answer.config,
      (error) => {
        if ([NOT_YET_INITIALISED, INVALID_REPLICA_SET_CONFIG].includes(error.code)) return undefined;
        throw error;
      },
    );
    if (!config) {
      await admin.command({ replSetInitiate: { _id: NAME, members: [{ _id: 0, host }] } });
    } else if (config.members[0].host !== host) {
      const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], host }] };
      await admin.command({ replSetReconfig: moved, force: true });
    }
    const hello = await admin.command({ hello: 1 });
    if (!hello.isWritablePrimary) throw new Error('not primary yet');
  } finally {
    await client.close();
  }
}
