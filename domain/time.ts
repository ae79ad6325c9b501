import { DateTime, IANAZone } from 'luxon';

/** A point in time: milliseconds since 1970-01-01T00:00Z. */
export type Instant = number;

/** A day of the authority's calendar, `YYYY-MM-DD`, without a zone. Compares correctly as text. */
export type LocalDate = string;

/** A time of day of the authority, `HH:mm`. */
export type LocalTime = string;

export const MINUTE = 60_000;

/** The day an instant falls on in `zone` (IANA name). */
export function dateOf(at: Instant, zone: string): LocalDate {
  return wallClock(at, zone).slice(0, 10);
}

/** The time of day of an instant in `zone`, `HH:mm`. */
export function timeOf(at: Instant, zone: string): LocalTime {
  return wallClock(at, zone).slice(11, 16);
}

/** What a clock in `zone` shows, as if it were UTC. */
function wallClock(at: Instant, zone: string): string {
  return new Date(at + offsetOf(at, zone)).toISOString();
}

/**
 * The instant of a wall-clock time in `zone`. Asked hundreds of thousands of times in a rehearsal, so with luxon's
 * zones but without its `DateTime`: the offset is that of the instant itself, found in two goes.
 */
export function instantOf(date: LocalDate, time: LocalTime, zone: string): Instant {
  const shown = Date.parse(`${date}T${time}:00Z`);
  return shown - offsetOf(shown - offsetOf(shown, zone), zone);
}

function offsetOf(at: Instant, zone: string): number {
  return IANAZone.create(zone).offset(at) * MINUTE;
}

/** 24:00 of a day in `zone`: what "due on that day" means (DOMAIN: due is the end of the day). */
export function endOfDay(date: LocalDate, zone: string): Instant {
  return instantOf(addDays(date, 1), '00:00', zone);
}

/** `days` calendar days later (or earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `months` calendar months later, clipped to the length of the month. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toISODate() as LocalDate;
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The later of two days. */
export function laterDay(a: LocalDate, b: LocalDate): LocalDate {
  return [a, b].sort()[1]!;
}

/** Whether a text is a real day of the calendar. */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}
