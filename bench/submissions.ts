import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Filing } from './county';
import { type CpuTimes, cpuSince, cpuTimes } from './cpu';
import type { Outcome, Task } from './load';
import type { Options } from './options';
import type { Stage } from './stage';

const WARM_UP = 100;

export interface Submissions {
  settled: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  others: Record<string, number>;
  /** CPU milliseconds per settled filing, by process: says what limits, and hardly depends on who else is on the machine. */
  cpuMs: Record<string, number>;
}

/** Has the load driver, a process of its own, file as many as it can for a while. */
export async function submit(stage: Stage, filings: Filing[], options: Options): Promise<Submissions> {
  const { clients, seconds } = options;
  const task: Task = {
    url: stage.url,
    filings: filings.slice(0, WARM_UP + options.filings),
    clients,
    seconds,
    warmUp: Math.min(WARM_UP, Math.floor(filings.length / 4)),
  };
  const { outcome, cpu } = await drive(stage, task);
  const sorted = outcome.settled.sort((a, b) => a - b);
  const settled = sorted.length;
  return {
    settled,
    seconds: rounded(outcome.seconds, 2),
    perSecond: rounded(settled / outcome.seconds, 1),
    p50Ms: rounded(quantile(sorted, 0.5), 0),
    p99Ms: rounded(quantile(sorted, 0.99), 0),
    others: outcome.others,
    cpuMs: Object.fromEntries(Object.entries(cpu).map(([name, ms]) => [name, rounded(ms / settled, 1)])),
  };
}

async function drive(stage: Stage, task: Task): Promise<{ outcome: Outcome; cpu: CpuTimes }> {
  const driver = fork(join(__dirname, 'load.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const pids = { ...stage.pids(), driver: driver.pid };
  let before: CpuTimes = {};
  return new Promise((resolve, reject) => {
    driver.on('message', (told: 'warm' | Outcome) => {
      if (told === 'warm') before = cpuTimes(pids);
      else resolve({ outcome: told, cpu: cpuSince(before, cpuTimes(pids)) });
    });
    driver.on('error', reject);
    driver.on('exit', (code) => reject(new Error(`the load driver ended with ${code}`)));
    driver.send(task);
  });
}

/** Of numbers in order; 0 of none. */
function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
