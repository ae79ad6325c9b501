import type { CalendarData } from '../../domain/plan';
import { checkCalendar, isAtFault, type SecondSource, yearsToCheck } from '../../domain/statutory-days';

const data: CalendarData = {
  source: 'test',
  years: [
    { year: 2024, source: 'notice 2024', daysOff: ['2024-01-01'], workdays: ['2024-02-04'] },
    { year: 2025, source: 'notice 2025', daysOff: ['2025-01-01'], workdays: [] },
  ],
};

/** Off on weekends and on the days named; worked on the others named. */
function source(years: number[], off: string[], worked: string[] = []): SecondSource {
  const weekend = (date: string) => [0, 6].includes(new Date(`${date}T12:00Z`).getUTCDay());
  return {
    name: 'other',
    years,
    isWorkingDay: (date) => worked.includes(date) || !(off.includes(date) || weekend(date)),
  };
}

test('names each day on which two sources differ, with what each says', () => {
  const second = source([2024], ['2024-01-02']);
  expect(checkCalendar(data, second, [2024])).toEqual([
    {
      year: 2024,
      known: 'both',
      source: 'notice 2024',
      differences: [
        { date: '2024-01-01', ours: false, theirs: true },
        { date: '2024-01-02', ours: true, theirs: false },
        { date: '2024-02-04', ours: true, theirs: false },
      ],
    },
  ]);
});

test('finds nothing where they agree, in every day of a leap year', () => {
  const second = source([2024], ['2024-01-01'], ['2024-02-04']);
  const [check] = checkCalendar(data, second, [2024]);
  expect([check!.differences, isAtFault(data, check!)]).toEqual([[], false]);
});

test('says who has a year, and which absence is a fault of ours', () => {
  const second = source([2023, 2024, 2026], ['2024-01-01'], ['2024-02-04']);
  const years = yearsToCheck(data, second, 2027);
  expect(years).toEqual([2023, 2024, 2025, 2026, 2027]);
  const checks = checkCalendar(data, second, years);
  expect(checks.map(({ known }) => known)).toEqual(['theirs', 'both', 'ours', 'theirs', 'neither']);
  // 2026 is published and we lack it; 2023 is before our first year; 2027 nobody has.
  expect(checks.filter((one) => isAtFault(data, one)).map(({ year }) => year)).toEqual([2026]);
});
