import { checkForm } from '../../domain/form';
import type { FormField } from '../../domain/plan';
import { loadTemplate } from '../../templates/campaigns/read-plan';

const label = { zh: '项', en: 'field' };
const field = (code: string, kind: FormField['kind'], required = true, columns?: FormField[]): FormField => ({
  code,
  label,
  kind,
  required,
  ...(columns && { columns }),
});

const FORM: FormField[] = [
  field('name', 'text'),
  field('account', 'paragraph', false),
  field('found', 'number'),
  field('on', 'date'),
  field('open', 'yes-no'),
  field('rows', 'rows', false, [field('problem', 'paragraph'), field('due', 'date', false)]),
];
const GOOD = { name: '甲', found: 0, on: '2026-12-10', open: false, rows: [{ problem: '灭火器过期' }] };

const troubles = (form: object) => checkForm(FORM, form as never).map(({ place, code }) => `${place} ${code}`);

test('a complete form has no troubles; zero and "no" are answers', () => {
  expect(troubles(GOOD)).toEqual([]);
});

test('every required field is named, blanks and nulls included', () => {
  expect(troubles({ name: '  ', found: null })).toEqual([
    'name field-missing',
    'found field-missing',
    'on field-missing',
    'open field-missing',
  ]);
});

test.each([
  ['name', 5, 'not-text'],
  ['name', 'x'.repeat(501), 'too-long'],
  ['account', 'x'.repeat(20_001), 'too-long'],
  ['found', '12', 'not-a-number'],
  ['on', '2026-02-30', 'not-a-date'],
  ['on', '10/12/2026', 'not-a-date'],
  ['open', 'yes', 'not-yes-or-no'],
  ['rows', 'none', 'not-rows'],
  ['rows', ['text'], 'not-rows'],
  ['rows', Array.from({ length: 1001 }, () => ({ problem: 'x' })), 'too-many-rows'],
])('%s: a wrong value', (code, value, expected) => {
  expect(troubles({ ...GOOD, [code]: value })).toEqual([`${code} ${expected}`]);
});

test('in rows the row, counted from 1, and the column are named', () => {
  const rows = [{ problem: 'a' }, { problem: '', due: 'soon' }, { problem: 'c', colour: 'red' }];
  expect(troubles({ ...GOOD, rows })).toEqual([
    'rows/2/problem field-missing',
    'rows/2/due not-a-date',
    'rows/3/colour field-unknown',
  ]);
});

test('a field the form does not have is not swallowed', () => {
  expect(troubles({ ...GOOD, nmae: '甲' })).toEqual(['nmae field-unknown']);
});

test('what an object inherits is no value', () => {
  expect(checkForm([field('constructor', 'text')], {})).toEqual([
    { place: 'constructor', code: 'field-missing', label },
  ]);
});

test('every form of the shipped plan can be filled in', () => {
  const answer = { text: '甲', paragraph: '乙', number: 1, date: '2026-12-10', 'yes-no': true };
  const fill = (fields: FormField[]): Record<string, unknown> =>
    Object.fromEntries(
      fields.map(({ code, kind, columns }) => [code, kind === 'rows' ? [fill(columns!)] : answer[kind]]),
    );
  for (const { code, form } of loadTemplate('county-health').obligations) {
    expect([code, checkForm(form, fill(form) as never)]).toEqual([code, []]);
  }
});
