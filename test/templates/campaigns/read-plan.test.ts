import { readFileSync } from 'node:fs';
import { loadTemplate, readPlan, type Trouble } from '../../../templates/campaigns/read-plan';
import { shippedFile, shippedText } from '../../../templates/campaigns/shipped';

const text = readFileSync(shippedFile('county-health.yaml')!, 'utf8');
const troublesOf = (yaml: string): Trouble[] => {
  const reading = readPlan(yaml);
  return 'troubles' in reading ? reading.troubles : [];
};
/** The shipped plan with one line changed, and the number of that line. */
function spoiled(from: string, to: string): { yaml: string; line: number } {
  expect(text).toContain(from);
  return { yaml: text.replace(from, to), line: text.slice(0, text.indexOf(from)).split('\n').length };
}

it('reads the shipped plan, calendar copied in', () => {
  const reading = readPlan(text);
  expect(reading).toEqual({ plan: loadTemplate('county-health') });
  expect(loadTemplate('county-health').calendar.years.length).toBeGreaterThanOrEqual(8);
});

it('refuses a misspelt key, with its path and line', () => {
  const { yaml, line } = spoiled('    signedByHead: true', '    signedByHaed: true');
  expect(troublesOf(yaml)).toEqual([
    expect.objectContaining({ place: 'obligations/0/signedByHead', message: { zh: '缺少此项', en: 'is missing' } }),
    expect.objectContaining({ place: 'obligations/0/signedByHaed', line }),
  ]);
});

it.each([
  ['months: 3', 'months: three', 'months'],
  ['afterDays: 21', 'afterDay: 21', 'obligations/1/due'],
  ['afterDays: 21', 'date: 2025-02-30', 'obligations/1/due/date'],
  ['zone: Asia/Shanghai', 'zone: Asia/Peking', 'zone'],
  ['months: 3', 'months: 3\nstart: 2025-02-30', 'start'],
  ['calendar: cn ', 'calendar: mars ', 'calendar'],
  ['act: warn', 'act: fine', 'ladders/0/steps/1/act'],
  ['quorum: one', 'quorum: { any: 0 }', 'routes/0/steps/0/quorum/any'],
  ['owedBy: { sectors: [construction] }', 'owedBy: { sectors: [mining] }', 'obligations/2/owedBy/sectors/0'],
])('refuses %j made %j, and says where', (from, to, place) => {
  const { yaml, line } = spoiled(from, to);
  const troubles = troublesOf(yaml);
  expect(troubles.map((trouble) => trouble.place)).toContain(place);
  const found = troubles.find((trouble) => trouble.place === place)!;
  expect(found.line! - line).toBeLessThanOrEqual(1);
  expect(found.line! - line).toBeGreaterThanOrEqual(0);
  expect(found.message.zh).not.toBe('');
  expect(found.message.en).not.toBe('');
});

it('refuses what is not YAML, with the line', () => {
  expect(troublesOf('code: x\nbad: }\n')[0]).toMatchObject({ line: 2 });
  expect(troublesOf('code: a\ncode: b\n')[0]).toMatchObject({ line: 2 });
  expect(troublesOf('--- 1\n--- 2\n').length).toBeGreaterThan(0);
  expect(troublesOf('').length).toBeGreaterThan(0);
  expect(troublesOf('code: !!js/function x').length).toBeGreaterThan(0);
});

it('refuses anchors and aliases before they unfold', () => {
  const bomb = [
    'a: &a [x, x]',
    ...'bcdefghij'.split('').map((c, i) => `${c}: &${c} [*${'abcdefghi'[i]}, *${'abcdefghi'[i]}]`),
  ];
  const troubles = troublesOf(bomb.join('\n'));
  expect(troubles[0]).toMatchObject({ line: 1, message: { en: 'anchors and aliases are not allowed' } });
});

it('refuses what is too large or nested without end, and does not fall over', () => {
  expect(troublesOf(`# ${'x'.repeat(1_000_001)}`)[0]?.message.en).toContain('larger than 1 MB');
  expect(troublesOf('['.repeat(200_000)).length).toBeGreaterThan(0);
});

it('knows only shipped files by name', () => {
  expect(shippedFile('../../package.json')).toBeUndefined();
  expect(shippedFile('nowhere.yaml')).toBeUndefined();
  expect(() => shippedText('nowhere.yaml')).toThrow('no shipped file');
  expect(() => loadTemplate('calendar-cn')).toThrow('template calendar-cn');
});
