import { isWorkingDay } from '../../domain/calendar';
import { calendarOf } from '../../domain/plan-dates';
import { mailsPerPerson } from '../../rehearsal/mails-per-person';
import { report } from '../../rehearsal/report';
import { reportText } from '../../rehearsal/report-text';
import { simulate } from '../../rehearsal/simulator';
import { rehearsalPlan, syntheticUnits } from '../../rehearsal/synthetic-county';
import { testPlan } from '../support/plan';

/** A campaign of 200 units, lived through: what it does to those who read the mails. */
const SEED = 11;
const plan = rehearsalPlan(testPlan(), '2024-12-09');
const units = syntheticUnits(200, SEED);
const whole = simulate({ plan, units, seed: SEED });

test('nobody gets more than one digest on a working day; on other days only what keeps its day', () => {
  const { perPerson, tooMany } = report(whole).mails;
  expect(perPerson.peakPerDay).toBe(1);
  expect(tooMany).toEqual([]);
  const calendar = calendarOf(plan);
  const offDays = whole.mails.filter(({ date }) => !isWorkingDay(calendar, date));
  expect(offDays.length).toBeGreaterThan(0);
  expect(new Set(offDays.flatMap(({ reasons }) => reasons.map(({ kind }) => kind)))).toEqual(
    new Set(['due-soon', 'sign-due']),
  );
});

test('every reason is in exactly one mail', () => {
  const reasons = whole.mails.flatMap((mail) => mail.reasons.map((reason) => ({ ...reason, at: mail.at })));
  const named = reasons.map(({ kind, case: of, about, to, at }) => JSON.stringify([kind, of, about, to, at]));
  expect(new Set(named).size).toBe(named.length);
  const { byKind } = report(whole).mails;
  expect(Object.values(byKind).reduce((a, b) => a + b, 0)).toBe(reasons.length);
});

test('who gets too many is named by role and unit, with the reason', () => {
  const { most } = report(whole).mails.perPerson;
  const limit = most[2]!.inMonth - 1;
  const strict = { ...whole, plan: { ...plan, post: { ...plan.post, mostPerMonth: limit } } };
  const figures = report(strict);
  expect(figures.mails.tooMany.length).toBeGreaterThan(0);
  for (const one of figures.mails.tooMany) {
    expect(one.inMonth).toBeGreaterThan(limit);
    expect(one.why).toEqual(['more-than-the-plan-allows']);
  }
  const text = reportText(strict, figures);
  expect(text).toContain(`TOO MANY (one a day, ${limit} in 30 days): ${figures.mails.tooMany.length} people`);
  expect(text).toContain(figures.mails.tooMany[0]!.who);
  expect(text).not.toContain('.invalid');
  const twice = [...whole.mails, whole.mails[0]!];
  expect(mailsPerPerson({ ...whole, mails: twice }).tooMany).toEqual([
    expect.objectContaining({ peak: 2, why: ['more-than-one-a-day'] }),
  ]);
});
