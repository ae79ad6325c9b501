import type { ObligationMessage } from '../../../domain/unit-campaign/messages';
import { testPlan } from '../../support/plan';
import { at, content, person, UnitCase } from '../../support/unit-case';

const signed = () => new UnitCase().file('2024-12-12 10:00', 'report', 'v1').sign('2024-12-12 11:00');
const accept = { type: 'accept', obligation: 'report', seen: 'v1' } as const;

describe('the review', () => {
  test('accepts the version that was seen', () => {
    const one = signed().accept('2024-12-13 10:00');
    expect(one.get('report')).toMatchObject({ status: 'accepted', onTime: true, acceptedAt: at('2024-12-13 10:00') });
    expect(one.get('report').approval!.decisions).toMatchObject([
      { by: 'the-reviewer', decision: 'approve', seen: 'v1' },
    ]);
    expect(one.letters().at(-1)).toBe('2024-12-13 10:00 accepted filer');
  });

  test('refuses a decision on another version', () => {
    expect(signed().try('2024-12-13 10:00', { ...accept, seen: 'v0' }, person('reviewer'))).toEqual({
      refused: 'stale-version',
      data: { now: 'v1' },
    });
  });

  test('may begin before it decides; then it is theirs', () => {
    const one = signed().do('2024-12-13 09:00', { type: 'start-review', obligation: 'report' }, person('reviewer'));
    expect(one.get('report')).toMatchObject({ status: 'under-review', approval: { takenBy: 'the-reviewer' } });
    expect(one.do('2024-12-13 10:00', accept, person('reviewer')).get('report').status).toBe('accepted');
  });

  test('is not for whoever filed or signed it', () => {
    const paper = {
      type: 'file',
      obligation: 'report',
      content: content('v1'),
      onBehalf: 'office',
      paper: content('scan'),
    } as const;
    const clerk = person('reviewer', 'clerk');
    const one = new UnitCase().do('2024-12-12 10:00', paper, clerk);
    const own = { refused: 'own-submission' };
    expect(one.try('2024-12-13 10:00', accept, clerk)).toEqual(own);
    expect(one.try('2024-12-13 10:00', { type: 'start-review', obligation: 'report' }, clerk)).toEqual(own);
    const correction = { type: 'correct', obligation: 'report', seen: 'v1', content: content('v2'), note: '' } as const;
    expect(one.try('2024-12-13 10:00', correction, clerk)).toEqual(own);
    expect(one.do('2024-12-13 10:00', accept, person('reviewer')).get('report').status).toBe('accepted');
  });

  test('is not for a role it has not come to', () => {
    expect(signed().try('2024-12-13 10:00', accept, person('admin'))).toMatchObject({
      refused: 'not-your-turn',
      data: { with: 'reviewer' },
    });
  });

  test('has three working days, then another reviewer, then the office, and never approves itself', () => {
    // Signed on Thursday: due at the end of Tuesday 17, Friday 20 and Wednesday 25 December.
    const one = signed().until('2024-12-31 00:00');
    const handed = one.facts.filter((fact) => fact.type === 'review-handed-on').map((fact) => fact.data);
    expect(one.times('review-handed-on', 'report')).toEqual([
      '2024-12-18 00:00',
      '2024-12-24 00:00',
      '2024-12-28 00:00',
    ]);
    expect(handed).toEqual([
      { to: 'reviewer', nth: 1 },
      { to: 'admin', nth: 0 },
      { to: 'admin', nth: 0 },
    ]);
    expect(one.get('report').status).toBe('signed');
    expect(one.do('2024-12-31 10:00', accept, person('admin')).get('report').status).toBe('accepted');
  });

  test('sends back with reasons and a new day, which has reminders of its own', () => {
    const one = signed().sendBack('2024-12-13 10:00', '2024-12-20');
    expect(one.get('report')).toMatchObject({
      status: 'returned',
      due: '2024-12-16',
      redo: '2024-12-20',
      dueAt: at('2024-12-21 00:00'),
    });
    expect(one.letters().at(-1)).toBe('2024-12-13 10:00 returned filer');
    one.until('2024-12-24 12:00');
    expect(one.times('reminded', 'report').map((time) => time.slice(0, 10))).toEqual([
      '2024-12-17',
      '2024-12-19',
      '2024-12-20',
    ]);
    expect(one.times('due-missed', 'report')).toEqual(['2024-12-21 00:00']);
  });

  test('cannot send back to a day that is not to come', () => {
    const back = {
      type: 'return' as const,
      obligation: 'report',
      seen: 'v1',
      reasons: [{ text: '' }],
      redo: '2024-12-13',
    } satisfies ObligationMessage;
    expect(signed().try('2024-12-13 10:00', back, person('reviewer'))).toMatchObject({ refused: 'date-not-later' });
  });

  test('of a route with several steps goes on to the next', () => {
    const [desk] = testPlan().routes[0]!.steps;
    const steps = [desk!, { ...desk!, code: 'office', by: 'admin' as const, handOn: [] }];
    const one = new UnitCase({ plan: testPlan({ routes: [{ code: 'desk-review', steps }] }) })
      .file('2024-12-12 10:00', 'report', 'v1')
      .sign('2024-12-12 11:00');
    one.do('2024-12-13 10:00', accept, person('reviewer'));
    expect(one.get('report')).toMatchObject({ status: 'under-review', approval: { step: 1 } });
    expect(one.letters().at(-1)).toBe('2024-12-13 10:00 review-asked admin');
    expect(one.do('2024-12-13 11:00', accept, person('admin')).get('report').status).toBe('accepted');
  });
});

