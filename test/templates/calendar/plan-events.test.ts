import fc from 'fast-check';
import { planCalendar } from '../../../domain/plan-calendar';
import { addDays } from '../../../domain/time';
import { planCalendarFile } from '../../../templates/calendar/plan-events';
import { planDateText, reviewClockTexts } from '../../../templates/calendar/plan-words';
import { loadTemplate } from '../../../templates/campaigns/read-plan';
import { eventsOf, startOf } from '../../support/icalendar';
import { testPlan } from '../../support/plan';

const MADE_AT = Date.UTC(2024, 10, 1);
const template = { ...loadTemplate('county-health'), template: false };

test('every date of the shipped plan comes back from its file, whatever the start', () => {
  const start = fc.integer({ min: 0, max: 2800 }).map((days) => addDays('2019-01-01', days));
  fc.assert(
    fc.property(start, fc.constantFrom('zh' as const, 'en' as const), (day, lang) => {
      const plan = { ...template, start: day };
      const wanted = planCalendar(plan).map((date) => {
        const when = date.moment === undefined ? date.date : new Date(date.moment).toISOString().replace('.000', '');
        return `${when} ${planDateText(date, lang)}`;
      });
      const read = eventsOf(planCalendarFile(plan, lang, MADE_AT)).map(
        (one) => `${startOf(one)} ${one.properties.SUMMARY}`,
      );
      expect(read.sort()).toEqual(wanted.sort());
    }),
    { numRuns: 8 },
  );
});

test('a plan that was changed moves what it put into a calendar before', () => {
  const before = eventsOf(planCalendarFile(testPlan(), 'en', MADE_AT));
  const obligations = testPlan().obligations.map((one) =>
    one.code === 'report' ? { ...one, due: { afterDays: 9 } } : one,
  );
  const after = eventsOf(planCalendarFile(testPlan({ obligations }), 'en', MADE_AT + 60_000));
  expect(after.map(({ properties }) => properties.UID).sort()).toEqual(
    before.map(({ properties }) => properties.UID).sort(),
  );
  expect(Number(after[0]!.properties.SEQUENCE)).toBeGreaterThan(Number(before[0]!.properties.SEQUENCE));
});

test('a rung is tentative, a review clock is told in words, and nothing rings or gives an address', () => {
  const file = planCalendarFile({ ...template, start: '2024-12-09' }, 'zh', MADE_AT);
  const events = eventsOf(file);
  for (const { properties, children } of events) {
    expect(properties.STATUS).toBe(properties.SUMMARY!.startsWith('督办') ? 'TENTATIVE' : 'CONFIRMED');
    expect(children).toEqual([]);
  }
  const due = events.find(({ properties }) => properties.UID!.includes('/due/deployment-report@'))!;
  expect(due.properties.DESCRIPTION).toContain(
    '领域审核员，3个工作日，逾期转另一名同角色人员、再转管理员，从不默认通过',
  );
  expect(file).not.toMatch(/mailto:|XX/);
});

test('says how long a review may take and what it is for', () => {
  expect(reviewClockTexts(testPlan(), 'en')).toEqual([
    'Review: the reviewer of the sector, 3 working days, then another of the same role, then the campaign office; ' +
      'never approved by silence (report, note)',
  ]);
});
