import { createTransport } from 'nodemailer';
import { type Config, ConfigError, readConfig } from '../engine/config';
import { inspectEngine } from '../engine/inspect';
import { shown } from '../engine/settings';
import { inspectDatabase } from '../store/inspect';
import { type Check, checkDatabase, checkEngine } from './doctor-checks';

const SMTP_PATIENCE_MS = 4_000;
/** Temporal's client would go on trying for longer than anybody watches a terminal. */
const PATIENCE_MS = 8_000;

/** All checks, side by side: what is away must not keep the others from being looked at. */
export async function examine(env: NodeJS.ProcessEnv = process.env): Promise<Check[]> {
  let config: Config;
  try {
    config = readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.mistakes.map(({ setting, read, wanted }) => ({
      what: setting,
      state: 'wrong',
      text: `read ${read}; wanted ${wanted}`,
    }));
  }
  const { namespace, taskQueue, database, XIAOHAO_MODE: mode } = config;
  const found = await Promise.all([
    away('temporal', config.TEMPORAL_ADDRESS, async () =>
      checkEngine(await inspectEngine(config), { namespace, taskQueue }),
    ),
    away('mongodb', shown('MONGODB_URI', config.MONGODB_URI), async () =>
      checkDatabase(await inspectDatabase(config.MONGODB_URI, database), { database, mode }),
    ),
    away('mail server', shown('SMTP_URL', config.SMTP_URL), () => greet(config)),
  ]);
  return [
    { what: 'settings', state: 'ok', text: `for mode ${mode}; xiaohao config lists them` },
    ...config.warnings.map((text): Check => ({ what: 'settings', state: 'warning', text })),
    ...found.flat(),
  ];
}

async function greet(config: Config): Promise<Check[]> {
  const transport = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: SMTP_PATIENCE_MS,
    greetingTimeout: SMTP_PATIENCE_MS,
    socketTimeout: SMTP_PATIENCE_MS,
  });
  try {
    await transport.verify();
    return [{ what: 'mail server', state: 'ok', text: `${shown('SMTP_URL', config.SMTP_URL)} greets` }];
  } finally {
    transport.close();
  }
}

async function away(what: string, where: string, look: () => Promise<Check[]>): Promise<Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    return await Promise.race([look(), late]);
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    // A driver's sentence may have the address with its password in it.
    const why = typeof code === 'string' ? code : message.split('\n')[0]!.replace(/\/\/[^@\s]*@/, '//***@');
    return [
      { what, state: 'wrong', text: `${where} cannot be used (${why}): is it running, and is the setting right?` },
    ];
  } finally {
    clearTimeout(timer);
  }
}
