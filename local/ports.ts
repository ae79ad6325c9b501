import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Say } from './cache';
import { readJson, writeJson } from './files';

// Below Linux's ephemeral range (32768–60999): no outgoing connection takes the port of a server that is being restarted.
const LOWEST = 20_000;
const COUNT = 12_000;

/** Ports of the servers of one data directory, the same again at every start as long as nobody else took them. */
export class Ports {
  private readonly path: string;
  private readonly known: Record<string, number>;

  constructor(
    dataDir: string,
    private readonly say: Say,
  ) {
    this.path = join(dataDir, 'ports.json');
    this.known = readJson(this.path) ?? {};
  }

  /** The port for `name`: the one asked for (an error when it is taken), else last time's, else a free one. */
  async take(name: string, asked?: number): Promise<number> {
    if (asked !== undefined) {
      if (!(await isFree(asked))) throw new Error(`Port ${asked} for ${name} is taken; choose another one.`);
      return this.remember(name, asked);
    }
    const last = this.known[name];
    if (last !== undefined) {
      if (await isFree(last)) return last;
      this.say(`${name}: port ${last} of last time is taken, choosing another`);
    }
    for (;;) {
      const port = LOWEST + Math.floor(Math.random() * COUNT);
      if (!Object.values(this.known).includes(port) && (await isFree(port))) return this.remember(name, port);
    }
  }

  /** The port that `name` has taken; 0 when it has none. */
  of(name: string): number {
    return this.known[name] ?? 0;
  }

  private remember(name: string, port: number): number {
    this.known[name] = port;
    writeJson(this.path, this.known);
    return port;
  }
}

/** Whether nobody listens on a port of this machine. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
