import type { ObligationMessage } from '../../../domain/unit-campaign/messages';
import { at, person, UnitCase } from '../../support/unit-case';

const admin = person('admin');
const days = (times: string[]) => times.map((time) => time.slice(5, 10));

describe('moving the day', () => {
  const move = (due: string) => ({ type: 'move-due', obligation: 'report', due, reason: 'snow' }) as const;

  test('gives new reminders and drops those of the old day', () => {
    const one = new UnitCase().do('2024-12-13 09:00', move('2024-12-23'), admin).until('2024-12-24 00:00');
    expect(days(one.times('reminded', 'report'))).toEqual(['12-13', '12-16', '12-20', '12-22', '12-23']);
    expect(one.times('due-missed', 'report')).toEqual(['2024-12-24 00:00']);
    expect(one.get('report')).toMatchObject({ due: '2024-12-23', dueAt: at('2024-12-24 00:00') });
  });

  test('starts the ladder anew and withdraws what it proposed', () => {
    const one = new UnitCase().until('2024-12-24 00:00').do('2024-12-24 09:00', move('2024-12-30'), admin);
    expect(one.get('report')).toMatchObject({
      missed: false,
      ladder: { step: 0, base: '2024-12-30' },
      proposals: [{ status: 'withdrawn' }],
    });
    one.until('2025-01-07 12:00');
    expect(days(one.times('ladder-step', 'report')).slice(3)).toEqual(['12-31', '01-03', '01-07']);
    expect(one.get('report').proposals.map((made) => made.status)).toEqual(['withdrawn', 'open']);
  });

  test('also counts for what lies on a desk, without a mail', () => {
    const one = new UnitCase()
      .file('2024-12-17 10:00')
      .sign('2024-12-17 11:00')
      .do('2024-12-17 12:00', move('2024-12-20'), admin);
    expect(one.letters().at(-1)).toContain('review-asked');
    expect(one.accept('2024-12-18 10:00').get('report').onTime).toBe(true);
  });

  test('leaves a later day that was set by a return', () => {
    const one = new UnitCase()
      .file('2024-12-12 10:00')
      .sign('2024-12-12 11:00')
      .sendBack('2024-12-13 10:00', '2024-12-27');
    one.do('2024-12-13 11:00', move('2024-12-20'), admin);
    expect(one.get('report')).toMatchObject({
      status: 'returned',
      due: '2024-12-20',
      redo: '2024-12-27',
      dueAt: at('2024-12-28 00:00'),
    });
    one.do('2024-12-13 12:00', move('2025-01-06'), admin);
    expect(one.get('report')).toMatchObject({ due: '2025-01-06', redo: undefined, dueAt: at('2025-01-07 00:00') });
  });

  test('is refused for a day that has passed, and for what is done', () => {
    expect(new UnitCase().try('2024-12-13 09:00', move('2024-12-12'), admin)).toMatchObject({ refused: 'date-passed' });
    const done = new UnitCase().file('2024-12-12 10:00').sign('2024-12-12 11:00').accept('2024-12-13 09:00');
    expect(done.try('2024-12-13 10:00', move('2024-12-20'), admin)).toMatchObject({ refused: 'not-now' });
  });
});

