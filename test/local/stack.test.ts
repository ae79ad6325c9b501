import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { mongo } from 'mongoose';
import { createTransport } from 'nodemailer';
import { patiently } from '../../local/ready';
import { type Stack, startStack } from '../../local/stack';

const dataDir = mkdtempSync(join(tmpdir(), 'xiaohao-stack-'));
const said: string[] = [];
const start = () => startStack({ dataDir, say: (line) => said.push(line) });
let stack: Stack;

// The servers given to the other suites are not the ones tried here.
const given = { ...process.env };
beforeAll(async () => {
  for (const name of ['TEMPORAL_ADDRESS', 'MONGODB_URI', 'SMTP_URL']) delete process.env[name];
  stack = await start();
}, 600_000);

afterAll(async () => {
  await stack?.stop();
  process.env = given;
  rmSync(dataDir, { recursive: true });
});

async function inMongo<T>(work: (db: mongo.Db, client: mongo.MongoClient) => Promise<T>): Promise<T> {
  const client = new mongo.MongoClient(stack.mongoUri, { serverSelectionTimeoutMS: 2_000, runtimeAdapters: { os } });
  try {
    return await work(client.db('test'), client);
  } finally {
    await client.close();
  }
}

async function inTemporal<T>(namespace: string, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    return await work(new Client({ connection, namespace }));
  } finally {
    await connection.close();
  }
}

function startCase(namespace: string, workflowId: string) {
  return inTemporal(namespace, (client) =>
    client.workflow.start('anyCase', { workflowId, taskQueue: 'none', searchAttributes: { XiaohaoKind: ['hazard'] } }),
  );
}

test('says which source each part was taken from', () => {
  expect(said).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Temporal: /), expect.stringMatching(/^MongoDB: /)]),
  );
});

test('a second stack on the same directory is refused in one sentence', async () => {
  await expect(start()).rejects.toThrow(/^Another stack is running on .*; stop it first/);
});

test('MongoDB has transactions', async () => {
  await inMongo((db, client) =>
    client.withSession((session) =>
      session.withTransaction(() => db.collection('acts').insertOne({ _id: 'one' as never }, { session })),
    ),
  );
  expect(await inMongo((db) => db.collection('acts').countDocuments())).toBe(1);
});

test('cases are found by their search attributes', async () => {
  await startCase(stack.namespaces.campaign, 'hazard/1');
  await patiently(async () => {
    const { count } = await inTemporal(stack.namespaces.campaign, (client) =>
      client.workflow.count(`XiaohaoKind = 'hazard'`),
    );
    expect(count).toBe(1);
  }, 10_000);
});

test('time can be skipped in rehearsals and nowhere else', async () => {
  const skip = (namespace: string) =>
    inTemporal(namespace, ({ workflowService }) =>
      workflowService.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution: { workflowId: 'hazard/1' },
        workflowExecutionOptions: { timeSkippingConfig: { enabled: true } },
        updateMask: { paths: ['time_skipping_config'] },
      }),
    );
  await startCase(stack.namespaces.rehearsal, 'hazard/1');
  await expect(skip(stack.namespaces.campaign)).rejects.toThrow(/time.?skipping/i);
  await expect(skip(stack.namespaces.rehearsal)).resolves.toBeDefined();
});

test('each part that is killed comes back on the same port, with its data', async () => {
  await createTransport(stack.smtpUrl).sendMail({ from: 'a@b.test', to: 'c@d.test', text: 'hello' });
  const before = { ...stack.pids };
  for (const pid of Object.values(before)) process.kill(pid!, 'SIGKILL');
  const back = <T>(work: () => Promise<T>) => patiently(work, 30_000);

  expect(await back(() => inMongo((db) => db.collection('acts').countDocuments()))).toBe(1);
  expect(await back(async () => (await stack.mailbox!.mails()).map(({ to }) => to))).toEqual([['c@d.test']]);
  const found = await back(() =>
    inTemporal(stack.namespaces.campaign, (client) => client.workflow.getHandle('hazard/1').describe()),
  );
  expect(found.status.name).toBe('RUNNING');
  await back(() => startCase(stack.namespaces.campaign, 'hazard/2'));
  for (const name of ['temporal', 'mongod', 'smtp'] as const) expect(stack.pids[name]).not.toBe(before[name]);
}, 60_000);

test('after a stop it is the same stack again, at the same addresses; MongoDB moves when its port was taken', async () => {
  await stack.stop();
  const { temporalAddress, smtpUrl, mongoUri } = stack;
  const { mongo: port } = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8'));
  const squatter = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  await once(squatter, 'listening');
  stack = await start();
  squatter.close();
  expect(stack).toMatchObject({ temporalAddress, smtpUrl });
  expect(stack.mongoUri).not.toBe(mongoUri);
  expect(await inMongo((db) => db.collection('acts').countDocuments())).toBe(1);
}, 120_000);