describe('a correction', () => {
  const correct = {
    type: 'correct',
    obligation: 'report',
    seen: 'v1',
    content: content('v2'),
    note: 'a figure',
  } as const;
  const corrected = () => signed().do('2024-12-13 10:00', correct, person('reviewer'));

  test('waits for the consent of the unit and becomes the next version', () => {
    const one = corrected();
    expect(one.get('report')).toMatchObject({ status: 'correcting', versions: 1 });
    one.do('2024-12-13 11:00', { type: 'consent', obligation: 'report', seen: 'v2' }, person('head'));
    expect(one.get('report')).toMatchObject({
      status: 'under-review',
      versions: 2,
      submission: { digest: 'v2', version: 2 },
    });
    expect(one.try('2024-12-13 12:00', accept, person('reviewer'))).toMatchObject({ refused: 'stale-version' });
    expect(one.accept('2024-12-13 12:00').get('report')).toMatchObject({ status: 'accepted', onTime: true });
  });

  test('can be consented to only as it was seen', () => {
    const result = corrected().try(
      '2024-12-13 11:00',
      { type: 'consent', obligation: 'report', seen: 'v3' },
      person('head'),
    );
    expect(result).toEqual({ refused: 'stale-version', data: { now: 'v2' } });
  });

  test('that is declined leaves the version as it was', () => {
    const one = corrected().do(
      '2024-12-13 11:00',
      { type: 'decline', obligation: 'report', reason: 'no' },
      person('head'),
    );
    expect(one.get('report')).toMatchObject({
      status: 'under-review',
      correction: undefined,
      submission: { digest: 'v1' },
    });
  });

  test('does not stop the clock of the review', () => {
    expect(corrected().until('2024-12-18 00:00').times('review-handed-on', 'report')).toEqual(['2024-12-18 00:00']);
  });
});

describe('reopening', () => {
  const reopen = { type: 'reopen', obligation: 'report', reason: 'mistake' } as const;

  test('undoes an acceptance; the reviewer has it again with a clock of its own', () => {
    const one = signed().accept('2024-12-13 10:00').do('2024-12-16 10:00', reopen, person('admin'));
    expect(one.get('report')).toMatchObject({ status: 'under-review', onTime: undefined, acceptedAt: undefined });
    expect(one.get('report').approval).toMatchObject({
      step: 0,
      holder: 0,
      decisions: [],
      dueAt: at('2024-12-20 00:00'),
    });
    expect(one.accept('2024-12-17 10:00').get('report').onTime).toBe(true);
  });

  test('is refused where nobody reviews', () => {
    const one = new UnitCase({ unit: { sectors: ['chemicals'] } })
      .file('2024-12-23 10:00', 'log#1')
      .sign('2024-12-23 11:00', 'log#1');
    expect(one.try('2024-12-24 10:00', { ...reopen, obligation: 'log#1' }, person('admin'))).toEqual({
      refused: 'nothing-to-review',
    });
  });
});