describe('an extension', () => {
  const ask = (to = '2024-12-20') => ({ type: 'ask-extension', obligation: 'report', to, reason: 'ill' }) as const;
  const decide = (grant: boolean, to?: string) =>
    ({ type: 'decide-extension', obligation: 'report', grant, reason: '', ...(to && { to }) }) as const;

  test('is asked before the day has passed, for a later one', () => {
    const one = new UnitCase().do('2024-12-16 23:59', ask());
    expect(one.get('report').extension).toEqual({ to: '2024-12-20', reason: 'ill', askedAt: at('2024-12-16 23:59') });
    expect(one.letters().at(-1)).toBe('2024-12-16 23:59 extension-asked admin');
    expect(new UnitCase().try('2024-12-17 00:01', ask())).toMatchObject({ refused: 'extension-too-late' });
    expect(new UnitCase().try('2024-12-12 10:00', ask('2024-12-16'))).toMatchObject({ refused: 'date-not-later' });
  });

  test('in time though the worker was down is in time', () => {
    const one = new UnitCase().until('2024-12-17 00:10').do('2024-12-16 23:58', ask());
    expect(one.get('report').extension).toBeDefined();
  });

  test('that is granted moves the day, to the one asked for or another', () => {
    const one = new UnitCase().do('2024-12-13 09:00', ask()).do('2024-12-13 10:00', decide(true), admin);
    expect(one.get('report')).toMatchObject({ due: '2024-12-20', extension: undefined });
    expect(days(one.until('2024-12-21 00:00').times('reminded', 'report'))).toEqual([
      '12-13',
      '12-17',
      '12-19',
      '12-20',
    ]);
    const other = new UnitCase()
      .do('2024-12-13 09:00', ask())
      .do('2024-12-13 10:00', decide(true, '2024-12-18'), admin);
    expect(other.get('report').due).toBe('2024-12-18');
  });

  test('that is granted after the day passed undoes what was missed', () => {
    const one = new UnitCase()
      .do('2024-12-16 12:00', ask())
      .until('2024-12-18 00:00')
      .do('2024-12-18 10:00', decide(true), admin);
    expect(one.get('report')).toMatchObject({ missed: false, ladder: { step: 0 } });
    expect(one.file('2024-12-20 10:00').sign('2024-12-20 11:00').accept('2024-12-23 10:00').get('report').onTime).toBe(
      true,
    );
  });

  test('that is not granted changes nothing but the question', () => {
    const one = new UnitCase().do('2024-12-13 09:00', ask()).do('2024-12-13 10:00', decide(false), admin);
    expect(one.get('report')).toMatchObject({ due: '2024-12-16', extension: undefined });
    expect(one.try('2024-12-13 11:00', decide(true), admin)).toEqual({ refused: 'nothing-asked' });
  });

  test('never shortens, and never leads to a day that has passed', () => {
    const one = new UnitCase().do('2024-12-13 09:00', ask());
    expect(one.try('2024-12-13 10:00', decide(true, '2024-12-16'), admin)).toMatchObject({ refused: 'date-not-later' });
    expect(one.try('2024-12-23 10:00', decide(true), admin)).toMatchObject({ refused: 'date-passed' });
  });

  test('of what was sent back is more time to do it again: measure and rung stay', () => {
    const one = new UnitCase()
      .file('2024-12-19 10:00')
      .sign('2024-12-19 11:00')
      .sendBack('2024-12-20 10:00', '2024-12-24');
    one.do('2024-12-20 11:00', ask('2024-12-27')).do('2024-12-20 12:00', decide(true), admin);
    expect(one.get('report')).toMatchObject({
      due: '2024-12-16',
      redo: '2024-12-27',
      ladder: { step: 2, base: '2024-12-27' },
    });
  });

  test('that was asked for falls away with a return, which sets a day of its own', () => {
    const one = new UnitCase().do('2024-12-12 09:00', ask()).file('2024-12-12 10:00').sign('2024-12-12 11:00');
    expect(one.sendBack('2024-12-13 10:00', '2024-12-27').get('report').extension).toBeUndefined();
  });
});

describe('exemption', () => {
  const exempt = { type: 'exempt', obligation: 'report', reason: 'closed for rebuilding' } as const;
  const reinstate = (due: string) => ({ type: 'reinstate', obligation: 'report', reason: 'open again', due }) as const;

  test('ends reminders, ladder and proposals', () => {
    const one = new UnitCase().until('2024-12-24 00:00').do('2024-12-24 09:00', exempt, admin);
    expect(one.get('report')).toMatchObject({ status: 'exempt', proposals: [{ status: 'withdrawn' }] });
    const before = one.facts.length;
    expect(
      one
        .until('2025-01-31 00:00')
        .facts.slice(before)
        .filter((fact) => fact.about === 'report'),
    ).toEqual([]);
  });

  test('taken back opens the duty with a day of its own', () => {
    const one = new UnitCase()
      .do('2024-12-12 09:00', exempt, admin)
      .do('2025-01-06 09:00', reinstate('2025-01-10'), admin);
    expect(one.get('report')).toMatchObject({
      status: 'pending',
      due: '2025-01-10',
      missed: false,
      ladder: { step: 0 },
    });
    expect(days(one.until('2025-01-11 00:00').times('reminded', 'report'))).toEqual(['01-07', '01-09', '01-10']);
    expect(one.times('due-missed', 'report')).toEqual(['2025-01-11 00:00']);
  });

  test('taken back does not bring back the day of an earlier return', () => {
    const one = new UnitCase()
      .file('2024-12-12 10:00')
      .sign('2024-12-12 11:00')
      .sendBack('2024-12-13 10:00', '2025-01-20');
    one.do('2024-12-13 11:00', exempt, admin).do('2025-01-06 09:00', reinstate('2025-01-10'), admin);
    expect(one.get('report')).toMatchObject({ status: 'pending', redo: undefined, dueAt: at('2025-01-11 00:00') });
    expect(
      new UnitCase().do('2024-12-12 09:00', exempt, admin).try('2025-01-06 09:00', reinstate('2025-01-05'), admin),
    ).toMatchObject({ refused: 'date-passed' });
  });
});

describe('urging', () => {
  test('writes to whoever it waits for', () => {
    const urge = { type: 'urge', obligation: 'report' } as const satisfies ObligationMessage;
    expect(new UnitCase().do('2024-12-12 10:00', urge, admin).letters()).toEqual(['2024-12-12 10:00 urged filer']);
    expect(new UnitCase().file('2024-12-12 10:00').do('2024-12-12 11:00', urge, admin).letters().at(-1)).toBe(
      '2024-12-12 11:00 urged head',
    );
  });
});
