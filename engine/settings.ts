import { z } from 'zod';

/** What a setting is for, besides what its schema says. */
interface About {
  meaning: string;
  /** What is accepted, to go on from "wanted". */
  wanted: string;
  /** `true`: never shown. `url`: shown without user, password and secret parameters. */
  secret?: boolean | 'url';
  /** The name of a file that must be there and readable. */
  file?: boolean;
}

const about = <S extends z.ZodType>(schema: S, meta: About): S => schema.meta({ ...meta });

const url = (...protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol));
const http = url('http:', 'https:');
const hostAndPort = z.string().regex(/^(\[[0-9a-f:]+\]|[a-z0-9._-]+):\d{1,5}$/i);
const whole = (min: number, max = 1_000_000_000) => z.coerce.number().int().min(min).max(max);
const file = z.string();
const name = z.string().regex(/^[A-Za-z0-9._-]{1,60}$/);

/** Every setting there is: its meaning, what is accepted, its default. `xiaohao config` prints this. */
export const SETTINGS = z.object({
  XIAOHAO_MODE: about(z.enum(['campaign', 'rehearsal']).default('campaign'), {
    meaning: 'for real campaigns, or a rehearsal whose clock is moved by hand',
    wanted: 'campaign or rehearsal',
  }),
  XIAOHAO_REHEARSAL: about(
    z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/)
      .default('demo'),
    { meaning: 'name of the rehearsal', wanted: '1 to 40 of a-z, 0-9 and -, and XIAOHAO_MODE=rehearsal' },
  ),
  TEMPORAL_ADDRESS: about(hostAndPort.default('127.0.0.1:7233'), {
    meaning: 'Temporal frontend',
    wanted: 'host:port',
  }),
  TEMPORAL_NAMESPACE: about(name.optional(), {
    meaning: 'namespace of real campaigns; "xiaohao" when unset; a rehearsal has its own',
    wanted: '1 to 60 letters, digits, ., _ or -',
  }),
  TEMPORAL_TLS: about(z.stringbool().optional(), {
    meaning: 'TLS to Temporal; implied by a certificate or an API key',
    wanted: 'true or false',
  }),
  TEMPORAL_TLS_CERT_FILE: about(file.optional(), {
    meaning: 'client certificate (PEM)',
    wanted: 'a file that can be read, together with TEMPORAL_TLS_KEY_FILE',
    file: true,
  }),
  TEMPORAL_TLS_KEY_FILE: about(file.optional(), {
    meaning: 'key of the client certificate (PEM)',
    wanted: 'a file that can be read, together with TEMPORAL_TLS_CERT_FILE',
    file: true,
  }),
  TEMPORAL_TLS_CA_FILE: about(file.optional(), {
    meaning: 'who is trusted to certify Temporal (PEM)',
    wanted: 'a file that can be read',
    file: true,
  }),
  TEMPORAL_API_KEY: about(z.string().optional(), {
    meaning: 'API key for Temporal',
    wanted: 'a key',
    secret: true,
  }),
  TEMPORAL_UI_URL: about(http.optional(), {
    meaning: 'where Temporal’s own pages are; commands then give links to histories',
    wanted: 'a URL that begins with http:// or https://',
  }),
  MONGODB_URI: about(
    z
      .string()
      .regex(/^mongodb(\+srv)?:\/\/[^/?]+/)
      .default('mongodb://127.0.0.1:27017/?replicaSet=rs0'),
    {
      meaning: 'MongoDB, a replica set (transactions and change streams need one)',
      wanted: 'a URL that begins with mongodb:// or mongodb+srv://',
      secret: 'url',
    },
  ),
  MONGODB_DATABASE: about(name.optional(), {
    meaning: 'database of real campaigns; "xiaohao" when unset; a rehearsal has its own',
    wanted: '1 to 60 letters, digits, ., _ or -',
  }),
  SMTP_URL: about(url('smtp:', 'smtps:').default('smtp://127.0.0.1:1025'), {
    meaning: 'mail server; in a rehearsal one of this machine',
    wanted: 'a URL that begins with smtp:// or smtps://; in a rehearsal of this machine only',
    secret: 'url',
  }),
  MAIL_FROM: about(
    z
      .string()
      .regex(/^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/)
      .default('xiaohao@localhost'),
    { meaning: 'sender of all mail', wanted: 'an address, or: Name <address>' },
  ),
  BOUNCE_IMAP_URL: about(url('imap:', 'imaps:').optional(), {
    meaning: 'mailbox letters come back to; addresses that bounced are passed over',
    wanted: 'a URL that begins with imap:// or imaps://, with user, password and folder',
    secret: 'url',
  }),
  BASE_URL: about(http.default('http://127.0.0.1:8080'), {
    meaning: 'what links in mails begin with',
    wanted: 'a URL that begins with http:// or https://',
  }),
  PORT: about(whole(0, 65_535).default(8080), {
    meaning: 'port of the API',
    wanted: 'a whole number from 0 to 65535',
  }),
  HOST: about(z.string().default('127.0.0.1'), {
    meaning: 'address the API listens on; 0.0.0.0 for all',
    wanted: 'an address of this machine',
  }),
  LOG_LEVEL: about(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'), {
    meaning: 'what goes into the logs',
    wanted: 'fatal, error, warn, info, debug, trace or silent',
  }),
  // Far above what people and our own tools do.
  RATE_LIMIT_PER_MINUTE: about(whole(1).default(30_000), {
    meaning: 'requests a token, or without one an address, may make per minute',
    wanted: 'a whole number from 1',
  }),
  ATTACHMENT_LIMIT_MB: about(whole(1, 2_000).default(50), {
    meaning: 'how large one attachment may be, in MB (1,000,000 bytes)',
    wanted: 'a whole number from 1 to 2000',
  }),
  MAX_CACHED_WORKFLOWS: about(whole(1).default(600), {
    meaning: 'cases a worker keeps in memory, about 1 MB each',
    wanted: 'a whole number from 1',
  }),
  ROLL_OUT_PER_SECOND: about(z.coerce.number().min(1).max(100_000).default(100), {
    meaning: 'new cases a roll-out starts per second',
    wanted: 'a number from 1',
  }),
  XIAOHAO_BUILD_ID: about(name.optional(), {
    meaning: 'of this release, where workers are versioned: running cases stay with theirs until their next run',
    wanted: '1 to 60 letters, digits, ., _ or -',
  }),
  MAILBOX_URL: about(http.optional(), {
    meaning: 'API of the embedded mailbox; set by the demo',
    wanted: 'a URL that begins with http:// or https://',
  }),
  XIAOHAO_DATA: about(z.string().default('.xiaohao'), {
    meaning: 'folder for what is kept on this machine (start, demo)',
    wanted: 'a folder',
  }),
  XIAOHAO_CACHE: about(z.string().optional(), {
    meaning: 'folder for downloaded servers (start, demo)',
    wanted: 'a folder',
  }),
  XIAOHAO_URL: about(http.optional(), {
    meaning: 'the API the command line speaks to',
    wanted: 'a URL that begins with http:// or https://',
  }),
  XIAOHAO_TOKEN: about(z.string().optional(), {
    meaning: 'token of the command line',
    wanted: 'a token',
    secret: true,
  }),
});

export type Settings = z.output<typeof SETTINGS>;
export type SettingName = keyof Settings;

export const SETTING_NAMES = Object.keys(SETTINGS.shape) as SettingName[];

export function aboutSetting(setting: SettingName): About {
  return SETTINGS.shape[setting].meta() as unknown as About;
}

/** The value of a setting as it may be shown. */
export function shown(setting: SettingName, value: string): string {
  const { secret } = aboutSetting(setting);
  if (secret === true) return '(secret, not shown)';
  if (secret === undefined || secret === false) return value;
  // Up to the last @: a password may have any sign in it where somebody forgot to escape it.
  return value
    .replace(/^([a-z+]*:\/\/)?.*@/i, '$1***@')
    .replace(/([?&][^=&]*(?:password|secret|token|credential|authMechanismProperties)[^=&]*=)[^&]*/gi, '$1***');
}
