import { addDays, type Instant, type LocalDate } from '../../domain/time';

/** One due day for somebody's calendar. */
export interface CalendarEvent {
  /** The same for every mail about the same duty, so that a moved day replaces the old entry. */
  uid: string;
  /** When it was decided: the newer replaces the older. */
  at: Instant;
  date: LocalDate;
  summary: string;
  description: string;
  url: string;
}

/** From this instant `SEQUENCE` counts seconds: it grows with every mail and stays below 2^31 until 2088. */
const SEQUENCE_FROM = Date.UTC(2020, 0, 1);
/** 08:30 on the day before, when the reminder goes out too; a bare day before would ring at midnight. */
const ALARM = '-PT15H30M';

/**
 * An iCalendar file of all-day events on their due days (RFC 5545; METHOD:PUBLISH, which wants an organizer, RFC 5546 3.2.1).
 * Two events of one `uid` are one: the newer.
 */
export function calendarFile(events: CalendarEvent[], organizer: { name: string; email: string }): string {
  const newest = new Map<string, CalendarEvent>();
  for (const event of [...events].sort((a, b) => a.at - b.at)) newest.set(event.uid, event);
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//xiaohao//mail//ZH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    ...[...newest.values()].sort((a, b) => a.date.localeCompare(b.date)).flatMap((event) => lineOf(event, organizer)),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

function lineOf(event: CalendarEvent, organizer: { name: string; email: string }): string[] {
  const summary = escapeText(event.summary);
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${stamp(event.at)}`,
    `SEQUENCE:${Math.max(0, Math.floor((event.at - SEQUENCE_FROM) / 1000))}`,
    `DTSTART;VALUE=DATE:${event.date.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(event.date, 1).replaceAll('-', '')}`,
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    `URL:${bare(event.url)}`,
    `ORGANIZER;CN="${bare(organizer.name).replaceAll('"', "'")}":mailto:${bare(organizer.email).replaceAll(' ', '')}`,
    // A due day does not make anybody busy.
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${summary}`,
    `TRIGGER:${ALARM}`,
    'END:VALARM',
    'END:VEVENT',
  ];
}

function stamp(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** 3.3.11 TEXT */
export function escapeText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/[\\;,]/g, (mark) => `\\${mark}`);
  return bare(lines.replaceAll('\n', '\\n'));
}

/** No name may begin a line of its own. */
function bare(text: string): string {
  return text.replace(/\p{Cc}/gu, '');
}

/** 3.1: no line is longer than 75 octets; a character is never cut in two. */
export function fold(line: string): string {
  const folded: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      folded.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...folded, current].join('\r\n');
}
