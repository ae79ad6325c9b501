import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plan } from '../../../domain/plan';
import { checkPlan } from '../../../domain/plan-check';
import { readPlan } from '../../../templates/campaigns/read-plan';
import { found } from './plan-of';

/** The seed document as it was written: each of its mistakes is named, and nothing else. */
const reading = readPlan(readFileSync(path.join(__dirname, 'seed-as-written.yaml'), 'utf8'));
const plan = (reading as { plan: Plan }).plan;
const messages = (code: string) =>
  checkPlan(plan, { launch: false })
    .filter((finding) => finding.code === code)
    .map(({ message }) => message.zh);

it('is a readable plan', () => expect(reading).toHaveProperty('plan'));

it('names exactly its mistakes', () => {
  const summaries = ['work-summary', 'chemicals-summary', 'construction-summary'];
  expect(found(plan).sort()).toEqual(
    [
      ...summaries.map((code) => `error due-before-start obligations/${code}/due`),
      ...summaries.map((code) => `error due-out-of-order obligations/${code}/due`),
      ...summaries.map((code) => `warning due-before-end obligations/${code}/due`),
      'error stated-differently obligations/work-summary/alsoStated/1',
      'error part-absent parts/annex-3',
      'warning part-without-number parts/2.1',
      ...[0, 1, 2].map((index) => `warning contact-open contacts/${index}`),
    ].sort(),
  );
});

it('sets the summary against the start and against the deployment report', () => {
  expect(messages('due-before-start')[0]).toContain('2024-02-13 早于开始日 2024-12-09');
  expect(messages('due-out-of-order')[0]).toMatch(/2024-02-13.*2024-12-16.*2024-12-30/);
});

it('names the other day of annex 2', () => {
  expect(messages('stated-differently')).toEqual([
    '工作总结：三末段为 2024-02-13，附件2四（三）为 2024-01-13，两处不一致。',
  ]);
});

it('names annex 3 with who refers to it, and the heading without its number', () => {
  expect(messages('part-absent')[0]).toMatch(/工作要求.*附件3/);
  expect(messages('part-without-number')[0]).toContain('综合整治重点');
});

it('refuses a launch with the contacts left as XX', () => {
  expect(found(plan, { launch: true })).toContain('error contact-open contacts/0');
});

it('still finds the summaries early once the year is put right', () => {
  const later = (due: Plan['obligations'][number]['due']) =>
    'date' in due && due.date.startsWith('2024-0') ? { date: due.date.replace('2024', '2025') } : due;
  const corrected = {
    ...plan,
    obligations: plan.obligations.map((o) => ({ ...o, due: later(o.due), alsoStated: [] })),
  };
  const codes = new Set(checkPlan(corrected, { launch: false }).map(({ code }) => code));
  expect(codes).toEqual(new Set(['due-before-end', 'part-absent', 'part-without-number', 'contact-open']));
});
