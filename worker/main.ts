import { readConfig } from '../engine/config';
import { makeLog } from '../engine/log';
import { persistently, untilStopped } from '../engine/process';
import { beat } from '../store/processes';
import { openStore } from '../store/store';
import { makeWorker } from './worker';

/** `npm run worker`: runs workflows and writes down what they decide. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = makeLog('worker', config.LOG_LEVEL);
  for (const warning of config.warnings) log.warn(warning);
  const store = await persistently('database', log, () =>
    openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal }),
  );
  const stopBeat = beat(store, 'worker', config.XIAOHAO_BUILD_ID);
  const worker = await persistently('temporal', log, () => makeWorker(config, store, log));
  const running = worker.run();
  untilStopped(log, async () => {
    worker.shutdown();
    await running;
    await stopBeat();
    await store.close();
  });
  log.info({ taskQueue: config.taskQueue }, 'worker ready');
  await running;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
