import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { patiently } from '../local/ready';
import { type Supervised, supervise } from '../local/supervise';
import { dataRoot, firstAdministrator, type LocalStack, processes, reach, startLocal } from './local-stack';
import { prepareDemo, whatToTry } from './sample-demo';

const say = (line: string) => console.log(line);

/**
 * Starts everything and keeps it running until Ctrl-C: for real campaigns, or as a rehearsal of the sample county.
 * @param whenUp is given our processes when they are ready.
 */
export async function serve(
  folder: string,
  rehearsal: string | undefined,
  whenUp: (supervised: Supervised) => void = () => {},
): Promise<void> {
  const local = await startLocal(folder, rehearsal, say);
  const env = { ...local.env, ...(rehearsal !== undefined && { LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' }) };
  const supervised = await supervise(processes(env, ['api', 'worker', 'dispatch']), {
    dataDir: local.dataDir,
    say,
    stack: local.stack,
  });
  const url = local.env.BASE_URL!;
  try {
    await patiently(() => isReady(`http://127.0.0.1:${local.env.PORT}`), 120_000);
    if (rehearsal === undefined) await greet(local, url);
    else await greetDemo(local, url);
    whenUp(supervised);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  await supervised.done;
}

async function isReady(url: string): Promise<void> {
  const response = await fetch(`${url}/readyz`);
  if (!response.ok) throw new Error(`the API is not ready: HTTP ${response.status}`);
}

/** The first start makes one administrator and shows the secret this once. */
async function greet(local: LocalStack, url: string): Promise<void> {
  const { store, client } = await reach(local.config);
  try {
    say(`\n销号 is up: ${url}`);
    const secret = await firstAdministrator(store);
    if (secret !== undefined) say(`first administrator (shown this once): ${secret}`);
  } finally {
    await store.close();
    await client.connection.close();
  }
}

async function greetDemo(local: LocalStack, url: string): Promise<void> {
  const file = path.join(dataRoot(), 'demo.json');
  const known = readTokens(file);
  const parts = await reach(local.config);
  try {
    say('putting the sample county in place …');
    const demo = await prepareDemo(parts, known);
    const { tokens } = demo;
    const mailbox = local.stack.mailbox?.url;
    const secrets = Object.fromEntries(tokens.map(({ name, secret }) => [name, secret]));
    writeFileSync(file, `${JSON.stringify({ url, mailbox, zone: demo.zone, tokens: secrets }, null, 2)}\n`, {
      mode: 0o600,
    });
    for (const line of await whatToTry(parts.store, url, mailbox, tokens)) say(line);
  } finally {
    await parts.store.close();
    await parts.client.connection.close();
  }
}

function readTokens(file: string): Record<string, string> {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { tokens: Record<string, string> }).tokens;
  } catch {
    return {};
  }
}
