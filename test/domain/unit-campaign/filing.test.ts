import { at, content, person, UnitCase } from '../../support/unit-case';

describe('filing', () => {
  test('what the head must sign is filed first and asks for the signature', () => {
    const one = new UnitCase().file('2024-12-12 10:00', 'report', 'v1');
    expect(one.get('report')).toMatchObject({ status: 'filed', versions: 1, submission: { digest: 'v1', version: 1 } });
    expect(one.get('report').submission!.signedAt).toBeUndefined();
    expect(one.letters()).toEqual(['2024-12-12 10:00 sign-asked head']);
  });

  test('what needs one signature goes to its desk at once', () => {
    const one = new UnitCase().file('2024-12-12 10:00', 'note');
    expect(one.get('note')).toMatchObject({ status: 'signed', approval: { step: 0, holder: 0 } });
    expect(one.letters('note')).toEqual(['2024-12-12 10:00 review-asked reviewer']);
  });

  test('in a one-person unit one signature counts as both', () => {
    const one = new UnitCase({ unit: { onePerson: true } }).file('2024-12-12 10:00');
    expect(one.get('report')).toMatchObject({ status: 'signed', submission: { signedBy: 'the-filer' } });
  });

  test('a stamped paper comes signed, whoever enters it, and says so', () => {
    const paper = {
      type: 'file',
      obligation: 'report',
      content: content('v1'),
      onBehalf: 'office',
      paper: content('scan'),
    } as const;
    const one = new UnitCase().do('2024-12-12 10:00', paper, person('admin'));
    expect(one.get('report')).toMatchObject({
      status: 'signed',
      submission: { onBehalf: 'office', filedBy: 'the-admin' },
    });
    expect(one.facts.find((fact) => fact.type === 'filed')!.data).toEqual({
      version: 1,
      digest: 'v1',
      onBehalf: 'office',
      paper: 'scan',
    });
  });

  test('a supervising unit may file for it; the head still signs', () => {
    const message = {
      type: 'file',
      obligation: 'report',
      content: content('v1'),
      onBehalf: 'supervising-unit',
    } as const;
    const one = new UnitCase().do('2024-12-12 10:00', message);
    expect(one.get('report')).toMatchObject({ status: 'filed', submission: { onBehalf: 'supervising-unit' } });
  });

  test('what nobody reviews is recorded with the signature', () => {
    const one = new UnitCase({ unit: { sectors: ['chemicals'] } })
      .file('2024-12-23 10:00', 'log#1')
      .sign('2024-12-23 11:00', 'log#1');
    expect(one.get('log#1')).toMatchObject({ status: 'accepted', onTime: true, acceptedAt: at('2024-12-23 11:00') });
    expect(one.times('recorded', 'log#1')).toEqual(['2024-12-23 11:00']);
    const single = new UnitCase({ unit: { sectors: ['chemicals'], onePerson: true } }).file(
      '2024-12-23 10:00',
      'log#1',
    );
    expect(single.get('log#1').status).toBe('accepted');
  });

  test('may be filed again until it is signed; the head must have seen the newest', () => {
    const one = new UnitCase().file('2024-12-12 10:00', 'report', 'v1').file('2024-12-12 11:00', 'report', 'v2');
    expect(one.get('report').versions).toBe(2);
    const stale = one.try('2024-12-12 12:00', { type: 'sign', obligation: 'report', seen: 'v1' }, person('head'));
    expect(stale).toEqual({ refused: 'stale-version', data: { now: 'v2' } });
    expect(one.sign('2024-12-12 12:00').get('report').status).toBe('signed');
  });

  test('is refused where there is no such duty, or not in this state', () => {
    const one = new UnitCase();
    const file = (obligation: string) => ({ type: 'file', obligation, content: content('v') }) as const;
    expect(one.try('2024-12-12 10:00', file('log#1'))).toEqual({
      refused: 'unknown-obligation',
      data: { obligation: 'log#1' },
    });
    one.file('2024-12-12 10:00', 'note');
    expect(one.try('2024-12-12 11:00', file('note'))).toMatchObject({
      refused: 'not-now',
      data: { state: 'signed', message: 'file' },
    });
  });
});

describe('on time', () => {
  const finish = (one: UnitCase, filed: string, signed: string) =>
    one.file(filed).sign(signed).accept('2024-12-18 10:00').get('report');

  test('means complete and signed by 24:00 of the day', () => {
    expect(finish(new UnitCase(), '2024-12-16 10:00', '2024-12-16 23:59').onTime).toBe(true);
    expect(finish(new UnitCase(), '2024-12-16 10:00', '2024-12-17 00:00').onTime).toBe(true);
    expect(finish(new UnitCase(), '2024-12-16 10:00', '2024-12-17 00:01').onTime).toBe(false);
  });

  test('is judged by when it was received: 23:58, though the worker was down until 00:10', () => {
    const one = new UnitCase().file('2024-12-16 10:00').until('2024-12-17 00:10');
    expect(one.get('report').missed).toBe(true);
    one.sign('2024-12-16 23:58');
    expect(one.get('report')).toMatchObject({ status: 'signed', missed: false });
    expect(one.get('report').submission).toMatchObject({
      completeAt: at('2024-12-16 23:58'),
      signedAt: at('2024-12-17 00:00'),
    });
    expect(one.facts.at(-1)).toMatchObject({ type: 'signed', at: at('2024-12-17 00:00'), data: { onTime: true } });
    expect(one.accept('2024-12-18 10:00').get('report').onTime).toBe(true);
  });

  test('is not what came late, whatever was passed before', () => {
    const one = new UnitCase().file('2024-12-16 10:00').sign('2024-12-17 00:01');
    expect(one.get('report').missed).toBe(true);
    expect(one.facts.at(-1)!.data).toMatchObject({ onTime: false });
  });

  test('goes by the first due day, also for what was sent back and done again', () => {
    const one = new UnitCase()
      .file('2024-12-13 10:00')
      .sign('2024-12-13 11:00')
      .sendBack('2024-12-16 10:00', '2024-12-20');
    one.file('2024-12-19 10:00').sign('2024-12-19 11:00').accept('2024-12-20 10:00');
    expect(one.get('report')).toMatchObject({ status: 'accepted', onTime: false, versions: 2 });
  });
});

describe('taking back', () => {
  const withdraw = { type: 'withdraw', obligation: 'report', reason: 'wrong file' } as const;

  test('is possible until the review starts', () => {
    const one = new UnitCase().file('2024-12-12 10:00').do('2024-12-12 10:30', withdraw);
    expect(one.get('report')).toMatchObject({ status: 'pending', submission: undefined });
    one.file('2024-12-12 11:00').sign('2024-12-12 11:30').do('2024-12-12 12:00', withdraw);
    expect(one.get('report')).toMatchObject({ status: 'pending', approval: undefined });
    one.file('2024-12-12 13:00').sign('2024-12-12 13:30');
    one.do('2024-12-12 14:00', { type: 'start-review', obligation: 'report' }, person('reviewer'));
    expect(one.try('2024-12-12 15:00', withdraw)).toMatchObject({ refused: 'not-now' });
  });

  test('of what was sent back leads to sent back', () => {
    const one = new UnitCase()
      .file('2024-12-12 10:00')
      .sign('2024-12-12 11:00')
      .sendBack('2024-12-13 10:00', '2024-12-20');
    one.file('2024-12-16 10:00').do('2024-12-16 11:00', withdraw);
    expect(one.get('report')).toMatchObject({ status: 'returned', redo: '2024-12-20' });
  });
});
