import { ConfigError, type Mistake, readConfig } from '../../engine/config';
import { SETTING_NAMES, shown } from '../../engine/settings';

function mistakesIn(env: Record<string, string>): Mistake[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}
const namesIn = (env: Record<string, string>) => mistakesIn(env).map(({ setting }) => setting);

/** Of as many kinds. */
const WRONG = {
  XIAOHAO_MODE: 'production',
  XIAOHAO_REHEARSAL: 'June 2026',
  XIAOHAO_BULID_ID: '7',
  TEMPORAL_ADDRESS: 'temporal',
  TEMPORAL_TLS: 'perhaps',
  TEMPORAL_TLS_CERT_FILE: '/nowhere/client.pem',
  TEMPORAL_UI_URL: 'temporal.example',
  MONGODB_URI: 'postgres://root:geheim@db.example/xiaohao',
  MONGODB_DATABASE: 'a/b',
  SMTP_URL: 'post:hush@mail.example',
  MAIL_FROM: 'the health office',
  BASE_URL: 'ftp://office.example',
  PORT: '80800',
  LOG_LEVEL: 'loud',
  RATE_LIMIT_PER_MINUTE: 'many',
  MAX_CACHED_WORKFLOWS: '1.5',
  ROLL_OUT_PER_SECOND: '0',
};

describe('settings that are wrong', () => {
  test('are all named at once, each with what was read and what is wanted', () => {
    const mistakes = mistakesIn(WRONG);
    const named = mistakes.map(({ setting }) => setting);
    expect([...named].sort()).toEqual([...Object.keys(WRONG), 'TEMPORAL_TLS_KEY_FILE'].sort());
    expect(mistakes.find(({ setting }) => setting === 'PORT')).toEqual({
      setting: 'PORT',
      read: '"80800"',
      wanted: 'a whole number from 0 to 65535',
    });
    const text = new ConfigError(mistakes).message.split('\n');
    expect(text).toHaveLength(1 + mistakes.length);
    expect(text[0]).toContain(`${mistakes.length} settings are wrong`);
    expect(text).toContain(
      '  XIAOHAO_BULID_ID: read a setting that is not known; wanted XIAOHAO_BUILD_ID, or unset it',
    );
  });

  test('are shown without the secrets in them', () => {
    const text = new ConfigError(mistakesIn(WRONG)).message;
    expect(text).toContain('postgres://***@db.example/xiaohao');
    expect(text).not.toMatch(/geheim|hush/);
    expect(shown('TEMPORAL_API_KEY', 'k-123')).not.toContain('k-123');
    expect(shown('MONGODB_URI', 'mongodb://u:p@ss/w@h/?tlsCertificateKeyFilePassword=hush&replicaSet=a')).toBe(
      'mongodb://***@h/?tlsCertificateKeyFilePassword=***&replicaSet=a',
    );
  });

  test('are those that contradict each other as well', () => {
    const here = __filename;
    expect(namesIn({ TEMPORAL_TLS_CERT_FILE: here })).toEqual(['TEMPORAL_TLS_KEY_FILE']);
    expect(namesIn({ TEMPORAL_TLS_KEY_FILE: here })).toEqual(['TEMPORAL_TLS_CERT_FILE']);
    expect(namesIn({ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'k' })).toEqual(['TEMPORAL_TLS']);
    expect(namesIn({ TEMPORAL_TLS_CA_FILE: __dirname })).toEqual(['TEMPORAL_TLS_CA_FILE']);
    expect(namesIn({ XIAOHAO_REHEARSAL: 'june' })).toEqual(['XIAOHAO_REHEARSAL']);
    expect(namesIn({ XIAOHAO_MODE: 'rehearsal', SMTP_URL: 'smtp://mail.example' })).toEqual(['SMTP_URL']);
    expect(namesIn({ XIAOHAO_MODE: 'rehearsal', SMTP_URL: 'smtp://localhost:25' })).toEqual([]);
  });
});

test('what can be run with but is hardly meant is a warning', () => {
  expect(readConfig({}).warnings).toEqual([]);
  const { warnings } = readConfig({
    MONGODB_URI: 'mongodb://db.example/',
    SMTP_URL: 'smtp://mail.example',
    TEMPORAL_ADRESS: 'temporal:7233',
  });
  expect(warnings).toEqual([
    'TEMPORAL_ADRESS is not known; TEMPORAL_ADDRESS may be meant',
    expect.stringContaining('replicaSet'),
    expect.stringContaining('BASE_URL'),
  ]);
  expect(readConfig({ XIAOHAO_MODE: 'rehearsal', MONGODB_DATABASE: 'real' })).toMatchObject({
    database: 'xiaohao_rehearsal_demo',
    warnings: [expect.stringContaining('MONGODB_DATABASE')],
  });
});

test('an empty setting is none', () => {
  const blank = Object.fromEntries(SETTING_NAMES.map((name) => [name, '']));
  expect(readConfig(blank)).toEqual(readConfig({}));
});
