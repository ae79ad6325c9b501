import { addDays, type Instant, instantOf, type LocalDate, type LocalTime } from './time';

/**
 * The working days of an authority, copied into every case when it opens, so that calendar data
 * that changes later never changes what a running case has already worked out.
 */
export interface Calendar {
  /** IANA name, e.g. `Asia/Shanghai`. */
  zone: string;
  /** Where the days come from, e.g. the State Council's notice of the year. */
  source: string;
  /** Years for which the statutory days are published; in others only weekends are off. */
  publishedYears: number[];
  /** Statutory days off, weekends within a holiday included. */
  daysOff: LocalDate[];
  /** Weekend days that are worked to make up for a holiday (调休). */
  workdays: LocalDate[];
}

/** Whether people are at work on a day. */
export function isWorkingDay(calendar: Calendar, date: LocalDate): boolean {
  if (calendar.workdays.includes(date)) return true;
  if (calendar.daysOff.includes(date)) return false;
  return !isWeekend(date);
}

/** Saturday or Sunday, whatever a notice says. */
export function isWeekend(date: LocalDate): boolean {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** The `count`-th working day after `date` (the day itself is not counted; 0 gives the day itself). */
export function addWorkingDays(calendar: Calendar, date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(calendar, day)) left -= 1;
  }
  return day;
}

/** The first working day on or after `date`. */
export function workingDayFrom(calendar: Calendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, 1);
  return day;
}

/** A wall-clock time of a day, in the calendar's zone. */
export function at(calendar: Calendar, date: LocalDate, time: LocalTime): Instant {
  return instantOf(date, time, calendar.zone);
}
