import { spawn } from 'node:child_process';
import type { Say } from './cache';

const PROGRESS_MS = 15_000;
const KEPT_CHARS = 4_000;

/**
 * Runs a command to its end and answers what it printed. With `progress`, says that text and the elapsed time every 15 s.
 * Throws with the end of its output when it fails or cannot be started.
 */
export async function run(
  command: string,
  args: string[],
  options: { env?: Record<string, string>; progress?: { text: string; say: Say } } = {},
): Promise<string> {
  const { progress } = options;
  const started = Date.now();
  const ticker = progress && setInterval(() => progress.say(`  ${progress.text} … ${elapsed(started)}`), PROGRESS_MS);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const keep = (chunk: Buffer) => {
        output = (output + chunk).slice(-KEPT_CHARS);
      };
      child.stdout.on('data', keep);
      child.stderr.on('data', keep);
      child.once('error', reject);
      child.once('close', (code) =>
        code === 0 ? resolve(output) : reject(new Error(output.trim() || `${command} ended with ${code}`)),
      );
    });
  } finally {
    clearInterval(ticker);
  }
}

function elapsed(since: number): string {
  const seconds = Math.round((Date.now() - since) / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
