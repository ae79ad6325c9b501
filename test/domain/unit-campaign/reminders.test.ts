import { at, person, UnitCase } from '../../support/unit-case';

const days = (times: string[]) => times.map((time) => time.slice(5, 10));

describe('reminders', () => {
  test('go out three days and one day before, and on the day; what would have been before the launch is dropped', () => {
    const one = new UnitCase().until('2024-12-17 00:00');
    expect(days(one.times('reminded', 'report'))).toEqual(['12-13', '12-15', '12-16']);
  });

  test('seven days before as well, where the duty is open by then', () => {
    const one = new UnitCase().until('2024-12-31 00:00');
    expect(days(one.times('reminded', 'note'))).toEqual(['12-23', '12-27', '12-29', '12-30']);
  });

  test('for what recurs, only the day before and the day', () => {
    const one = new UnitCase({ unit: { sectors: ['chemicals'] } }).until('2024-12-25 00:00');
    expect(days(one.times('reminded', 'log#1'))).toEqual(['12-23', '12-24']);
  });

  test('come in the half hour before the digest, keep their calendar day, and go to the filer', () => {
    const one = new UnitCase().until('2024-12-15 12:00');
    const sunday = one.mails.at(-1)!;
    expect(sunday).toMatchObject({ kind: 'due-soon', keepsItsDay: true, to: { unit: 'u-1', role: 'filer' } });
    expect(sunday.data).toMatchObject({ days: 1, due: '2024-12-16' });
    expect(sunday.at).toBeGreaterThanOrEqual(at('2024-12-15 08:00'));
    expect(sunday.at).toBeLessThan(at('2024-12-15 08:30'));
  });

  test('end with the filing, but for the last two, which ask the head for the signature', () => {
    const one = new UnitCase().file('2024-12-12 10:00').until('2024-12-17 00:00');
    expect(one.letters().map((letter) => letter.slice(5, 10) + letter.slice(16))).toEqual([
      '12-12 sign-asked head',
      '12-15 sign-due head',
      '12-16 sign-due head',
    ]);
  });

  test('end with the signature', () => {
    const one = new UnitCase().file('2024-12-12 10:00').sign('2024-12-12 11:00').until('2024-12-17 00:00');
    expect(one.times('reminded', 'report')).toEqual([]);
    expect(one.times('due-missed', 'report')).toEqual([]);
  });

  test('those still to come are there again when it is taken back', () => {
    const one = new UnitCase().file('2024-12-12 10:00').sign('2024-12-12 11:00').until('2024-12-14 00:00');
    one.do('2024-12-14 09:00', { type: 'withdraw', obligation: 'report', reason: 'wrong file' });
    expect(days(one.until('2024-12-17 00:00').times('reminded', 'report'))).toEqual(['12-15', '12-16']);
  });

  test('a reason to write no longer holds once it is filed, or its day has moved', () => {
    const one = new UnitCase().until('2024-12-13 08:30');
    const reason = one.mails.at(-1)!;
    expect(one.holds(reason)).toBe(true);
    const filed = new UnitCase().until('2024-12-13 08:30').file('2024-12-13 09:00');
    expect(filed.holds(reason)).toBe(false);
    const moved = { type: 'move-due', obligation: 'report', due: '2024-12-20', reason: 'snow' } as const;
    expect(one.do('2024-12-13 09:00', moved, person('admin')).holds(reason)).toBe(false);
  });
});
