import { at, person, UnitCase } from '../../support/unit-case';

/** Due on Monday 16 December: one, three, five and seven working days later. */
const RUNGS = ['12-17', '12-19', '12-23', '12-25'];

const rungs = (one: UnitCase) =>
  one.facts
    .filter((fact) => fact.type === 'ladder-step' && fact.about === 'report')
    .map((fact) => `${new Date(fact.at + 8 * 3_600_000).toISOString().slice(5, 10)} ${fact.data!.act}`);

const settle = (one: UnitCase, time: string, outcome: 'held' | 'refused' | 'rejected' = 'held') =>
  one.do(time, { type: 'settle-talk', obligation: 'report', outcome, note: '' }, person('leader'));

describe('the ladder', () => {
  test('reminds, warns, and proposes a talk; the bulletin waits for the talk', () => {
    const one = new UnitCase().until('2025-01-31 00:00');
    expect(rungs(one)).toEqual([`${RUNGS[0]} remind`, `${RUNGS[1]} warn`, `${RUNGS[2]} propose-talk`]);
    expect(one.get('report')).toMatchObject({ missed: true, ladder: { step: 3 } });
    expect(one.get('report').proposals).toMatchObject([{ measure: 'talk', step: 3, status: 'open' }]);
  });

  test('writes to the filer, then to both, then to the one who decides', () => {
    const one = new UnitCase().until('2024-12-24 00:00');
    const after = one.letters().filter((letter) => letter > '2024-12-17');
    expect(after.map((letter) => letter.slice(17))).toEqual([
      'overdue filer',
      'overdue-warning filer',
      'overdue-warning head',
      'talk-proposed leader',
    ]);
  });

  test.each(['held', 'refused', 'rejected'] as const)(
    'a talk that was %s lets the bulletin be proposed on its day',
    (outcome) => {
      const one = settle(new UnitCase(), '2024-12-24 10:00', outcome).until('2025-01-31 00:00');
      expect(rungs(one).at(-1)).toBe(`${RUNGS[3]} propose-bulletin`);
      expect(one.get('report').proposals.map((made) => made.status)).toEqual([outcome, 'open']);
      expect(one.get('report').ladder).toEqual(expect.objectContaining({ step: 4, nextAt: undefined }));
    },
  );

  test('a talk that is settled late lets the bulletin be proposed at once', () => {
    const one = settle(new UnitCase(), '2025-01-10 10:00').until('2025-01-10 10:00');
    expect(rungs(one).at(-1)).toBe('01-10 propose-bulletin');
  });

  test('a talk that was never proposed cannot be settled', () => {
    const result = new UnitCase().try('2024-12-20 10:00', {
      type: 'settle-talk',
      obligation: 'report',
      outcome: 'held',
      note: '',
    });
    expect(result).toMatchObject({ refused: 'talk-not-proposed' });
  });

  test('addresses the head where only the signature is missing', () => {
    const one = new UnitCase().file('2024-12-16 10:00').until('2024-12-18 00:00');
    expect(one.letters().at(-1)).toContain('overdue head');
    expect(one.facts.find((fact) => fact.type === 'due-missed')!.data).toMatchObject({ status: 'filed' });
  });

  test('is halted by a complete submission only', () => {
    const one = new UnitCase().file('2024-12-18 10:00').until('2024-12-20 00:00');
    expect(one.get('report').ladder.step).toBe(2);
    one.sign('2024-12-20 10:00').until('2025-01-10 00:00');
    expect(one.get('report').ladder.step).toBe(2);
  });

  test('a return keeps the rung; from the new day the next one comes after the gap between the two', () => {
    const one = new UnitCase().file('2024-12-19 10:00').sign('2024-12-19 11:00');
    one.sendBack('2024-12-20 10:00', '2024-12-27').until('2025-01-15 00:00');
    // From two to three there are two working days, counted from Friday 27 December.
    expect(rungs(one)).toEqual([`${RUNGS[0]} remind`, `${RUNGS[1]} warn`, '12-31 propose-talk']);
  });

  test('a talk still open when it is returned, or taken back, keeps the bulletin waiting', () => {
    const returned = new UnitCase().file('2024-12-24 10:00').sign('2024-12-24 11:00');
    returned.sendBack('2024-12-25 10:00', '2024-12-30').until('2025-01-31 00:00');
    expect(returned.get('report').ladder).toMatchObject({ step: 3, nextAt: undefined });
    const withdrawn = new UnitCase().file('2024-12-24 10:00').sign('2024-12-24 11:00');
    withdrawn.do('2024-12-24 12:00', { type: 'withdraw', obligation: 'report', reason: '' }).until('2025-01-31 00:00');
    expect(withdrawn.get('report').ladder).toMatchObject({ step: 3, nextAt: undefined });
    expect(rungs(settle(withdrawn, '2025-02-05 10:00').until('2025-02-05 10:00')).at(-1)).toBe(
      '02-05 propose-bulletin',
    );
  });

  test('taking it back after the day gives the full gap from then on, and does not undo the rung', () => {
    const one = new UnitCase().file('2024-12-18 10:00').sign('2024-12-18 11:00');
    one.do('2024-12-20 10:00', { type: 'withdraw', obligation: 'report', reason: '' });
    expect(rungs(one.until('2024-12-25 00:00'))).toEqual([`${RUNGS[0]} remind`, '12-24 warn']);
  });

  test('what was complete on the day and is taken back later is missed at once', () => {
    const one = new UnitCase().file('2024-12-16 10:00').sign('2024-12-16 11:00');
    one.do('2024-12-18 10:00', { type: 'withdraw', obligation: 'report', reason: '' }).until('2024-12-18 10:00');
    expect(one.times('due-missed', 'report')).toEqual(['2024-12-18 10:00']);
  });

  test('acceptance withdraws what is proposed; its undoing brings it back, and the bulletin still waits', () => {
    const one = new UnitCase().file('2024-12-24 10:00').sign('2024-12-24 11:00').accept('2024-12-25 10:00');
    expect(one.get('report').proposals).toMatchObject([{ status: 'withdrawn' }]);
    one.do('2024-12-26 10:00', { type: 'reopen', obligation: 'report', reason: 'mistake' }, person('admin'));
    expect(one.get('report').proposals).toMatchObject([{ status: 'open' }]);
    one.sendBack('2024-12-26 11:00', '2024-12-31').until('2025-01-31 00:00');
    expect(rungs(one)).toHaveLength(3);
  });

  test('a step whose ladder has no rung is the top: nothing more comes', () => {
    const one = settle(new UnitCase(), '2024-12-24 10:00').until('2024-12-26 00:00');
    expect(one.until('2025-06-30 00:00').get('report').ladder.step).toBe(4);
    expect(at('2024-12-26 00:00')).toBeLessThan(one.state.lastAt);
  });
});
