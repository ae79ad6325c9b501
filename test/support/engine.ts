import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { makeActivities } from '../../activities/record';
import type { Activities } from '../../domain/ports';
import { Cases } from '../../engine/cases';
import { type Config, readConfig } from '../../engine/config';
import { connectClient } from '../../engine/connect';
import { openStore, type Store } from '../../store/store';
import { createWorker } from '../../worker/worker';

// What a worker says of its own states would bury the tests' own lines.
Runtime.install({ logger: new DefaultLogger('ERROR') });

export const ROOT = path.resolve(__dirname, '../..');

/** One suite's own rehearsal on the shared servers: a database, a task queue and a namespace with virtual time. */
export interface TestEngine {
  config: Config;
  env: Record<string, string>;
  store: Store;
  client: Client;
  cases: Cases;
  /** Runs a worker while `work` does, in this process. */
  withWorker<T>(work: () => Promise<T>, activities?: Activities): Promise<T>;
  close(): Promise<void>;
}

/** Servers of the suite, started once by `test/setup/global.ts`. */
export async function testEngine(name: string): Promise<TestEngine> {
  const env = {
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS!,
    MONGODB_URI: process.env.TEST_MONGODB_URI!,
    SMTP_URL: process.env.TEST_SMTP_URL!,
    XIAOHAO_MODE: 'rehearsal',
    XIAOHAO_REHEARSAL: `${name}-${randomBytes(3).toString('hex')}`,
    LOG_LEVEL: 'silent',
  };
  const config = readConfig(env);
  const store = await openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal });
  const client = await connectClient(config);
  // Two cores may be busy with another suite: no test is about how fast a case answers.
  const cases = new Cases(client, config.taskQueue, true, 30_000);
  return {
    config,
    env,
    store,
    client,
    cases,
    async withWorker(work, activities = makeActivities(store)) {
      const worker = await createWorker(config, activities);
      return worker.runUntil(work());
    },
    async close() {
      await store.close();
      await client.connection.close();
    },
  };
}

/** Waits until a condition holds; an event that never comes fails the test with what was waited for. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | null | false>,
  ms = 20_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
