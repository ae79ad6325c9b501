import type { ChecklistItem } from '../../../domain/plan';
import { checkPlan } from '../../../domain/plan-check';
import { citationOf } from '../../../domain/plan-check/parts';
import { occurrences } from '../../../domain/plan-dates';
import { loadTemplate } from '../../../templates/campaigns/read-plan';
import { sourceParagraphs } from './source-paragraphs';

const plan = loadTemplate('county-health');
const items = plan.sectors.flatMap(({ checklist }) => checklist);
const paragraphs = sourceParagraphs();

describe('the check of the template', () => {
  it('finds warnings only', () => {
    const codes = checkPlan(plan, { launch: false }).map(({ severity, code }) => `${severity} ${code}`);
    expect(new Set(codes)).toEqual(new Set(['warning due-before-end', 'warning contact-open']));
  });
  it.each([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2030])('finds warnings only when started in %d', (year) => {
    const run = { ...plan, template: false, start: `${year}-12-09` };
    const errors = checkPlan(run, { launch: false }).filter(({ severity }) => severity === 'error');
    expect(errors).toEqual([]);
  });
});

describe('its days, started on 9 December 2024', () => {
  const run = { ...plan, start: '2024-12-09' };
  it.each([
    ['deployment-report', ['2024-12-16']],
    ['three-lists', ['2024-12-30']],
    ['construction-summary', ['2025-01-13']],
    ['chemicals-summary', ['2025-02-13']],
    ['work-summary', ['2025-02-13']],
    ['self-inspection', ['2024-12-24', '2025-01-08', '2025-01-23', '2025-02-07', '2025-02-22']],
  ])('has %s due on %j', (code, days) => {
    const obligation = run.obligations.find((candidate) => candidate.code === code)!;
    expect(occurrences(obligation, run).map(({ due }) => due)).toEqual(days);
  });
});

describe('its parts', () => {
  it('are the headings of the document, and annex 3', () => {
    const citations = plan.parts.map((part) => citationOf(part, plan.parts));
    expect(citations).toEqual([...paragraphs.keys(), '附件3']);
  });
});

describe('its checklists', () => {
  it.each(items)('$code cites a paragraph that says it', ({ source, text }: ChecklistItem) => {
    const paragraph = paragraphs.get(source);
    expect(paragraph).toBeDefined();
    expect(shareOf(text.zh, paragraph!)).toBeGreaterThanOrEqual(0.55);
  });

  it('has items of every paragraph that names problems or requirements', () => {
    const named = [...paragraphs.keys()].filter((citation) =>
      /^二（[一二四]）\d|^二（三）|^附件1二（|^附件2三（[一二]）\d|^附件2三（[三四]）/.test(citation),
    );
    expect(named.length).toBe(26);
    expect(new Set(items.map(({ source }) => source))).toEqual(new Set(named));
  });

  it('names each sector in each of its item codes, and both languages', () => {
    for (const { code, checklist } of plan.sectors) {
      for (const item of checklist) expect(item.code.startsWith(`${code}-`)).toBe(true);
    }
    for (const { text } of items) {
      expect(text.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(text.en).toMatch(/^[\x20-\x7e]+$/);
    }
  });

  it('takes what is plainly a major hazard for one', () => {
    const major = (needle: string) => items.filter(({ text }) => text.zh.includes(needle)).map(({ grade }) => grade);
    for (const needle of ['紧急切断', '疏散通道', '三合一', '无相关资质证书', '深基坑', '违法分包', '超期未检钢瓶']) {
      expect([needle, ...new Set(major(needle))]).toEqual([needle, 'major']);
    }
  });
});

/** How many of a text's pairs of characters the paragraph has: 1 where it is quoted word for word. */
function shareOf(text: string, paragraph: string): number {
  const pairs = Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2));
  return pairs.filter((pair) => paragraph.includes(pair)).length / pairs.length;
}
