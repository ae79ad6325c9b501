import chineseDays from 'chinese-days';
import type { SecondSource } from '../domain/statutory-days';
import type { LocalDate } from '../domain/time';

/** Its days begin in 2004; no notice says anything about years as far off as the last of these. */
const [FIRST, LAST] = [2000, 2050];

/** The package `chinese-days`, kept by others from the same notices of the State Council. */
export function chineseDaysSource(): SecondSource {
  const years = Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index);
  return {
    name: 'chinese-days',
    // A year without a single holiday is one it does not have.
    years: years.filter(
      (year) => chineseDays.getHolidaysInRange(noonOf(`${year}-01-01`), noonOf(`${year}-12-31`), false).length > 0,
    ),
    isWorkingDay: (date) => chineseDays.isWorkday(noonOf(date)),
  };
}

/** The package takes a bare day for midnight in UTC and then looks at it in the machine's zone: west of it, the day before. */
function noonOf(date: LocalDate): Date {
  return new Date(`${date}T12:00:00`);
}
