import { addDays, type Instant, type LocalDate } from '../../domain/time';

/** One entry of somebody's calendar: a day, or a moment of it. */
export interface CalendarEvent {
  /** The same wherever the same thing is written down, so that a moved day replaces the old entry. */
  uid: string;
  /** When it was decided: the newer replaces the older. */
  at: Instant;
  /** How often it had changed by then, where that is known: tells two changes of one second apart. */
  changes?: number;
  date: LocalDate;
  /** For what happens at a moment of that day; all day when absent. */
  moment?: Instant;
  summary: string;
  description: string;
  url?: string;
  status?: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  /** Whether it rings on the morning before. */
  rings: boolean;
}

/** What a calendar says about itself. */
export interface CalendarHead {
  /** Whoever answers for the dates; without an address where none may be given. */
  organizer: { name: string; email?: string };
  /** What a calendar program calls it. */
  name?: string;
  description?: string;
  /** How long a program that subscribes to it may wait before it looks again. */
  refreshHours?: number;
}

/** From this instant `SEQUENCE` counts seconds: it grows with every change and stays below 2^31 until 2088. */
const SEQUENCE_FROM = Date.UTC(2020, 0, 1);
/** 08:30 on the day before, when the reminder goes out too; a bare day before would ring at midnight. */
const ALARM = '-PT15H30M';
/** A moment without a length is not drawn by every program. */
const MOMENT_MS = 15 * 60_000;
/** RFC 5545 3.6: a calendar has a component, and one that has nothing to say has this. */
const NOTHING = [
  'BEGIN:VTIMEZONE',
  'TZID:UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/**
 * An iCalendar file (RFC 5545). Days are all-day events, which no program shifts from zone to zone; moments are in UTC.
 * METHOD:PUBLISH, which wants an event and an organizer (RFC 5546 3.2.1). Two events of one `uid` are one: the newer.
 */
export function calendarFile(events: CalendarEvent[], head: CalendarHead): string {
  const newest = new Map<string, CalendarEvent>();
  for (const event of [...events].sort((a, b) => sequenceOf(a) - sequenceOf(b))) newest.set(event.uid, event);
  const inOrder = [...newest.values()].sort((a, b) => a.date.localeCompare(b.date) || a.uid.localeCompare(b.uid));
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//xiaohao//calendar//ZH',
    'CALSCALE:GREGORIAN',
    ...(inOrder.length > 0 ? ['METHOD:PUBLISH'] : []),
    ...namesOf(head),
    ...(inOrder.length > 0 ? inOrder.flatMap((event) => linesOf(event, head.organizer)) : NOTHING),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}

/** RFC 7986, and the older words for the same that programs still go by. */
function namesOf({ name, description, refreshHours: hours }: CalendarHead): string[] {
  const twice = (today: string, before: string, text: string) => [`${today}:${text}`, `${before}:${text}`];
  return [
    ...(name === undefined ? [] : twice('NAME', 'X-WR-CALNAME', escapeText(name))),
    ...(description === undefined ? [] : twice('DESCRIPTION', 'X-WR-CALDESC', escapeText(description))),
    ...(hours === undefined ? [] : twice('REFRESH-INTERVAL;VALUE=DURATION', 'X-PUBLISHED-TTL', `PT${hours}H`)),
  ];
}

function linesOf(event: CalendarEvent, organizer: CalendarHead['organizer']): string[] {
  const summary = escapeText(event.summary);
  return [
    'BEGIN:VEVENT',
    `UID:${escapeText(event.uid)}`,
    `DTSTAMP:${stamp(event.at)}`,
    `LAST-MODIFIED:${stamp(event.at)}`,
    `SEQUENCE:${sequenceOf(event)}`,
    ...whenOf(event),
    `SUMMARY:${summary}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    ...(event.url === undefined ? [] : [`URL:${bare(event.url)}`]),
    `ORGANIZER;CN="${bare(organizer.name).replaceAll('"', "'")}":${addressOf(organizer)}`,
    ...(event.status === undefined ? [] : [`STATUS:${event.status}`]),
    // A due day does not make anybody busy.
    'TRANSP:TRANSPARENT',
    ...(event.rings
      ? ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${summary}`, `TRIGGER:${ALARM}`, 'END:VALARM']
      : []),
    'END:VEVENT',
  ];
}

function whenOf({ date, moment }: CalendarEvent): string[] {
  if (moment !== undefined) return [`DTSTART:${stamp(moment)}`, `DTEND:${stamp(moment + MOMENT_MS)}`];
  return [`DTSTART;VALUE=DATE:${date.replaceAll('-', '')}`, `DTEND;VALUE=DATE:${addDays(date, 1).replaceAll('-', '')}`];
}

function sequenceOf({ at, changes = 0 }: CalendarEvent): number {
  return Math.max(0, Math.floor((at - SEQUENCE_FROM) / 1000)) + changes;
}

/** 3.3.3 wants some URI: one that leads nowhere, where there is no address to give. */
function addressOf({ email }: CalendarHead['organizer']): string {
  return email === undefined ? 'urn:xiaohao:office' : `mailto:${bare(email).replaceAll(' ', '')}`;
}

function stamp(at: Instant): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** 3.3.11 TEXT */
export function escapeText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replace(/[\\;,]/g, (mark) => `\\${mark}`);
  return bare(lines.replaceAll('\n', '\\n'));
}

/** No name may begin a line of its own, nor what some readers take for a line. */
function bare(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '');
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
