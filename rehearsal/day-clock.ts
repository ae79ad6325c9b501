import { addWorkingDays, type Calendar, isWorkingDay } from '../domain/calendar';
import { addDays, dateOf, type Instant, instantOf, type LocalDate, type LocalTime, MINUTE } from '../domain/time';

const QUARTER = 15 * MINUTE;

/**
 * Days and times of day of one zone, remembered: a rehearsal asks for the same few thousand instants a million times,
 * and working one out takes a hundredth of a millisecond. Outside the rehearsal nothing may remember like this, because
 * the rules run in a sandbox that must not carry anything from one case to another.
 */
export class DayClock {
  private readonly instants = new Map<string, Instant>();
  private readonly dates = new Map<number, LocalDate>();

  constructor(private readonly zone: string) {}

  at(date: LocalDate, time: LocalTime): Instant {
    return remembered(this.instants, date + time, () => instantOf(date, time, this.zone));
  }

  /** All zones of today are whole quarters of an hour away from UTC, so a quarter never has two dates. */
  dateOf(instant: Instant): LocalDate {
    return remembered(this.dates, Math.floor(instant / QUARTER), () => dateOf(instant, this.zone));
  }
}

const clocks = new Map<string, DayClock>();

/** The one day clock of a zone. */
export function dayClock(zone: string): DayClock {
  return remembered(clocks, zone, () => new DayClock(zone));
}

/** What a map has for a key, made the first time it is asked for. */
export function remembered<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

/** The last working day on or before `date`. */
export function workingDayUpTo(calendar: Calendar, date: LocalDate): LocalDate {
  let day = date;
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
}

/** A time of day, some working days after the day an instant falls on. */
export function workingDaysAfter(calendar: Calendar, from: Instant, days: number, time: LocalTime): Instant {
  const clock = dayClock(calendar.zone);
  return clock.at(addWorkingDays(calendar, clock.dateOf(from), days), time);
}
