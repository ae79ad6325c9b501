import { unitCampaign } from '../../../domain/unit-campaign';
import { termsFor } from '../../../domain/unit-campaign/terms';
import { testPlan } from '../../support/plan';
import { at, openingOf, person, UnitCase } from '../../support/unit-case';

const admin = person('admin');

/** Everything filed and accepted by the end of December. */
function finished(): UnitCase {
  const one = new UnitCase().file('2024-12-12 10:00').sign('2024-12-12 11:00').accept('2024-12-13 10:00');
  return one.file('2024-12-13 10:00', 'note').accept('2024-12-16 10:00', 'note');
}

describe('the unit as a whole', () => {
  test('opens with its duties and a word to the filer', () => {
    const { facts, mails, state } = unitCampaign.open(openingOf({}));
    const duties = [
      { code: 'report', due: '2024-12-16' },
      { code: 'note', due: '2024-12-30' },
    ];
    expect(facts).toMatchObject([{ type: 'opened', at: at('2024-12-09 09:00'), data: { joinedLate: false, duties } }]);
    expect(mails).toMatchObject([{ kind: 'launched', to: { unit: 'u-1', role: 'filer' } }]);
    expect(state.status).toBe('running');
  });

  test('takes note of the plan once', () => {
    const one = new UnitCase().do('2024-12-10 10:00', { type: 'acknowledge' });
    expect(one.state.receipt).toEqual({ at: at('2024-12-10 10:00'), by: 'the-filer' });
    expect(one.try('2024-12-11 10:00', { type: 'acknowledge' })).toMatchObject({ refused: 'already-acknowledged' });
  });

  test('has telephone calls on its timeline', () => {
    const one = new UnitCase().do(
      '2024-12-10 10:00',
      { type: 'record-call', result: 'no-answer', note: 'twice' },
      admin,
    );
    expect(one.facts.at(-1)).toMatchObject({ type: 'called', data: { result: 'no-answer', note: 'twice' } });
  });

  test('is complete when everything is accepted or exempt, and runs again when something is reopened', () => {
    const one = finished();
    expect(one.state.status).toBe('complete');
    expect(one.facts.at(-1)!.type).toBe('completed');
    expect(one.do('2024-12-17 10:00', { type: 'acknowledge' }).state.status).toBe('complete');
    one.do('2024-12-17 10:00', { type: 'reopen', obligation: 'report', reason: '' }, admin);
    expect(one.state.status).toBe('running');
    one.do('2024-12-17 11:00', { type: 'exempt', obligation: 'report', reason: '' }, admin);
    expect(one.state.status).toBe('complete');
  });

  test('ends with the last day when it is complete by then', () => {
    const one = finished().until('2025-03-09 00:00');
    expect(one.state).toMatchObject({ status: 'closed', closed: true, over: true, outcome: 'accepted' });
    expect(one.facts.slice(-2).map((fact) => fact.type)).toEqual(['period-over', 'closed']);
    expect(one.facts.at(-1)!.data).toMatchObject({
      owed: 2,
      accepted: 2,
      onTime: 2,
      late: 0,
      exempt: 0,
      unfinished: 0,
    });
    expect(one.mails.at(-1)).toMatchObject({ kind: 'result', to: { role: 'filer' } });
  });

  test('goes on after the last day until it is complete, and ends then', () => {
    const one = new UnitCase()
      .file('2024-12-13 10:00', 'note')
      .accept('2024-12-16 10:00', 'note')
      .until('2025-03-10 00:00');
    expect(one.state).toMatchObject({ status: 'running', over: true, closed: false });
    one.file('2025-03-11 10:00').sign('2025-03-11 11:00').accept('2025-03-12 10:00');
    expect(one.state).toMatchObject({ status: 'closed', closed: true, outcome: 'accepted' });
    expect(one.facts.slice(-3).map((fact) => fact.type)).toEqual(['accepted', 'completed', 'closed']);
    expect(one.facts.at(-1)!.data).toMatchObject({ accepted: 2, onTime: 1, late: 1 });
  });

  test('can be closed unfinished, with a result sheet that says what is missing', () => {
    const one = new UnitCase().do('2025-03-20 10:00', { type: 'close', reason: 'over' }, admin);
    expect(one.state).toMatchObject({ status: 'closed', closed: true, outcome: 'unfinished', reason: 'over' });
    expect(one.facts.at(-1)!.data).toMatchObject({
      unfinished: 2,
      rows: [{ obligation: 'report', status: 'pending', ladder: 3 }, {}],
    });
    expect(finished().do('2025-01-20 10:00', { type: 'close', reason: '' }, admin).state.outcome).toBe('accepted');
  });

  test.each([
    ['running', new UnitCase()],
    ['complete', finished()],
  ])('can leave while %s', (_, one) => {
    one.do('2025-01-20 10:00', { type: 'leave', reason: 'merged' }, admin);
    expect(one.state).toMatchObject({ closed: true, outcome: 'left', reason: 'merged' });
  });

  test('does nothing any more once it has ended, and says so', () => {
    const one = new UnitCase().do('2024-12-20 10:00', { type: 'leave', reason: '' }, admin);
    expect(unitCampaign.next(one.state)).toBeUndefined();
    const refused = { refused: 'case-closed', data: { outcome: 'left' } };
    expect(one.try('2024-12-20 11:00', { type: 'acknowledge' })).toEqual(refused);
    expect(one.try('2024-12-20 11:00', { type: 'urge', obligation: 'report' }, admin)).toEqual(refused);
    const reason = one.mails.find((mail) => mail.kind === 'overdue')!;
    expect(one.holds(reason)).toBe(false);
  });

  test('shows its deadlines, and what became of them', () => {
    const status = (one: UnitCase) => unitCampaign.clocks(one.state).map((clock) => `${clock.code} ${clock.status}`);
    expect(status(new UnitCase())).toEqual(['report/due open', 'note/due open']);
    expect(status(new UnitCase().until('2024-12-17 00:00'))).toEqual(['report/due missed', 'note/due open']);
    expect(status(finished())).toEqual(['report/due met', 'note/due met']);
    const exempt = new UnitCase().do('2024-12-10 10:00', { type: 'exempt', obligation: 'note', reason: '' }, admin);
    expect(status(exempt)).toEqual(['report/due open', 'note/due void']);
  });

  test('tells in a few lines where it stands', () => {
    expect(unitCampaign.describe(new UnitCase().state)).toMatch(
      /^\*\*running\*\* · next: clock:reminder of report at 2024-12-13T00:\d\d:00.000Z\n- report: pending, due 2024-12-16, ladder 0\n/,
    );
  });
});

describe('joining late', () => {
  test('gives as many days as the others had for what is past, and no past turns of what recurs', () => {
    const one = new UnitCase({ opened: '2025-01-15 10:00', unit: { sectors: ['chemicals'] } });
    expect(one.state.obligations.map(({ code, due }) => `${code} ${due}`)).toEqual([
      'report 2025-01-22',
      'note 2025-02-05',
      'log#3 2025-01-23',
      'log#4 2025-02-07',
      'log#5 2025-02-22',
    ]);
    expect(one.facts[0]!.data).toMatchObject({ joinedLate: true });
    expect(one.until('2025-01-20 00:00').times('reminded', 'report')).toHaveLength(1);
    expect(one.times('due-missed')).toEqual([]);
  });

  test('keeps the day of what is still to come, moved days included', () => {
    const unit = { sectors: ['general' as const], onePerson: false };
    const terms = termsFor(testPlan(), unit, at('2024-12-20 10:00'), { note: { due: '2025-01-10' } });
    expect(terms.duties.map(({ code, due }) => `${code} ${due}`)).toEqual(['report 2024-12-27', 'note 2025-01-10']);
  });
});
