import fc from 'fast-check';
import { addWorkingDays, type Calendar, isWorkingDay, workingDayFrom } from '../../domain/calendar';
import { SECTOR_CODES } from '../../domain/plan';
import { calendarOf, dueDate, endOf, occurrences, owes, startOf } from '../../domain/plan-dates';
import { addDays, daysBetween, type LocalDate } from '../../domain/time';
import { loadCalendar } from '../../templates/campaigns/read-plan';

const plan = { code: 'p', start: '2024-12-09', months: 3 };
const day = fc.integer({ min: 0, max: 2800 }).map((days): LocalDate => addDays('2019-01-01', days));
const calendar: Calendar = calendarOf({ zone: 'Asia/Shanghai', calendar: loadCalendar('cn') });

describe('the days of a campaign', () => {
  it('runs from 9 December to 8 March', () => {
    expect(startOf(plan)).toBe('2024-12-09');
    expect(endOf(plan)).toBe('2025-03-08');
    expect(endOf({ ...plan, start: '2025-11-30' })).toBe('2026-02-27');
  });
  it('has no days in a template', () => {
    expect(() => startOf({ code: 'p' })).toThrow('no start');
  });
  it('counts offsets from the start and takes written days as they are', () => {
    expect(dueDate({ afterDays: 66 }, '2024-12-09')).toBe('2025-02-13');
    expect(dueDate({ date: '2024-02-13' }, '2024-12-09')).toBe('2024-02-13');
  });
});

describe('occurrences', () => {
  it('names the turns of what recurs, until the end of the campaign', () => {
    const turns = occurrences({ code: 'self-inspection', due: { afterDays: 15 }, everyDays: 15 }, plan);
    expect(turns.map(({ code }) => code)).toEqual([1, 2, 3, 4, 5].map((n) => `self-inspection#${n}`));
    expect(turns.map(({ due }) => due)).toEqual(['2024-12-24', '2025-01-08', '2025-01-23', '2025-02-07', '2025-02-22']);
  });
  it('names what is owed once by its code alone', () => {
    expect(occurrences({ code: 'x', due: { afterDays: 7 } }, plan)).toEqual([{ code: 'x', due: '2024-12-16' }]);
  });
  it('has equal steps, none left out and none after the end', () => {
    const rule = fc.record({
      start: day,
      months: fc.integer({ min: 1, max: 12 }),
      step: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(rule, ({ start, months, step }) => {
        const run = { code: 'p', start, months };
        const dues = occurrences({ code: 'x', due: { afterDays: step }, everyDays: step }, run).map(({ due }) => due);
        expect(dues.length).toBe(Math.floor(daysBetween(start, endOf(run)) / step));
        dues.forEach((due, index) => {
          expect(daysBetween(start, due)).toBe(step * (index + 1));
        });
      }),
    );
  });
});

describe('owes', () => {
  it('is owed by all where no sector is named, else by units that share one', () => {
    const sectors = fc.subarray([...SECTOR_CODES]);
    fc.assert(
      fc.property(sectors, sectors, (owedBy, unit) => {
        const shared = owedBy.filter((sector) => unit.includes(sector));
        expect(owes({ owedBy: { sectors: owedBy } }, unit)).toBe(owedBy.length === 0 || shared.length > 0);
      }),
    );
  });
});

describe('working days', () => {
  it('adds as many working days as asked, and lands on one', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 30 }), (from, count) => {
        const to = addWorkingDays(calendar, from, count);
        const between = Array.from({ length: daysBetween(from, to) }, (_, index) => addDays(from, index + 1));
        expect(between.filter((date) => isWorkingDay(calendar, date)).length).toBe(count);
        expect(isWorkingDay(calendar, to)).toBe(true);
      }),
    );
  });
  it('adds up: first a, then b, is a + b', () => {
    const few = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(day, few, few, (from, a, b) => {
        expect(addWorkingDays(calendar, addWorkingDays(calendar, from, a), b)).toBe(
          addWorkingDays(calendar, from, a + b),
        );
      }),
    );
  });
  it('finds the first working day on or after a day', () => {
    expect(workingDayFrom(calendar, '2025-01-28')).toBe('2025-02-05');
    expect(workingDayFrom(calendar, '2025-02-08')).toBe('2025-02-08');
  });
});
