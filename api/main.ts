import { once } from 'node:events';
import { createServer } from 'node:http';
import { Cases } from '../engine/cases';
import { readConfig } from '../engine/config';
import { connectClient } from '../engine/connect';
import { makeLog } from '../engine/log';
import { workersPolling } from '../engine/probe';
import { persistently, untilStopped } from '../engine/process';
import { EngineControl } from '../rehearsal/engine-control';
import { beat } from '../store/processes';
import { openStore } from '../store/store';
import { makeApp } from './app';
import { WaitingRoom } from './http/waiting-room';

/** Longer than any request but a long advance of a rehearsal, which is taken up again where it was. */
const FINISH_MS = 12_000;

/** `npm run api`: the API, a process of its own; as many as wanted may run side by side. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = makeLog('api', config.LOG_LEVEL);
  for (const warning of config.warnings) log.warn(warning);
  const room = new WaitingRoom();
  const server = createServer(room.listener);
  let letGo = async () => {};
  untilStopped(log, async () => {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    const timer = setTimeout(() => server.closeAllConnections(), FINISH_MS);
    await closed;
    clearTimeout(timer);
    await letGo();
  });
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  log.info({ host: config.HOST, port: config.PORT }, 'listening');

  const store = await persistently('database', log, () =>
    openStore({ uri: config.MONGODB_URI, database: config.database, rehearsal: config.rehearsal }),
  );
  const stopBeat = beat(store, 'api', config.XIAOHAO_BUILD_ID);
  const client = await connectClient(config);
  const cases = new Cases(client, config.taskQueue, config.rehearsal !== undefined);
  const rehearsal =
    config.rehearsal === undefined ? undefined : new EngineControl(config.rehearsal, store, client, cases);
  const engine = { workers: () => workersPolling(client, config.taskQueue) };
  const app = makeApp({ store, cases, engine, config, log, ...(rehearsal && { rehearsal }) });
  letGo = async () => {
    await app.close();
    await client.connection.close();
    await stopBeat();
    await store.close();
  };
  room.admit(app);
  log.info('api ready');
}

main().catch((error) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});
