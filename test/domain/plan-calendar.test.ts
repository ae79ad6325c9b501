import fc from 'fast-check';
import { isWorkingDay } from '../../domain/calendar';
import { planCalendar, unpublishedYears } from '../../domain/plan-calendar';
import { calendarOf, endOf, occurrences } from '../../domain/plan-dates';
import { addDays, daysBetween, instantOf } from '../../domain/time';
import { unitCampaign } from '../../domain/unit-campaign';
import { loadTemplate } from '../../templates/campaigns/read-plan';
import { testObligation, testPlan } from '../support/plan';
import { openingOf } from '../support/unit-case';

const ofReport = planCalendar(testPlan()).filter(({ duty }) => duty?.code === 'report');
const short = (kind: string) => ofReport.filter((one) => one.kind === kind).map(({ date }) => date);

test('one duty: its day, its reminders in calendar days, its rungs in working days', () => {
  expect(short('due')).toEqual(['2024-12-16']);
  expect(short('reminder')).toEqual(['2024-12-09', '2024-12-13', '2024-12-15', '2024-12-16']);
  expect(short('rung')).toEqual(['2024-12-17', '2024-12-19', '2024-12-23', '2024-12-25']);
  expect(ofReport.find(({ date }) => date === '2024-12-15')).toMatchObject({ working: false, published: true });
  for (const { kind, date, moment } of ofReport) {
    expect(moment).toBe(kind === 'due' ? undefined : instantOf(date, '08:30', 'Asia/Shanghai'));
  }
});

test('a reminder of the first day is marked: a launch later that morning drops it', () => {
  expect(ofReport.filter(({ onStart }) => onStart).map(({ date }) => date)).toEqual(['2024-12-09']);
});

test('rungs go round holidays and over make-up days', () => {
  const plan = testPlan({ obligations: [testObligation({ code: 'x', due: { date: '2025-01-24' } })] });
  const rungs = planCalendar(plan).filter(({ kind }) => kind === 'rung');
  // Sunday the 26th is worked for the Spring Festival.
  expect(rungs.map(({ date }) => date)).toEqual(['2025-01-26', '2025-02-05', '2025-02-07', '2025-02-10']);
});

test('a year nobody has published is named', () => {
  expect(unpublishedYears(planCalendar(testPlan()))).toEqual([]);
  expect(unpublishedYears(planCalendar(testPlan({ start: '2025-12-09' })))).toEqual([2026]);
});

test('it begins with the start, and a template has none', () => {
  const dates = planCalendar(testPlan());
  expect(dates[0]).toMatchObject({ kind: 'start', date: '2024-12-09' });
  expect(dates.filter(({ kind }) => kind === 'end').map(({ date }) => date)).toEqual(['2025-03-08']);
  expect(() => planCalendar(loadTemplate('county-health'))).toThrow('no start');
});

const start = fc.integer({ min: 0, max: 2500 }).map((days) => addDays('2019-01-01', days));
const obligations = fc
  .array(
    fc.record({
      after: fc.integer({ min: 0, max: 80 }),
      every: fc.option(fc.integer({ min: 5, max: 40 }), { nil: undefined }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((list) =>
    list.map(({ after, every }, n) => testObligation({ code: `o${n}`, due: { afterDays: after }, everyDays: every })),
  );

test('every due day of a plan is in its calendar, once, and the dates are in order', () => {
  const { calendar } = loadTemplate('county-health');
  fc.assert(
    fc.property(start, obligations, (day, list) => {
      const plan = testPlan({ start: day, obligations: list, calendar });
      const dates = planCalendar(plan);
      const due = dates.filter(({ kind }) => kind === 'due').map(({ duty, date }) => `${duty!.code} ${date}`);
      const wanted = list.flatMap((one) => occurrences(one, plan)).map((turn) => `${turn.code} ${turn.due}`);
      expect([...due].sort()).toEqual([...wanted].sort());
      expect(dates.map(({ date }) => date)).toEqual(dates.map(({ date }) => date).sort());
      expect(dates.map(({ kind }) => kind)).toContain('end');
      for (const { kind, date, daysBefore, duty, rung, working } of dates) {
        expect(working).toBe(isWorkingDay(calendarOf(plan), date));
        const own = duty && wanted.find((one) => one.startsWith(`${duty.code} `))!.slice(-10);
        if (kind === 'reminder') expect([daysBetween(date, own!), date >= day]).toEqual([daysBefore, true]);
        if (kind === 'rung') {
          const between = Array.from({ length: daysBetween(own!, date) }, (_, n) => addDays(own!, n + 1));
          expect([working, between.filter((one) => isWorkingDay(calendarOf(plan), one)).length]).toEqual([
            true,
            rung!.afterWorkingDays,
          ]);
        }
      }
      expect(dates.filter(({ kind }) => kind === 'end').map(({ date }) => date)).toEqual([endOf(plan)]);
    }),
    { numRuns: 60 },
  );
});

test('it is what a case that opens in the night before works out', () => {
  const opened = unitCampaign.open(openingOf({ unit: { sectors: ['chemicals'] }, opened: '2024-12-09 00:01' }));
  const dates = planCalendar(testPlan());
  for (const one of opened.state.obligations) {
    const own = dates.filter(({ duty }) => duty?.code === one.code);
    expect(own.find(({ kind }) => kind === 'due')!.date).toBe(one.due);
    const reminded = one.reminders.map(({ at }) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10)).sort();
    expect(own.filter(({ kind }) => kind === 'reminder').map(({ date }) => date)).toEqual(reminded);
    const rung = own.find((date) => date.rung?.number === 1)!;
    expect(new Date(one.ladder.nextAt! + 8 * 3_600_000).toISOString().slice(0, 10)).toBe(rung.date);
  }
});
