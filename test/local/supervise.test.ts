import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiled } from '../../local/compiled';
import { endLeftovers, readPids } from '../../local/pids';
import { patiently } from '../../local/ready';

// A supervisor as a process of its own, with a Node child, a program, and a child that does not listen to SIGTERM.
const SUPERVISOR = `
  const { supervise } = require(${JSON.stringify(compiled('supervise'))});
  const node = (name, script) => ({ name, command: process.execPath, args: ['-e', script] });
  supervise([
    node('api', 'console.log("up " + process.env.GREETING); setInterval(() => {}, 1000)'),
    { name: 'server', command: 'sleep', args: ['1000'] },
    ...(process.argv[2] ? [node('deaf', 'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)')] : []),
  ].map((child) => ({ ...child, env: { GREETING: 'hello' } })), { dataDir: process.argv[1], say: console.log })
    .then(({ done }) => done).then(() => console.log('stopped'));
`;

let dataDir: string;
let supervisor: ChildProcess;
let said: string;

beforeEach(() => {
  dataDir = realpathSync(mkdtempSync(join(tmpdir(), 'xiaohao-supervise-')));
});

afterEach(async () => {
  if (supervisor.exitCode === null && supervisor.signalCode === null) {
    supervisor.kill('SIGKILL');
    await once(supervisor, 'exit');
  }
  await endLeftovers(dataDir, () => {});
  rmSync(dataDir, { recursive: true });
});

async function start(...more: string[]): Promise<Record<string, number>> {
  supervisor = spawn(process.execPath, ['-e', SUPERVISOR, dataDir, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  said = '';
  supervisor.stdout?.on('data', (chunk) => {
    said += chunk;
  });
  await eventually(() => {
    expect(Object.keys(readPids(dataDir))).toHaveLength(2 + more.length);
    for (const name of ['api', ...more]) expect(log(name)).toContain('up');
  });
  return readPids(dataDir);
}

const eventually = (check: () => void) => patiently(async () => check(), 10_000);
const log = (name: string) => readFileSync(join(dataDir, 'logs', `${name}.log`), 'utf8');
const isAlive = (pid: number) => existsSync(`/proc/${pid}`);

test('a child that is killed comes back, with another pid and its environment', async () => {
  const { api } = await start();
  process.kill(api!, 'SIGKILL');
  await eventually(() => {
    const again = readPids(dataDir).api;
    expect(again).toEqual(expect.any(Number));
    expect(again).not.toBe(api);
    expect(log('api')).toBe('up hello\nup hello\n');
  });
  expect(said).toContain('api: ended by SIGKILL; starting it again in 0.5 s');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s leaves no process behind', async (signal) => {
  const { api, server } = await start();
  supervisor.kill(signal);
  await once(supervisor, 'exit');
  expect([api, server].map((pid) => isAlive(pid!))).toEqual([false, false]);
  expect(said).toContain('stopped');
  expect(readPids(dataDir)).toEqual({});
});

test('a second Ctrl-C kills even what does not listen', async () => {
  const pids = await start('deaf');
  supervisor.kill('SIGINT');
  await eventually(() => expect(said).toContain('SIGINT: stopping'));
  supervisor.kill('SIGINT');
  const [code] = await once(supervisor, 'exit');
  expect(code).toBe(130);
  await eventually(() => expect(Object.values(pids).filter(isAlive)).toEqual([]));
});

test('when the supervisor itself is killed, its children end too', async () => {
  const pids = await start();
  supervisor.kill('SIGKILL');
  await eventually(() => expect(Object.values(pids).filter(isAlive)).toEqual([]));
});

test('what a killed supervisor left behind all the same is ended at the next start; other processes are not', async () => {
  const { deaf } = await start('deaf');
  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  expect(isAlive(deaf!)).toBe(true);
  await endLeftovers(join(dataDir, 'elsewhere'), () => {});
  expect(isAlive(deaf!)).toBe(true);
  await endLeftovers(dataDir, () => {});
  await eventually(() => expect(isAlive(deaf!)).toBe(false));
  expect(readPids(dataDir)).toEqual({});
}, 30_000);
