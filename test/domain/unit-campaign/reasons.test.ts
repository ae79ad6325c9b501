import type { ObligationMessage } from '../../../domain/unit-campaign/messages';
import { content, person, UnitCase } from '../../support/unit-case';

const admin = person('admin');
const LATER = '2024-12-24 12:00';

const overdue = () => new UnitCase().until('2024-12-24 09:00');
const filed = () => new UnitCase().file('2024-12-12 10:00', 'report', 'v1');
const signed = () => filed().sign('2024-12-12 11:00');
const returned = () => signed().sendBack('2024-12-13 10:00', '2024-12-31');
const correcting = () =>
  signed().do(
    '2024-12-13 10:00',
    { type: 'correct', obligation: 'report', seen: 'v1', content: content('v2'), note: '' },
    person('reviewer'),
  );
const asked = () =>
  new UnitCase().do('2024-12-13 10:00', { type: 'ask-extension', obligation: 'report', to: '2024-12-31', reason: '' });

const move = { type: 'move-due', obligation: 'report', due: '2025-01-10', reason: '' } as const;
const exempt = { type: 'exempt', obligation: 'report', reason: '' } as const;

/** Each reason to write: a case that has it, and something after which it must not be sent any more. */
const REASONS: Record<string, [() => UnitCase, (one: UnitCase) => UnitCase]> = {
  'due-soon': [() => new UnitCase().until('2024-12-13 09:00'), (one) => one.file('2024-12-13 09:30')],
  'sign-asked': [filed, (one) => one.sign(LATER)],
  'sign-due': [() => filed().until('2024-12-15 09:00'), (one) => one.do('2024-12-15 10:00', move, admin)],
  overdue: [overdue, (one) => one.file(LATER).sign(LATER)],
  'overdue-warning': [overdue, (one) => one.do(LATER, move, admin)],
  'talk-proposed': [
    overdue,
    (one) => one.do(LATER, { type: 'settle-talk', obligation: 'report', outcome: 'held', note: '' }, person('leader')),
  ],
  'bulletin-proposed': [
    () =>
      overdue()
        .do(LATER, { type: 'settle-talk', obligation: 'report', outcome: 'held', note: '' }, person('leader'))
        .until('2024-12-25 09:00'),
    (one) => one.file('2024-12-25 10:00').sign('2024-12-25 11:00').accept('2024-12-26 10:00'),
  ],
  'review-asked': [signed, (one) => one.accept(LATER)],
  'review-handed-on': [
    () => signed().until('2024-12-18 00:00'),
    (one) => one.sendBack('2024-12-18 10:00', '2024-12-31'),
  ],
  'correction-proposed': [
    correcting,
    (one) => one.do(LATER, { type: 'decline', obligation: 'report', reason: '' }, person('head')),
  ],
  returned: [returned, (one) => one.file(LATER)],
  accepted: [
    () => signed().accept('2024-12-13 10:00'),
    (one) => one.do(LATER, { type: 'reopen', obligation: 'report', reason: '' }, admin),
  ],
  'extension-asked': [
    asked,
    (one) => one.do(LATER, { type: 'decide-extension', obligation: 'report', grant: false, reason: '' }, admin),
  ],
  'due-moved': [
    () => new UnitCase().do('2024-12-13 10:00', move, admin),
    (one) => one.do(LATER, { ...move, due: '2025-01-20' }, admin),
  ],
  urged: [
    () =>
      new UnitCase().do('2024-12-13 10:00', { type: 'urge', obligation: 'report' } satisfies ObligationMessage, admin),
    (one) => one.do(LATER, exempt, admin),
  ],
  exempted: [
    () => new UnitCase().do('2024-12-13 10:00', exempt, admin),
    (one) => one.do(LATER, { type: 'reinstate', obligation: 'report', reason: '', due: '2025-01-10' }, admin),
  ],
};

describe('a reason to write', () => {
  test.each(Object.keys(REASONS))('%s holds until what it waits for has come', (kind) => {
    const [having, after] = REASONS[kind]!;
    const one = having();
    const reason = one.mails.find((mail) => mail.kind === kind)!;
    expect(reason).toBeDefined();
    expect(one.holds(reason)).toBe(true);
    expect(after(one).holds(reason)).toBe(false);
  });

  test('about the unit as a whole always holds', () => {
    const one = new UnitCase().do(LATER, { type: 'leave', reason: '' }, admin);
    expect(one.mails.filter((mail) => mail.about === undefined).map((mail) => [mail.kind, one.holds(mail)])).toEqual([
      ['launched', true],
      ['result', true],
    ]);
  });

  test('falls away with the case, but for a word of acceptance', () => {
    const one = signed()
      .accept('2024-12-13 10:00')
      .until('2024-12-23 09:00')
      .do(LATER, { type: 'close', reason: '' }, admin);
    const held = (kind: string) => one.mails.filter((mail) => mail.kind === kind).map((mail) => one.holds(mail));
    expect(held('accepted')).toEqual([true]);
    expect(held('due-soon')).toEqual([false]);
  });
});
