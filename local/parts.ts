import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Say } from './cache';
import { compiled } from './compiled';
import type { Kept, ProcessSpec } from './keep';
import { MailboxClient } from './mailbox-client';
import { mongodBinary } from './mongo';
import type { Ports } from './ports';
import { patiently, untilReady } from './ready';
import { becomePrimary, mongodArguments, replicaSetUri } from './replica-set';
import { temporalBinary } from './temporal';
import { writeTemporalConfig } from './temporal-config';
import { askTemporal, prepareNamespaces } from './temporal-namespaces';

/** The two namespaces: real campaigns, and rehearsals, where alone time can be skipped. */
export const NAMESPACES = { campaign: 'xiaohao', rehearsal: 'xiaohao-rehearsal' } as const;

/** What the parts of one stack share. */
export interface Home {
  dataDir: string;
  say: Say;
  ports: Ports;
  start(spec: ProcessSpec): Promise<Kept>;
}

const START_MS = 60_000;

/** Starts Temporal, or takes the one of `TEMPORAL_ADDRESS`, with both namespaces ready; answers its address. */
export async function startTemporal({ dataDir, say, ports, start }: Home, port?: number): Promise<string> {
  const given = process.env.TEMPORAL_ADDRESS;
  const prepare = (address: string) => prepareNamespaces(address, Object.values(NAMESPACES));
  if (given) {
    say(`Temporal: ${given} (TEMPORAL_ADDRESS)`);
    await patiently(() => prepare(given), START_MS);
    return given;
  }
  const { path, source } = await temporalBinary(say);
  say(`Temporal: ${source}`);
  const dir = join(dataDir, 'temporal');
  // The server's first start makes its tables one by one, and a second one takes half of them for all: until there has
  // been a whole first start there is nothing to lose, so it begins afresh.
  const whole = join(dir, 'prepared');
  if (!existsSync(whole)) rmSync(dir, { recursive: true, force: true });
  const config = writeTemporalConfig(
    dir,
    {
      frontend: await ports.take('temporal', port),
      frontendMembership: await ports.take('temporal-frontend-membership'),
      history: await ports.take('temporal-history'),
      historyMembership: await ports.take('temporal-history-membership'),
      matching: await ports.take('temporal-matching'),
      matchingMembership: await ports.take('temporal-matching-membership'),
      worker: await ports.take('temporal-worker'),
      workerMembership: await ports.take('temporal-worker-membership'),
    },
    NAMESPACES.rehearsal,
  );
  const address = `127.0.0.1:${ports.of('temporal')}`;
  const args = ['--config-file', config, '--allow-no-auth', 'start'];
  const server = await start({ name: 'temporal', command: path, args });
  await untilReady(server, () => askTemporal(address), START_MS);
  await untilReady(server, () => prepare(address), START_MS);
  writeFileSync(whole, '');
  return address;
}

/** Starts MongoDB as a replica set of one, or takes the one of `MONGODB_URI`; answers its URI, without a database. */
export async function startMongo({ dataDir, say, ports, start }: Home, port?: number): Promise<string> {
  const given = process.env.MONGODB_URI;
  if (given) {
    say('MongoDB: the server of MONGODB_URI');
    return given;
  }
  const { path, source } = await mongodBinary(say);
  say(`MongoDB: ${source}`);
  const dbPath = join(dataDir, 'mongo');
  mkdirSync(dbPath, { recursive: true });
  const taken = await ports.take('mongo', port);
  const mongod = await start({ name: 'mongod', command: path, args: mongodArguments(dbPath, taken) });
  await untilReady(mongod, () => becomePrimary(taken), START_MS);
  return replicaSetUri(taken);
}

/** Starts the mailbox, or takes the mail server of `SMTP_URL`, whose mails nobody can read from here. */
export async function startMailbox(
  { dataDir, say, ports, start }: Home,
  smtpPort?: number,
  httpPort?: number,
): Promise<{ smtpUrl: string; client?: MailboxClient }> {
  const given = process.env.SMTP_URL;
  if (given) {
    say('Mail: the server of SMTP_URL');
    return { smtpUrl: given };
  }
  const smtp = await ports.take('smtp', smtpPort);
  const http = await ports.take('mailbox-http', httpPort);
  const args = [compiled('mailbox-main'), join(dataDir, 'mailbox'), String(smtp), String(http)];
  const client = new MailboxClient(`http://127.0.0.1:${http}`);
  const mailbox = await start({ name: 'smtp', command: process.execPath, args });
  await untilReady(mailbox, () => client.mails({ limit: 1 }), START_MS);
  say(`Mail: mailbox of this machine, nothing leaves it; ${client.url}/mails`);
  return { smtpUrl: `smtp://127.0.0.1:${smtp}`, client };
}
