import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../cli/api-client';
import { firstAdministrator, type LocalStack, processes, reach, type Say, startLocal } from '../cli/local-stack';
import { patiently } from '../local/ready';
import { supervise } from '../local/supervise';
import type { Options } from './options';

const START_MS = 60_000;

type Parts = Awaited<ReturnType<typeof reach>>;

/** The whole product on a stack of its own, empty. */
export interface Stage extends Pick<Parts, 'store' | 'client'> {
  /** Of the API. */
  url: string;
  admin: ApiClient;
  /** Where Temporal keeps its two SQLite files. */
  temporalDir: string;
  /** Process ids by name: servers and processes of the product. */
  pids(): Record<string, number | undefined>;
  /** Stops everything and removes its data. */
  close(): Promise<void>;
}

/** Starts servers, API, workers and dispatcher, each a process of its own, on data in a temporary directory. */
export async function setStage(options: Options, say: Say): Promise<Stage> {
  const root = await mkdtemp(join(tmpdir(), 'xiaohao-bench-'));
  await isolate(root);
  const local = await startLocal('stack', undefined, say).catch(async (error) => {
    await rm(root, { recursive: true, force: true });
    throw error;
  });
  const children = await supervise(ours(local, options.workers), { dataDir: local.dataDir, say, stack: local.stack });
  let parts: Parts | undefined;
  let closing = false;
  const close = async () => {
    closing = true;
    await parts?.store.close();
    await parts?.client.connection.close();
    await children.stop();
    await rm(root, { recursive: true, force: true });
  };
  // After Ctrl-C `supervise` has stopped everything, and only the data is left to remove.
  children.done.then(async () => {
    if (closing) return;
    await rm(root, { recursive: true, force: true });
    process.exit(130);
  });
  try {
    await patiently(() => ready(local.env.BASE_URL!), START_MS);
    parts = await reach(local.config);
  } catch (error) {
    await close();
    throw error;
  }
  const { store, client } = parts;
  const url = local.env.BASE_URL!;
  return {
    url,
    admin: new ApiClient(url, (await firstAdministrator(store))!, 'en'),
    store,
    client,
    temporalDir: join(local.dataDir, 'temporal'),
    pids: () => ({ ...local.stack.pids, ...children.pids }),
    close,
  };
}

/** Whatever servers the shell points to: a measurement never touches them. */
async function isolate(root: string): Promise<void> {
  for (const name of Object.keys(process.env)) {
    if (/^(TEMPORAL|MONGODB|SMTP|MAIL)_|^(BASE_URL|HOST|XIAOHAO_(MODE|REHEARSAL|BUILD_ID))$/.test(name)) {
      delete process.env[name];
    }
  }
  process.env.XIAOHAO_DATA = root;
  process.env.PORT = String(await freePort());
}

function ours({ env }: LocalStack, workers: number) {
  // The pace of a roll-out protects people's mailboxes and the servers; here it is what is measured.
  const all = processes({ ...env, ROLL_OUT_PER_SECOND: '100000' }, ['api', 'dispatch', 'worker']);
  const worker = all.find(({ name }) => name === 'worker')!;
  const more = Array.from({ length: workers - 1 }, (_, index) => ({ ...worker, name: `worker-${index + 2}` }));
  return [...all, ...more];
}

async function ready(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`);
  if (!response.ok) throw new Error(`the API is not ready: HTTP ${response.status}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
