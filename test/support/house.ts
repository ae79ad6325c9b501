import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import type { Role } from '../../domain/case';
import { Cases } from '../../engine/cases';
import { readConfig } from '../../engine/config';
import { connectClient } from '../../engine/connect';
import { Kept } from '../../local/keep';
import { Ports } from '../../local/ports';
import { type Stack, startStack } from '../../local/stack';
import { openStore, type Store } from '../../store/store';
import { createToken } from '../../store/tokens';
import { ROOT, until } from './engine';
import { Sender } from './sender';

export type ProcessName = 'api' | 'worker' | 'dispatch';

const ENTRY = { api: 'api/main.js', worker: 'worker/main.js', dispatch: 'worker/dispatch/main.js' };
const quiet = () => {};

/** The product as it runs: its processes as they were built, each its own, on servers that may be killed too. */
export class House {
  readonly url: string;
  private readonly kept = new Map<ProcessName, Kept>();

  private constructor(
    readonly dataDir: string,
    readonly env: Record<string, string>,
    readonly store: Store,
    readonly client: Client,
    readonly cases: Cases,
    /** Servers of this house alone; absent where it uses those of all suites. */
    readonly servers: Stack | undefined,
  ) {
    this.url = `http://127.0.0.1:${env.PORT}`;
  }

  /** On servers of its own. @param more settings of the processes. */
  static async withServers(more: Record<string, string>): Promise<House> {
    const dataDir = newFolder();
    const servers = await startStack({ dataDir, say: quiet });
    const env = { TEMPORAL_ADDRESS: servers.temporalAddress, MONGODB_URI: servers.mongoUri, SMTP_URL: servers.smtpUrl };
    return House.open(dataDir, { ...env, ...more }, servers);
  }

  /** On the servers all suites share, for a suite that kills none of them. */
  static on(env: Record<string, string>): Promise<House> {
    return House.open(newFolder(), env, undefined);
  }

  private static async open(dataDir: string, given: Record<string, string>, servers: Stack | undefined) {
    const port = String(await new Ports(dataDir, quiet).take('api'));
    const env: Record<string, string> = { LOG_LEVEL: 'warn', ...given, PORT: port };
    const config = readConfig(env);
    const store = await openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal });
    const client = await connectClient(config);
    const cases = new Cases(client, config.taskQueue, config.rehearsal !== undefined);
    return new House(dataDir, env, store, client, cases, servers);
  }

  /** Starts processes, which from then on are started again whenever they die. */
  async start(...names: ProcessName[]): Promise<void> {
    for (const name of names) {
      const spec = { name, command: process.execPath, args: [path.join(ROOT, 'dist', ENTRY[name])], env: this.env };
      this.kept.set(name, await Kept.start(spec, this.dataDir, quiet));
    }
  }

  /** All is up: the API answers, its database and its engine do, and a worker asks for work. */
  async ready(): Promise<void> {
    await until(
      'the house is ready',
      async () => (await fetch(`${this.url}/readyz`).catch(() => undefined))?.ok,
      60_000,
    );
  }

  /** `kill -9`, and nobody starts it again until `start`. */
  end(name: ProcessName): void {
    this.kept.get(name)!.kill();
    this.kept.delete(name);
  }

  /** The pid a process or server has now. */
  pid(name: string): number | undefined {
    const process = this.kept.get(name as ProcessName);
    return process ? process.pid : this.servers?.pids[name as 'mongod'];
  }

  /** `kill -9`; settles when it has been started again, which is before it is of any use. */
  async kill(name: string): Promise<void> {
    const before = this.pid(name)!;
    process.kill(before, 'SIGKILL');
    await until(`${name} is started again`, async () => (this.pid(name) ?? before) !== before);
  }

  /** Somebody who speaks to the API with a token of their own. */
  async sender(role: Role, unit?: string): Promise<Sender> {
    const { secret } = await createToken(this.store, { role, ...(unit !== undefined && { unit }) });
    return new Sender(`${this.url}/api/v1`, secret);
  }

  /** What the API has logged about requests that failed by a fault of ours. */
  failedRequests(): string[] {
    const log = readFileSync(path.join(this.dataDir, 'logs', 'api.log'), 'utf8');
    return log.split('\n').filter((line) => line.includes('a request failed'));
  }

  async close(): Promise<void> {
    await Promise.all([...this.kept.values()].map((kept) => kept.stop()));
    await this.store.close();
    await this.client.connection.close();
    await this.servers?.stop();
    if (process.env.KEEP_LOGS === undefined) rmSync(this.dataDir, { recursive: true, force: true });
    else process.stderr.write(`logs: ${this.dataDir}/logs\n`);
  }
}

function newFolder(): string {
  return realpathSync(mkdtempSync(path.join(tmpdir(), 'xiaohao-kill-')));
}
