import days from 'chinese-days/dist/chinese-days.json';
import { isWeekend } from '../domain/calendar';
import type { SecondSource } from '../domain/statutory-days';

const holidays: Record<string, string> = days.holidays;
const workdays: Record<string, string> = days.workdays;

/**
 * The package `chinese-days`, kept by others from the same notices of the State Council. Its data, not its functions:
 * these look at days in the machine's zone and are a day off west of Greenwich.
 */
export function chineseDaysSource(): SecondSource {
  return {
    name: 'chinese-days',
    years: [...new Set(Object.keys(holidays).map((date) => Number(date.slice(0, 4))))],
    isWorkingDay: (date) => date in workdays || !(date in holidays || isWeekend(date)),
  };
}
