import { createTransport } from 'nodemailer';
import { Cases } from '../../engine/cases';
import { readConfig } from '../../engine/config';
import { connectClient } from '../../engine/connect';
import { errorText, type Log, makeLog } from '../../engine/log';
import { persistently, untilStopped } from '../../engine/process';
import { beat } from '../../store/processes';
import { openStore } from '../../store/store';
import { openImapMailbox } from './bounces/bounce-mailbox';
import { watchBounces } from './bounces/watch';
import { sendLetter } from './letters';
import { carryOutOrder } from './orders';
import { gatherLetters, planReasons } from './post';
import { sweepJournal } from './sweep';
import { Waker } from './waker';

/** `npm run dispatch`: carries out what cases have decided: orders to other cases, mail, answers still owed. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = makeLog('dispatch', config.LOG_LEVEL);
  for (const warning of config.warnings) log.warn(warning);
  const store = await persistently('database', log, () =>
    openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal }),
  );
  const stopBeat = beat(store, 'dispatch', config.XIAOHAO_BUILD_ID);
  const cases = new Cases(await connectClient(config), config.taskQueue, config.rehearsal !== undefined);
  const transport = createTransport({
    url: config.SMTP_URL,
    pool: true,
    maxConnections: 3,
    // A connection that breaks off may have taken the letter: each try is one of ours, counted and with its pause.
    maxRequeues: 0,
    // A server that hangs must give its letter back before the lease runs out.
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
  });
  const waker = new Waker(store);
  let stopping = false;
  const desk = { store, cases, perSecond: config.ROLL_OUT_PER_SECOND, stopping: () => stopping, log };
  const office = { store, transport, from: config.MAIL_FROM, baseUrl: config.BASE_URL, log };
  const loops = [
    loop('orders', () => carryOutOrder(desk)),
    loop('orders', () => carryOutOrder(desk)),
    loop('post', async () => {
      const planned = await planReasons(store);
      return (await gatherLetters(store, await store.now())) || planned;
    }),
    loop('letters', () => sendLetter(office)),
    loop('letters', () => sendLetter(office)),
    loop('journal', () => sweepJournal(store, cases, log)),
  ];
  const bounces = config.BOUNCE_IMAP_URL;
  const stopWatching =
    bounces === undefined
      ? async () => {}
      : watchBounces({
          store,
          open: () => openImapMailbox(bounces),
          fault: (error) => log.warn({ loop: 'bounces', error: errorText(error) }, 'will try again'),
        });
  untilStopped(log, async () => {
    stopping = true;
    await stopWatching();
    await waker.stop();
    await Promise.all(loops);
    transport.close();
    await stopBeat();
    await store.close();
  });
  log.info('dispatcher ready');

  /** One thing at a time, at once again while there is more; a fault pauses this loop only. */
  async function loop(name: string, once: () => Promise<boolean>): Promise<void> {
    while (!stopping) {
      const { writes } = waker;
      const busy = await once().catch((error) => fault(log, name, error));
      if (!busy && !stopping) await waker.sleep(writes);
    }
  }
}

async function fault(log: Log, loop: string, error: unknown): Promise<boolean> {
  log.warn({ loop, error: errorText(error) }, 'will try again');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  return false;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
