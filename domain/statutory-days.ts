import { type Calendar, isWorkingDay } from './calendar';
import type { CalendarData } from './plan';
import { calendarOf } from './plan-dates';
import { addDays, type LocalDate } from './time';

/** Somebody else's account of the same working days. */
export interface SecondSource {
  name: string;
  /** Years it has published days for. */
  years: number[];
  isWorkingDay(date: LocalDate): boolean;
}

/** What came of comparing one year. */
export interface YearCheck {
  year: number;
  /** Who has it; `neither` is a year that is not published yet. */
  known: 'both' | 'ours' | 'theirs' | 'neither';
  /** The notice our days come from. */
  source?: string;
  /** Days that are worked according to one and off according to the other. */
  differences: { date: LocalDate; ours: boolean; theirs: boolean }[];
}

/** Compares the working days of some years day by day, where both have them. */
export function checkCalendar(data: CalendarData, second: SecondSource, years: number[]): YearCheck[] {
  // The zone says nothing about which days are off.
  const calendar = calendarOf({ zone: 'UTC', calendar: data });
  return years.map((year) => {
    const ours = data.years.find((one) => one.year === year);
    const theirs = second.years.includes(year);
    return {
      year,
      known: ours ? (theirs ? 'both' : 'ours') : theirs ? 'theirs' : 'neither',
      ...(ours && { source: ours.source }),
      differences: ours && theirs ? differencesOf(calendar, second, year) : [],
    };
  });
}

/**
 * Whether our days cannot be relied on: a day differs, or a year is missing that others have, of those since our first.
 * That nobody has a year, or nobody but we, is worth a word but no fault of ours.
 */
export function isAtFault(data: CalendarData, { year, known, differences }: YearCheck): boolean {
  const first = Math.min(...data.years.map((one) => one.year));
  return differences.length > 0 || (known === 'theirs' && year >= first);
}

/** Every year either has, and those up to `until` that neither has. */
export function yearsToCheck(data: CalendarData, second: SecondSource, until: number): number[] {
  const known = [...data.years.map(({ year }) => year), ...second.years];
  const [first, last] = [Math.min(...known), Math.max(...known, until)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function differencesOf(calendar: Calendar, second: SecondSource, year: number): YearCheck['differences'] {
  const found: YearCheck['differences'] = [];
  for (let date = `${year}-01-01`; date.startsWith(`${year}-`); date = addDays(date, 1)) {
    const [ours, theirs] = [isWorkingDay(calendar, date), second.isWorkingDay(date)];
    if (ours !== theirs) found.push({ date, ours, theirs });
  }
  return found;
}
