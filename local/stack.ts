import { mkdirSync, realpathSync } from 'node:fs';
import type { Say } from './cache';
import { Kept } from './keep';
import { lock } from './lock';
import type { MailboxClient } from './mailbox-client';
import { type Home, NAMESPACES, startMailbox, startMongo, startTemporal } from './parts';
import { endLeftovers } from './pids';
import { Ports } from './ports';

/** What to start, and where. */
export interface StackOptions {
  /** Everything the stack keeps is in here; the same directory is the same stack again. */
  dataDir: string;
  /** Parts that are not wanted are switched off with `false`. */
  temporal?: boolean;
  mongo?: boolean;
  mailbox?: boolean;
  /** Ports to insist on; the others are chosen once and kept in `<dataDir>/ports.json`. */
  ports?: { temporal?: number; mongo?: number; smtp?: number; mailboxHttp?: number };
  say: Say;
}

/** A running stack. Addresses of parts that were switched off are empty; `mailbox` is there only when it is ours. */
export interface Stack {
  temporalAddress: string;
  namespaces: typeof NAMESPACES;
  mongoUri: string;
  smtpUrl: string;
  mailbox: MailboxClient | undefined;
  /** As they are now: a part that died has another pid when it is back. */
  readonly pids: { temporal?: number; mongod?: number; smtp?: number };
  /** Ends what was started and lets go of the data directory. */
  stop(): Promise<void>;
}

/**
 * Starts Temporal, MongoDB and a mailbox on this machine, each restarted when it dies, on the same port and data. With
 * `TEMPORAL_ADDRESS`, `MONGODB_URI` or `SMTP_URL` set, that server is used instead and only prepared.
 * Throws in one sentence when the directory is in use, a port asked for is taken, or a server cannot be had.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const unlock = await lock(dataDir);
  const started: Kept[] = [];
  const stop = async () => {
    await Promise.all(started.map((kept) => kept.stop()));
    await unlock();
  };
  const home: Home = {
    dataDir,
    say: options.say,
    ports: new Ports(dataDir, options.say),
    start: async (spec) => {
      const kept = await Kept.start(spec, dataDir, options.say);
      started.push(kept);
      return kept;
    },
  };
  try {
    await endLeftovers(dataDir, options.say);
    const [temporalAddress, mongoUri, mail] = await Promise.all([
      options.temporal === false ? '' : startTemporal(home, options.ports?.temporal),
      options.mongo === false ? '' : startMongo(home, options.ports?.mongo),
      options.mailbox === false ? undefined : startMailbox(home, options.ports?.smtp, options.ports?.mailboxHttp),
    ]);
    return {
      temporalAddress,
      namespaces: NAMESPACES,
      mongoUri,
      smtpUrl: mail?.smtpUrl ?? '',
      mailbox: mail?.client,
      get pids() {
        return Object.fromEntries(started.map((kept) => [kept.spec.name, kept.pid]));
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
