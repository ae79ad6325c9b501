import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { onPath, type Say } from './cache';
import { compiled } from './compiled';
import { DATA_DIR_VARIABLE, notePid, signalGroup } from './pids';

/** A process to be kept running. Node processes (`command` is `process.execPath`) get an IPC channel, see `leash.ts`. */
export interface ProcessSpec {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
const SETTLED_MS = 30_000;
const GRACE_MS = 15_000;
const LARGEST_LOG = 50_000_000;

/**
 * Keeps one process running: starts it in a group of its own (so that Ctrl-C in the terminal reaches us and not it),
 * restarts it when it dies (after 0.5 s, doubling to 5 s), notes its pid, appends its output to `<dataDir>/logs/<name>.log`.
 */
export class Kept {
  private child: ChildProcess | undefined;
  private pause = FIRST_PAUSE_MS;
  private restart: NodeJS.Timeout | undefined;
  private stopping = false;
  /** Why the process ended the first time that it did so unasked; undefined until then. */
  firstDeath: string | undefined;
  readonly logPath: string;

  private constructor(
    readonly spec: ProcessSpec,
    private readonly dataDir: string,
    private readonly say: Say,
    private readonly setpriv: string | undefined,
  ) {
    mkdirSync(join(dataDir, 'logs'), { recursive: true });
    this.logPath = join(dataDir, 'logs', `${spec.name}.log`);
  }

  static async start(spec: ProcessSpec, dataDir: string, say: Say): Promise<Kept> {
    const kept = new Kept(spec, dataDir, say, await onPath('setpriv'));
    kept.spawn();
    return kept;
  }

  /** The pid of the process as it runs now; undefined between a death and the restart. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** SIGTERM, SIGKILL to its whole group after 15 s; settles when it is gone. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.restart);
    const child = this.child;
    if (!child?.pid) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    const hardly = setTimeout(() => this.kill(), GRACE_MS);
    child.kill('SIGTERM');
    await gone;
    clearTimeout(hardly);
  }

  /** Ends it and its group at once, for good. */
  kill(): void {
    this.stopping = true;
    clearTimeout(this.restart);
    if (this.child?.pid) signalGroup(this.child.pid, 'SIGKILL');
  }

  /** The last lines of its log, for an error message. */
  logTail(lines = 5): string {
    return existsSync(this.logPath)
      ? readFileSync(this.logPath, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
      : '';
  }

  private spawn(): void {
    const { name, env } = this.spec;
    const [command, args] = this.onLeash();
    const log = this.openLog();
    const startedAt = Date.now();
    const child = spawn(command, args, {
      detached: true,
      env: { ...process.env, ...env, [DATA_DIR_VARIABLE]: this.dataDir },
      stdio: this.isNode() ? ['ignore', log, log, 'ipc'] : ['ignore', log, log],
    });
    closeSync(log);
    this.child = child;
    if (child.pid) notePid(this.dataDir, name, child.pid);
    const ended = (why: string) => {
      if (this.child !== child) return;
      this.child = undefined;
      notePid(this.dataDir, name, undefined);
      if (this.stopping) return;
      this.firstDeath ??= why;
      if (Date.now() - startedAt > SETTLED_MS) this.pause = FIRST_PAUSE_MS;
      this.say(`${name}: ${why}; starting it again in ${this.pause / 1000} s`);
      this.restart = setTimeout(() => this.spawn(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    };
    child.once('exit', (code, signal) => ended(signal ? `ended by ${signal}` : `ended with ${code}`));
    child.once('error', (error) => ended(error.message));
  }

  // If we are killed, ours must not live on: Node processes see their IPC channel close, programs get SIGTERM from the
  // kernel (`setpriv` replaces itself by the program, so the pid is the program's).
  private onLeash(): [string, string[]] {
    const { command, args } = this.spec;
    if (this.isNode()) return [command, ['--require', compiled('leash'), ...args]];
    return this.setpriv ? [this.setpriv, ['--pdeathsig', 'TERM', '--', command, ...args]] : [command, args];
  }

  private isNode(): boolean {
    return this.spec.command === process.execPath;
  }

  private openLog(): number {
    if (existsSync(this.logPath) && statSync(this.logPath).size > LARGEST_LOG) {
      renameSync(this.logPath, `${this.logPath}.1`);
    }
    return openSync(this.logPath, 'a');
  }
}
