import { calendarFile, escapeText, fold } from '../../../templates/mail/calendar-event';
import { renderLetter } from '../../../templates/mail/letter';
import { letterOf, realReason, realReasons } from './letters';

interface Component {
  name: string;
  properties: Record<string, string>;
  children: Component[];
}

/** A small reader of RFC 5545: unfolds, nests, unescapes; throws at what is not well formed. */
function parse(file: string): Component {
  expect(file.endsWith('\r\n')).toBe(true);
  const raw = file.slice(0, -2).split('\r\n');
  for (const line of raw) {
    expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(line).not.toMatch(/[\r\n\uFFFD]/);
  }
  const lines = raw.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
  const open: Component[] = [{ name: 'file', properties: {}, children: [] }];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+(?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`not a content line: ${line}`);
    const current = open.at(-1)!;
    if (name === 'BEGIN') open.push({ name: value, properties: {}, children: [] });
    else if (name === 'END') {
      expect(value).toBe(current.name);
      open.pop();
      open.at(-1)!.children.push(current);
    } else {
      expect(current.properties).not.toHaveProperty([name]);
      current.properties[name] = value.replace(/\\([\\;,n])/g, (_, mark) => (mark === 'n' ? '\n' : mark));
    }
  }
  expect(open).toHaveLength(1);
  return open[0]!.children[0]!;
}

const eventsOf = (file: string | undefined) => parse(file!).children;

it('has one all-day event for each duty of a launch', () => {
  const launched = realReason('launched');
  const calendar = parse(renderLetter(letterOf('zh', [launched])).ics!);
  expect(calendar.properties).toMatchObject({ VERSION: '2.0', METHOD: 'PUBLISH' });
  expect(calendar.children).toHaveLength((launched.data.duties as unknown[]).length);
  const [first] = calendar.children;
  expect(first!.properties).toMatchObject({
    UID: 'unit-campaign/c1-u1/deployment-report@xiaohao',
    DTSTAMP: '20241209T010000Z',
    'DTSTART;VALUE=DATE': '20241216',
    'DTEND;VALUE=DATE': '20241217',
    SUMMARY: '截止：安排部署情况（清源县人民医院）',
    URL: 'https://xiaohao.example/unit-campaigns/c1-u1/obligations/deployment-report',
  });
  expect(first!.children).toMatchObject([{ name: 'VALARM', properties: { ACTION: 'DISPLAY', TRIGGER: '-PT15H30M' } }]);
});

it('keeps the UID and grows the SEQUENCE when the day moves', () => {
  const launched = realReason('launched');
  const moved = realReason('due-moved');
  const before = eventsOf(renderLetter(letterOf('zh', [launched])).ics)[0]!;
  const after = eventsOf(renderLetter(letterOf('zh', [moved])).ics)[0]!;
  expect(after.properties.UID).toBe(before.properties.UID);
  expect(Number(after.properties.SEQUENCE)).toBeGreaterThan(Number(before.properties.SEQUENCE));
  expect(Number(after.properties.SEQUENCE)).toBeLessThan(2 ** 31);
  expect(after.properties['DTSTART;VALUE=DATE']).toBe('20241223');
  // Both in one digest: one entry, the newer.
  const both = eventsOf(renderLetter(letterOf('zh', [moved, launched])).ics);
  expect(both.filter((event) => event.properties.UID === after.properties.UID)).toEqual([after]);
});

it('comes with every kind that has a day to meet, and with no other', () => {
  const withFile = realReasons().filter((reason) => renderLetter(letterOf('en', [reason])).ics !== undefined);
  const kinds = [...new Set(withFile.map(({ kind }) => kind))].sort();
  expect(kinds).toEqual([
    'due-moved',
    'due-soon',
    'extension-decided',
    'launched',
    'returned',
    'sign-asked',
    'sign-due',
    'urged',
  ]);
  expect(withFile.filter(({ kind, data }) => kind === 'extension-decided' && !data.granted)).toEqual([]);
  for (const reason of withFile) parse(renderLetter(letterOf('en', [reason])).ics!);
});

it('leaves out days that have passed', () => {
  const reason = realReason('due-soon');
  const sentAt = Date.parse(`${reason.data.due}T09:00+08:00`) + 86_400_000;
  expect(renderLetter(letterOf('zh', [reason], { sentAt })).ics).toBeUndefined();
});

it('lets no name break out of its line', () => {
  const event = {
    uid: 'a',
    at: 0,
    date: '2024-12-31',
    summary: 'a;b,c\\d\r\nEND:VEVENT',
    description: '',
    url: 'https://x.example/\r\nX:1',
  };
  const [read] = eventsOf(calendarFile([event], { name: 'A"\r\nX:1', email: 'a@b.example\r\nX:1' }));
  expect(read!.properties.SUMMARY).toBe('a;b,c\\d\nEND:VEVENT');
  expect(read!.properties).toMatchObject({ 'DTEND;VALUE=DATE': '20250101', SEQUENCE: '0' });
  expect(read!.properties).not.toHaveProperty('X');
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
