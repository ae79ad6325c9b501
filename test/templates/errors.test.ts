import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES, errorText, FIELD_TROUBLES } from '../../templates/errors';

const DOMAIN = path.join(__dirname, '../../domain');

test('every code with which the rules refuse has its sentence', () => {
  const sources = readdirSync(DOMAIN, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const codes = sources.flatMap((name) =>
    [...readFileSync(path.join(DOMAIN, name), 'utf8').matchAll(/refused: '([a-z-]+)'/g)].map(([, code]) => code!),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect([...new Set(codes)].filter((code) => !(ERROR_CODES as string[]).includes(code))).toEqual([]);
});

test.each(ERROR_CODES)('%s speaks both languages', (code) => {
  const { zh, en } = errorText(code, { possible: ['file'], with: 'admin' });
  expect(zh).toMatch(/\p{Script=Han}/u);
  expect(en).not.toMatch(/\p{Script=Han}/u);
});

test('a code nobody has a sentence for is said in general words', () => {
  expect(errorText('gate-still-open', {})).toEqual({
    zh: '不能办理（gate-still-open）',
    en: 'this was refused (gate-still-open)',
  });
});

test('what is possible is listed only where something is', () => {
  expect(errorText('not-now', { possible: [] }).en).toBe('this cannot be done in its present state');
  expect(errorText('not-now', { possible: ['file', 'urge'] }).en).toContain('what can be done: file, urge');
});

test('every trouble of a field speaks both languages', () => {
  for (const { zh, en } of Object.values(FIELD_TROUBLES)) {
    expect(zh).toMatch(/\p{Script=Han}/u);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  }
});
