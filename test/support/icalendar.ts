/** One component of a calendar as read back; `properties` by name and parameters, e.g. `DTSTART;VALUE=DATE`. */
export interface Component {
  name: string;
  properties: Record<string, string>;
  children: Component[];
}

/** What RFC 5545 3.6.1 and 3.6.6 want of a component. */
const REQUIRED: Record<string, string[]> = {
  VCALENDAR: ['PRODID', 'VERSION'],
  VEVENT: ['UID', 'DTSTAMP', 'DTSTART'],
  VALARM: ['ACTION', 'TRIGGER', 'DESCRIPTION'],
  VTIMEZONE: ['TZID'],
  STANDARD: ['DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO'],
};

/** A small reader of RFC 5545: unfolds, nests, unescapes; fails at what is not well formed. */
export function parseCalendar(file: string): Component {
  expect(file.endsWith('\r\n')).toBe(true);
  const raw = file.slice(0, -2).split('\r\n');
  const bad = raw.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n\uFFFD]/.test(line));
  expect(bad).toEqual([]);
  const lines = raw.join('\r\n').replaceAll('\r\n ', '').split('\r\n');
  const open: Component[] = [{ name: 'file', properties: {}, children: [] }];
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+(?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`not a content line: ${line}`);
    const current = open.at(-1)!;
    if (name === 'BEGIN') open.push({ name: value, properties: {}, children: [] });
    else if (name === 'END') {
      if (value !== current.name) throw new Error(`END:${value} within ${current.name}`);
      open.pop();
      open.at(-1)!.children.push(current);
    } else {
      if (name in current.properties) throw new Error(`twice in one ${current.name}: ${name}`);
      current.properties[name] = value.replace(/\\([\\;,n])/g, (_, mark) => (mark === 'n' ? '\n' : mark));
    }
  }
  expect(open).toHaveLength(1);
  const calendar = open[0]!.children[0]!;
  check(calendar);
  return calendar;
}

/** The events of a calendar file. */
export function eventsOf(file: string | undefined): Component[] {
  return parseCalendar(file!).children.filter(({ name }) => name === 'VEVENT');
}

/** The day of an all-day event, or the instant of another, as `2024-12-16` or `2024-12-16T00:30:00Z`. */
export function startOf({ properties }: Component): string {
  const day = /^(\d{4})(\d\d)(\d\d)$/.exec(properties['DTSTART;VALUE=DATE'] ?? '');
  if (day) return day.slice(1).join('-');
  return properties.DTSTART!.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
}

function check(component: Component): void {
  const names = Object.keys(component.properties).map((name) => name.split(';')[0]!);
  const missing = (REQUIRED[component.name] ?? []).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`${component.name} without ${missing}`);
  // 3.6: at least one component; 3.8.4.7 and RFC 5546 3.2.1: a published event names itself once, and its organizer.
  if (component.name === 'VCALENDAR') {
    expect(component.children.length).toBeGreaterThan(0);
    const uids = component.children.filter(({ name }) => name === 'VEVENT').map(({ properties }) => properties.UID);
    expect(new Set(uids).size).toBe(uids.length);
  }
  if (component.name === 'VEVENT') {
    expect(names).toContain('ORGANIZER');
    expect(component.properties.DTSTAMP).toMatch(/^\d{8}T\d{6}Z$/);
    expect(startOf(component)).toMatch(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?$/);
  }
  for (const child of component.children) check(child);
}
