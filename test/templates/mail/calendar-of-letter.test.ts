import { renderLetter } from '../../../templates/mail/letter';
import { eventsOf, parseCalendar } from '../../support/icalendar';
import { letterOf, realReason, realReasons } from './letters';

it('has one all-day event for each duty of a launch', () => {
  const launched = realReason('launched');
  const calendar = parseCalendar(renderLetter(letterOf('zh', [launched])).ics!);
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
  for (const reason of withFile) parseCalendar(renderLetter(letterOf('en', [reason])).ics!);
});

it('leaves out days that have passed', () => {
  const reason = realReason('due-soon');
  const sentAt = Date.parse(`${reason.data.due}T09:00+08:00`) + 86_400_000;
  expect(renderLetter(letterOf('zh', [reason], { sentAt })).ics).toBeUndefined();
});
