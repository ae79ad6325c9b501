import { isRefusal } from '../../../domain/case';
import { begun, receive } from '../../../domain/case-runner';
import { unitCampaign } from '../../../domain/unit-campaign';
import { contentTag } from '../../../domain/unit-campaign/content-tag';
import { at, content, openingOf, person, UnitCase } from '../../support/unit-case';

const REPORT = 'report';

test('what clocks do leaves the tag as it is: reminders, the missed day, the ladder, the desk', () => {
  const one = new UnitCase();
  const tags = new Set([contentTag(one.get(REPORT))]);
  const before = one.facts.length;
  one.until('2025-03-01 09:00');
  tags.add(contentTag(one.get(REPORT)));
  expect(one.facts.length).toBeGreaterThan(before + 3);
  expect(one.get(REPORT).missed).toBe(true);
  one.do('2025-03-01 10:00', { type: 'urge', obligation: REPORT });
  tags.add(contentTag(one.get(REPORT)));
  expect(tags.size).toBe(1);
});

test('every decision of a person changes it', () => {
  const one = new UnitCase();
  const tags = [contentTag(one.get(REPORT))];
  const then = (does: () => unknown) => {
    does();
    tags.push(contentTag(one.get(REPORT)));
  };
  then(() => one.do('2024-12-10 09:00', { type: 'ask-extension', obligation: REPORT, to: '2099-01-01', reason: 'x' }));
  then(() => one.file('2024-12-10 10:00'));
  then(() => one.sign('2024-12-10 11:00'));
  then(() => one.sendBack('2024-12-10 12:00', '2025-01-20'));
  then(() => one.file('2024-12-11 10:00', REPORT, 'second'));
  expect(new Set(tags).size).toBe(tags.length);
});

test('it survives a database, where what is absent may be null or gone and keys may be in another order', () => {
  const one = new UnitCase().file('2024-12-10 10:00');
  const stored = JSON.parse(JSON.stringify(one.get(REPORT)));
  const turned = Object.fromEntries(Object.entries(stored).reverse());
  expect(contentTag(turned as never)).toBe(contentTag(one.get(REPORT)));
});

test('a case refuses what was decided on something else, and changes nothing; repeated, it gives its answer', () => {
  let running = begun(unitCampaign.open(openingOf({})));
  const basis = [contentTag(running.state.obligations.find(({ code }) => code === REPORT)!)];
  const send = (id: string, name: string) => {
    const message = { type: 'file' as const, obligation: REPORT, content: content(name) };
    return receive(unitCampaign, running, { id, at: at('2024-12-10 10:00'), by: person('filer'), message, basis });
  };
  const first = send('a', 'mine');
  if (isRefusal(first)) throw new Error(first.refused);
  running = first.running;
  expect(send('b', 'theirs')).toEqual({ refused: 'precondition-failed', data: { revision: running.revision } });
  expect(send('a', 'mine')).toMatchObject({ answer: first.answer });
});
