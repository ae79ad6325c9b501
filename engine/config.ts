import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const flag = z.stringbool();

const schema = z.object({
  /** `campaign` for real campaigns, `rehearsal` for one whose clock is moved by hand. */
  XIAOHAO_MODE: z.enum(['campaign', 'rehearsal']).default('campaign'),
  /** Name of the rehearsal; only in that mode. */
  XIAOHAO_REHEARSAL: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('demo'),
  TEMPORAL_ADDRESS: z.string().min(1).default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().min(1).optional(),
  /** TLS to Temporal: `true`, or implied by a client certificate or an API key. */
  TEMPORAL_TLS: flag.optional(),
  TEMPORAL_TLS_CERT_FILE: z.string().optional(),
  TEMPORAL_TLS_KEY_FILE: z.string().optional(),
  TEMPORAL_TLS_CA_FILE: z.string().optional(),
  TEMPORAL_API_KEY: z.string().optional(),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//)
    .default('mongodb://127.0.0.1:27017/?replicaSet=rs0'),
  MONGODB_DATABASE: z.string().min(1).optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//)
    .default('smtp://127.0.0.1:1025'),
  MAIL_FROM: z.string().default('xiaohao@localhost'),
  /** What links in mails begin with. */
  BASE_URL: z.url().default('http://127.0.0.1:8080'),
  PORT: port.default(8080),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Requests a token, or without one an address, may make per minute: far above what people and our own tools do. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(30_000),
  /** Cases a worker keeps in memory, about 1 MB each. */
  MAX_CACHED_WORKFLOWS: z.coerce.number().int().min(1).default(600),
  /** New cases a roll-out starts per second. */
  ROLL_OUT_PER_SECOND: z.coerce.number().min(1).default(100),
  /** Of this release, where workers are versioned: running cases stay with theirs until their next run. */
  XIAOHAO_BUILD_ID: z.string().min(1).optional(),
  /** Where the API of the embedded mailbox listens; set by the demo. */
  MAILBOX_URL: z.url().optional(),
});

export type Config = ReturnType<typeof readConfig>;

/**
 * The one place that reads the environment.
 * @throws Error naming every setting that is wrong, all at once.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const troubles = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`these settings are wrong:\n${troubles.join('\n')}`);
  }
  const settings = parsed.data;
  const rehearsal = settings.XIAOHAO_MODE === 'rehearsal' ? settings.XIAOHAO_REHEARSAL : undefined;
  if (rehearsal !== undefined && !isLoopback(settings.SMTP_URL)) {
    throw new Error('these settings are wrong:\n  SMTP_URL: a rehearsal sends mail to this machine only');
  }
  return {
    ...settings,
    rehearsal,
    // A rehearsal can never touch a real campaign: namespace and database are its own, whatever is set.
    namespace: rehearsal === undefined ? (settings.TEMPORAL_NAMESPACE ?? 'xiaohao') : 'xiaohao-rehearsal',
    database: rehearsal === undefined ? (settings.MONGODB_DATABASE ?? 'xiaohao') : `xiaohao_rehearsal_${rehearsal}`,
    taskQueue: rehearsal === undefined ? 'xiaohao' : `xiaohao-rehearsal-${rehearsal}`,
  };
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
