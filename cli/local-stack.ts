import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Cases } from '../engine/cases';
import { type Config, readConfig } from '../engine/config';
import { connectClient } from '../engine/connect';
import { isFree } from '../local/ports';
import { type Stack, startStack } from '../local/stack';
import { openStore, type Store } from '../store/store';
import { createToken } from '../store/tokens';

/** Nobody waits for one decision of a rehearsal; a busy machine must not end it. */
const PATIENT_MS = 60_000;

export type Say = (line: string) => void;

/** The servers of one machine, with the settings our own processes reach them by. */
export interface LocalStack {
  dataDir: string;
  stack: Stack;
  /** Environment for our processes. */
  env: Record<string, string>;
  config: Config;
}

/** Where everything of this machine is kept. */
export function dataRoot(): string {
  return path.resolve(process.env.XIAOHAO_DATA ?? '.xiaohao');
}

/**
 * Starts Temporal, MongoDB and mailbox on this machine and works out how to reach them.
 * @param folder below the data root; each has servers, database and mail of its own.
 * @param rehearsal its name; absent for real campaigns.
 * @param serves whether an API will listen on `PORT`.
 * @throws Error in one sentence when the port is taken or a server cannot be had.
 */
export async function startLocal(
  folder: string,
  rehearsal: string | undefined,
  say: Say,
  serves = true,
): Promise<LocalStack> {
  const port = process.env.PORT || '8080';
  const purpose: Record<string, string> =
    rehearsal === undefined
      ? { XIAOHAO_MODE: 'campaign', XIAOHAO_REHEARSAL: '' }
      : { XIAOHAO_MODE: 'rehearsal', XIAOHAO_REHEARSAL: rehearsal };
  const ours = { ...purpose, PORT: port, BASE_URL: process.env.BASE_URL || `http://127.0.0.1:${port}` };
  // Whatever is wrong is said before anything starts.
  readConfig({ ...process.env, ...ours });
  // Whoever has the port would answer in our place.
  if (serves && port !== '0' && !(await isFree(Number(port))))
    throw new Error(`port ${port} is in use; choose another with PORT=…`);
  const dataDir = path.join(dataRoot(), folder);
  mkdirSync(dataDir, { recursive: true });
  const stack = await startStack({ dataDir, say });
  const env: Record<string, string> = {
    ...ours,
    TEMPORAL_ADDRESS: stack.temporalAddress,
    MONGODB_URI: stack.mongoUri,
    SMTP_URL: stack.smtpUrl,
    ...(stack.mailbox && { MAILBOX_URL: stack.mailbox.url }),
  };
  return { dataDir, stack, env, config: readConfig({ ...process.env, ...env }) };
}

/** The processes of the product, each its own. */
export function processes(env: Record<string, string>, names: ('api' | 'worker' | 'dispatch')[]) {
  const entry = { api: 'api/main.js', worker: 'worker/main.js', dispatch: 'worker/dispatch/main.js' };
  return names.map((name) => ({
    name,
    command: process.execPath,
    args: [path.join(__dirname, '..', entry[name])],
    env,
  }));
}

/** Makes an administrator where there is none yet. @returns the secret, which is kept nowhere. */
export async function firstAdministrator(store: Store): Promise<string | undefined> {
  if ((await store.tokens.countDocuments({ role: 'admin' })) > 0) return undefined;
  const { secret } = await createToken(store, { role: 'admin', label: 'first administrator' });
  return secret;
}

/** Database and engine, for a command that prepares or drives something itself. */
export async function reach(
  config: Config,
): Promise<{ store: Store; client: Awaited<ReturnType<typeof connectClient>>; cases: Cases }> {
  const store = await openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal });
  const client = await connectClient(config);
  return { store, client, cases: new Cases(client, config.taskQueue, config.rehearsal !== undefined, PATIENT_MS) };
}
