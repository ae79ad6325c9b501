import { unitId } from '../../domain/id';
import { UNIT_KINDS } from '../../domain/unit';
import { rehearsalPlan, syntheticUnits } from '../../rehearsal/synthetic-county';
import { testPlan } from '../support/plan';

describe('a county that does not exist', () => {
  const units = syntheticUnits(500, 7);

  test('is the same for the same seed, and another for another', () => {
    expect(syntheticUnits(500, 7)).toEqual(units);
    expect(syntheticUnits(500, 8)).not.toEqual(units);
    expect(syntheticUnits(200, 7)).toEqual(units.slice(0, 200));
  });

  test('has units of all kinds and sectors, each with an id of its own', () => {
    expect(new Set(units.map((unit) => unit.kind))).toEqual(new Set(UNIT_KINDS));
    expect(new Set(units.flatMap((unit) => unit.sectors)).size).toBe(6);
    expect(new Set(units.map((unit) => unit.id)).size).toBe(500);
    for (const unit of units) expect(unit.id).toBe(unitId(unit.code));
  });

  test('has clinics of one person, clinics that a health centre acts for, and a few that no mail reaches', () => {
    expect(units.some((unit) => unit.onePerson && unit.filer.email === unit.head.email)).toBe(true);
    const supervised = units.filter((unit) => unit.supervisingUnit);
    expect(supervised.length).toBeGreaterThan(50);
    for (const unit of supervised) {
      expect(unit.kind).toBe('village-clinic');
      expect(units.find((one) => one.code === unit.supervisingUnit)!.kind).toBe('township-health-centre');
    }
    const silent = units.filter((unit) => unit.filer.email === '').length;
    expect(silent).toBeGreaterThan(0);
    expect(silent).toBeLessThan(30);
  });

  test('nobody in it has an address at which mail could arrive', () => {
    const people = units.flatMap((unit) => [unit.filer, unit.deputyFiler, unit.head]);
    for (const { email } of people) expect(email).toMatch(/^$|\.invalid$/);
    for (const { email } of rehearsalPlan(testPlan(), '2024-12-09').contacts) expect(email).toMatch(/\.invalid$/);
  });
});

describe('the plan of a rehearsal', () => {
  test('has a start and an office where the template had none', () => {
    const open = testPlan().contacts.map((one) => ({ ...one, email: 'XX' }));
    const plan = rehearsalPlan(testPlan({ template: true, start: undefined, contacts: open }), '2025-03-03');
    expect(plan).toMatchObject({ template: false, start: '2025-03-03' });
    expect(plan.contacts.map((one) => one.role)).toEqual([
      'admin',
      'leader',
      'reviewer',
      'reviewer',
      'reviewer',
      'reviewer',
    ]);
  });

  test('keeps who is who in the office of a plan that has one', () => {
    const [admin, ...others] = testPlan().contacts;
    const contacts = [admin!, { ...admin!, role: 'leader' as const }, ...others.slice(1)];
    const emails = rehearsalPlan(testPlan({ contacts }), '2024-12-09').contacts.map((one) => one.email);
    expect(emails[0]).toBe(emails[1]);
    expect(new Set(emails).size).toBe(3);
  });
});
