import { accessSync, constants, statSync } from 'node:fs';
import { aboutSetting, SETTING_NAMES, SETTINGS, type SettingName, type Settings, shown } from './settings';
import { nearest } from './spelling';

export type Config = ReturnType<typeof readConfig>;

/** One setting that cannot be used, and what could be. */
export interface Mistake {
  setting: string;
  /** As it was set, without secrets. */
  read: string;
  wanted: string;
}

/** Everything that is wrong with the settings, at once: whoever mends them one by one starts as many times. */
export class ConfigError extends Error {
  constructor(readonly mistakes: Mistake[]) {
    const lines = mistakes.map(({ setting, read, wanted }) => `  ${setting}: read ${read}; wanted ${wanted}`);
    const count = mistakes.length === 1 ? 'one setting is wrong' : `${mistakes.length} settings are wrong`;
    super(`${count} (xiaohao config lists them all):\n${lines.join('\n')}`);
  }
}

type Given = Partial<Record<string, string>>;

/**
 * The one place that reads the environment. Nothing is connected to and nothing started before it is content.
 * @throws ConfigError naming every setting that is wrong, all at once.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  const given: Given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = SETTINGS.safeParse(given);
  const wrong = new Map<string, Mistake>();
  const note = (mistake: Mistake) => {
    if (!wrong.has(mistake.setting)) wrong.set(mistake.setting, mistake);
  };
  for (const issue of parsed.error?.issues ?? []) note(mistakeIn(issue.path[0] as SettingName, given));
  for (const mistake of [...unreadable(given), ...contradictions(given), ...unknown(given)]) note(mistake);
  if (wrong.size > 0 || !parsed.success) throw new ConfigError([...wrong.values()]);
  const settings = parsed.data;
  const rehearsal = settings.XIAOHAO_MODE === 'rehearsal' ? settings.XIAOHAO_REHEARSAL : undefined;
  return {
    ...settings,
    rehearsal,
    // A rehearsal can never touch a real campaign: namespace and database are its own, whatever is set.
    namespace: rehearsal === undefined ? (settings.TEMPORAL_NAMESPACE ?? 'xiaohao') : 'xiaohao-rehearsal',
    database: rehearsal === undefined ? (settings.MONGODB_DATABASE ?? 'xiaohao') : `xiaohao_rehearsal_${rehearsal}`,
    taskQueue: rehearsal === undefined ? 'xiaohao' : `xiaohao-rehearsal-${rehearsal}`,
    /** What can be run with, but is hardly meant. */
    warnings: warningsOf(settings, given),
  };
}

function mistakeIn(setting: SettingName, given: Given, wanted = aboutSetting(setting).wanted): Mistake {
  const value = given[setting];
  return { setting, read: value === undefined ? 'nothing' : JSON.stringify(shown(setting, value)), wanted };
}

/** Files that are named and cannot be read. */
function unreadable(given: Given): Mistake[] {
  const named = SETTING_NAMES.filter((name) => aboutSetting(name).file && given[name] !== undefined);
  return named.filter((name) => !readable(given[name]!)).map((name) => mistakeIn(name, given));
}

function readable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Settings that are right each by itself, and wrong together. */
function contradictions(given: Given): Mistake[] {
  const found: Mistake[] = [];
  const { TEMPORAL_TLS_CERT_FILE: cert, TEMPORAL_TLS_KEY_FILE: key, TEMPORAL_TLS: tls } = given;
  const half = 'certificate and key together';
  if (cert !== undefined && key === undefined) found.push(mistakeIn('TEMPORAL_TLS_KEY_FILE', given, half));
  if (key !== undefined && cert === undefined) found.push(mistakeIn('TEMPORAL_TLS_CERT_FILE', given, half));
  const secured = (['TEMPORAL_TLS_CERT_FILE', 'TEMPORAL_TLS_CA_FILE', 'TEMPORAL_API_KEY'] as const).find(
    (name) => given[name] !== undefined,
  );
  if (secured && SETTINGS.shape.TEMPORAL_TLS.safeParse(tls).data === false) {
    found.push(mistakeIn('TEMPORAL_TLS', given, `true, or ${secured} unset`));
  }
  const rehearsed = given.XIAOHAO_MODE === 'rehearsal';
  if (given.XIAOHAO_REHEARSAL !== undefined && !rehearsed) {
    found.push(mistakeIn('XIAOHAO_REHEARSAL', given, 'nothing, or XIAOHAO_MODE=rehearsal beside it'));
  }
  if (rehearsed && given.SMTP_URL !== undefined && !isLoopback(given.SMTP_URL)) {
    found.push(mistakeIn('SMTP_URL', given, 'a mail server of this machine: no rehearsal writes to anybody'));
  }
  if (rehearsed && given.BOUNCE_IMAP_URL !== undefined && !isLoopback(given.BOUNCE_IMAP_URL)) {
    found.push(mistakeIn('BOUNCE_IMAP_URL', given, 'nothing: a rehearsal must not take reports from real campaigns'));
  }
  return found;
}

/** A name that is ours by its beginning and is not known is a slip of the pen that would pass unnoticed. */
function unknown(given: Given): Mistake[] {
  const strangers = Object.keys(given).filter((name) => name.startsWith('XIAOHAO_') && !isSetting(name));
  return strangers.map((setting) => {
    const meant = nearest(setting, SETTING_NAMES);
    return { setting, read: 'a setting that is not known', wanted: `${meant.name}, or unset it` };
  });
}

function warningsOf(settings: Settings, given: Given): string[] {
  const { MONGODB_URI: mongo, SMTP_URL: smtp, BASE_URL: base, XIAOHAO_MODE: mode } = settings;
  const near = Object.keys(given).flatMap((name) => {
    if (isSetting(name) || !/^(TEMPORAL|MONGO|SMTP|MAIL|BASE|RATE|ROLL)/.test(name)) return [];
    const meant = nearest(name, SETTING_NAMES);
    return meant.distance <= 2 ? [`${name} is not known; ${meant.name} may be meant`] : [];
  });
  const ignored = (['TEMPORAL_NAMESPACE', 'MONGODB_DATABASE'] as const).filter(
    (name) => mode === 'rehearsal' && given[name] !== undefined,
  );
  return [
    ...near,
    ...ignored.map((name) => `${name} is not used: a rehearsal has its own`),
    ...(mongo.startsWith('mongodb://') && !/[?&]replicaSet=/.test(mongo)
      ? ['MONGODB_URI names no replicaSet: transactions and change streams need one']
      : []),
    ...(!isLoopback(smtp) && isLoopback(base)
      ? ['BASE_URL is an address of this machine: links in mails that leave it would lead nowhere']
      : []),
  ];
}

function isSetting(name: string): name is SettingName {
  return name in SETTINGS.shape;
}

function isLoopback(url: string): boolean {
  return URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
