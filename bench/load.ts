import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { Filing } from './county';

/** What the load driver is asked to do. */
export interface Task {
  url: string;
  filings: Filing[];
  clients: number;
  seconds: number;
  /** So many are sent first and not counted: compilers and caches warm up. */
  warmUp: number;
}

/** What came of it. */
export interface Outcome {
  /** Wall-clock seconds from the first counted filing sent to the last answer. */
  seconds: number;
  /** Milliseconds of each filing answered with 200. */
  settled: number[];
  /** How many were answered otherwise, by status: 202 is decided but not yet shown. */
  others: Record<string, number>;
}

/** The senders: each files, waits for the answer, and files again. A process of its own, told by its parent what to do. */
async function run({ url, filings, clients, seconds, warmUp }: Task): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const left = [...filings].reverse();
  await inParallel(clients, async (client) => {
    for (let n = client; n < warmUp; n += clients) await send(agent, url, left.pop()!);
  });
  process.send!('warm');
  const settled: number[] = [];
  const others: Record<string, number> = {};
  const began = performance.now();
  await inParallel(clients, async () => {
    for (;;) {
      const filing = left.pop();
      const sent = performance.now();
      if (!filing || sent - began > seconds * 1000) return;
      const status = await send(agent, url, filing);
      if (status === 200) settled.push(performance.now() - sent);
      else others[status] = (others[status] ?? 0) + 1;
    }
  });
  agent.destroy();
  return { seconds: (performance.now() - began) / 1000, settled, others };
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, index) => work(index)));
}

/** @returns the status. The plain client: `fetch` costs the driver more than the API needs to answer. */
function send(agent: Agent, url: string, { path, token, body }: Filing): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(path, url), {
      agent,
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': randomUUID(),
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
      },
    });
    sent.on('response', (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0)).resume();
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

process.once('message', (task: Task) => {
  run(task).then(
    (outcome) => process.send!(outcome, () => process.disconnect()),
    (error) => {
      process.stderr.write(`${error}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
