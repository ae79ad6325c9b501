import fc from 'fast-check';
import { type CalendarEvent, calendarFile, escapeText, fold } from '../../../templates/calendar/icalendar';
import { eventsOf, parseCalendar, startOf } from '../../support/icalendar';

const event: CalendarEvent = { uid: 'a', at: 0, date: '2024-12-31', summary: 's', description: '', rings: true };
const organizer = { name: '县卫生健康委员会' };

it('lets no name break out of its line', () => {
  const hostile = { ...event, summary: 'a;b,c\\d\r\nEND:VEVENT', url: 'https://x.example/\r\nX:1' };
  const head = { organizer: { name: 'A"\r\nX:1', email: 'a@b.example\r\nX:1' }, name: 'N\r\nX:1' };
  const file = calendarFile([hostile], head);
  const [read] = eventsOf(file);
  expect(read!.properties.SUMMARY).toBe('a;b,c\\d\nEND:VEVENT');
  expect(read!.properties).toMatchObject({ 'DTEND;VALUE=DATE': '20250101', SEQUENCE: '0' });
  expect(read!.properties).not.toHaveProperty('X');
  expect(parseCalendar(file).properties).not.toHaveProperty('X');
});

it('folds at 75 octets and never inside a character', () => {
  const line = `SUMMARY:${'安全😀'.repeat(30)}`;
  const folded = fold(line).split('\r\n');
  expect(folded.length).toBeGreaterThan(1);
  for (const part of folded) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(75);
  expect(folded.join('\r\n').replaceAll('\r\n ', '')).toBe(line);
  expect(fold('a'.repeat(75))).toBe('a'.repeat(75));
  expect(escapeText('1;2,3\\4\n5')).toBe('1\\;2\\,3\\\\4\\n5');
});

it('comes back as it was written', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 120 }).map((one) => one.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''));
  const day = fc.integer({ min: 0, max: 5000 }).map((days) => new Date(days * 86_400_000 + Date.UTC(2020, 0, 1)));
  const some = fc.record({ summary: text, description: text, day, at: fc.integer({ min: 0, max: 2 ** 41 }) });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), text, (list, name) => {
      const events = list.map(({ day, ...of }, n) => ({
        ...event,
        ...of,
        uid: `u${n}`,
        date: day.toISOString().slice(0, 10),
      }));
      const file = calendarFile(events, { organizer, name, refreshHours: 1 });
      expect(parseCalendar(file).properties['X-WR-CALNAME']).toBe(name);
      const read = eventsOf(file).map((one) => [one.properties.UID, startOf(one), one.properties.SUMMARY]);
      expect(new Set(read.map(String))).toEqual(
        new Set(events.map(({ uid, date, summary }) => String([uid, date, summary]))),
      );
    }),
  );
});

it('writes a moment in UTC and gives it a length that can be seen', () => {
  const [read] = eventsOf(calendarFile([{ ...event, moment: Date.UTC(2024, 11, 31, 0, 30) }], { organizer }));
  expect(read!.properties).toMatchObject({ DTSTART: '20241231T003000Z', DTEND: '20241231T004500Z' });
});

it('rings only where it is asked to', () => {
  expect(eventsOf(calendarFile([{ ...event, rings: false }], { organizer }))[0]!.children).toEqual([]);
});

it('is a calendar even with nothing in it', () => {
  const empty = parseCalendar(calendarFile([], { organizer }));
  expect(empty.children.map(({ name }) => name)).toEqual(['VTIMEZONE']);
  // RFC 5546 3.2.1: what is published has an event.
  expect(empty.properties).not.toHaveProperty('METHOD');
});

it('keeps the newer of two events of one thing, even of the same second', () => {
  const moved = { ...event, date: '2025-01-02', changes: 1 };
  const read = eventsOf(calendarFile([moved, event], { organizer }));
  expect(read.map(startOf)).toEqual(['2025-01-02']);
});

it('names an organizer without giving an address', () => {
  const file = calendarFile([event], { organizer });
  expect(eventsOf(file)[0]!.properties['ORGANIZER;CN="县卫生健康委员会"']).toBe('urn:xiaohao:office');
  expect(file).not.toContain('mailto:');
});
