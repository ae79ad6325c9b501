import { unitCampaignId } from '../../domain/kinds';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { differences } from '../../rehearsal/compare';
import { personaOf } from '../../rehearsal/personas';
import { report } from '../../rehearsal/report';
import { reportText } from '../../rehearsal/report-text';
import { simulate } from '../../rehearsal/simulator';
import { rehearsalPlan, syntheticUnits } from '../../rehearsal/synthetic-county';
import { testPlan } from '../support/plan';
import { at, shown } from '../support/unit-case';

const SEED = 7;
const plan = rehearsalPlan(testPlan(), '2024-12-09');
const units = syntheticUnits(150, SEED);
const whole = simulate({ plan, units, seed: SEED });
const caseOf = (unit: string) => unitCampaignId(whole.campaign, unit);
const persons = (kind: string) => units.filter((unit) => personaOf(SEED, unit).kind === kind);

describe('the simulator', () => {
  test('lives the campaign through to its end: every unit once, everything closed', () => {
    expect(Object.keys(whole.timelines)).toHaveLength(151);
    expect(Object.values(whole.states).filter((state) => !state.closed)).toEqual([]);
    const types = whole.timelines[whole.campaign]!.map((fact) => `${shown(fact.at)} ${fact.type}`);
    expect(types).toEqual([
      '2024-12-09 09:00 launched',
      '2024-12-09 09:00 rolled-out',
      '2025-03-09 00:00 period-over',
      '2025-03-21 16:40 closed',
    ]);
  });

  test('gives the same timelines and mails for the same seed, others for another', () => {
    const again = simulate({ plan, units, seed: SEED });
    expect(differences(whole.timelines, again.timelines)).toEqual([]);
    expect(again.mails).toEqual(whole.mails);
    expect(
      differences(whole.timelines, simulate({ plan, units, seed: 8, campaign: whole.campaign }).timelines),
    ).not.toEqual([]);
  });

  test('a unit lives the same three months whoever else there is', () => {
    const some = simulate({ plan, units: units.slice(0, 20), seed: SEED });
    for (const unit of units.slice(0, 20)) {
      expect(some.timelines[caseOf(unit.id)]).toEqual(whole.timelines[caseOf(unit.id)]);
    }
  });

  test('stops where it is told to, and had come to the same by then', () => {
    const until = at('2024-12-24 00:00');
    const part = simulate({ plan, units, seed: SEED, until });
    for (const [id, facts] of Object.entries(part.timelines)) {
      expect(facts).toEqual(whole.timelines[id]!.filter((fact) => fact.at <= until));
    }
    expect(part.mails).toEqual(whole.mails.filter((mail) => mail.at <= until));
  });

  test('five working days after the due day the silent stand on the third rung, and nobody else who has filed', () => {
    const { states } = simulate({ plan, units, seed: SEED, until: at('2024-12-23 09:00') });
    const onThird = units.filter((unit) => {
      const state = states[caseOf(unit.id)] as UnitCampaignState;
      return state.obligations.find((one) => one.code === 'report')!.ladder.step === 3;
    });
    expect(persons('silent').length).toBeGreaterThan(0);
    expect(onThird).toEqual(expect.arrayContaining(persons('silent')));
    for (const unit of persons('punctual')) expect(onThird).not.toContain(unit);
  });

  test('who owes the report and has not filed is reminded of it once at three days; who filed is not', () => {
    const threeDays = at('2024-12-13 08:30');
    const { states, timelines } = simulate({ plan, units, seed: SEED, until: threeDays });
    for (const unit of units) {
      const state = states[caseOf(unit.id)] as UnitCampaignState;
      const owed = state.obligations.find((one) => one.code === 'report')!.status === 'pending';
      const reminded = timelines[caseOf(unit.id)]!.filter(
        (fact) => fact.type === 'reminded' && fact.about === 'report',
      );
      expect(reminded.map((fact) => fact.data!.days)).toEqual(owed ? [3] : []);
    }
  });

  test('nobody gets two mails a day, none goes out on a day off unless a reminder keeps its day, none in the night', () => {
    const seen = new Set(whole.mails.map((mail) => `${mail.to} ${mail.date}`));
    expect(seen.size).toBe(whole.mails.length);
    for (const mail of whole.mails) {
      const time = shown(mail.at).slice(11);
      expect(time >= '08:30' && time <= '20:00').toBe(true);
      if (mail.date === '2024-12-15')
        expect(new Set(mail.reasons.map((reason) => reason.kind))).not.toContain('accepted');
    }
  });

  test('reasons that no longer held were not sent', () => {
    expect(whole.withdrawn).toBeGreaterThan(0);
    expect(whole.unaddressed).toBeGreaterThan(0);
  });
});

describe('the report', () => {
  const figures = report(whole);

  test('counts mails and the reasons in them', () => {
    const reasons = whole.mails.flatMap((mail) => mail.reasons);
    expect(figures.mails.total).toBe(whole.mails.length);
    expect(Object.values(figures.mails.byKind).reduce((a, b) => a + b, 0)).toBe(reasons.length);
    expect(whole.mails.filter((mail) => mail.date === figures.mails.busiest.date)).toHaveLength(
      figures.mails.busiest.count,
    );
    expect(reasons.length).toBeGreaterThan(whole.mails.length);
  });

  test('accounts for every obligation', () => {
    const { due, accepted, late, missed } = figures.obligations;
    const states = Object.values(whole.states).filter((state): state is UnitCampaignState => state.unit !== undefined);
    const all = states.flatMap((state) => state.obligations);
    expect(accepted).toBe(all.filter((one) => one.status === 'accepted').length);
    expect(due).toBe(accepted + missed);
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(accepted);
    const silent = states.filter((state) => persons('silent').some((unit) => unit.id === state.unit));
    expect(missed).toBeGreaterThanOrEqual(silent.flatMap((state) => state.obligations).length);
  });

  test('has the shape that was promised', () => {
    expect(figures).toMatchObject({
      plan: 'test-plan',
      units: 150,
      seed: SEED,
      days: 103,
      cases: { opened: 151, closed: 151 },
      engine: { used: false, agrees: null, differences: [] },
    });
    expect(Object.keys(figures.ladder)).toEqual(
      expect.arrayContaining(['remind', 'warn', 'propose-talk', 'propose-bulletin']),
    );
    expect(figures.ladder.remind).toBeGreaterThan(figures.ladder['propose-bulletin']!);
    expect(report(whole, ['x']).engine).toEqual({ used: true, agrees: false, differences: ['x'] });
    expect(report(whole, []).engine.agrees).toBe(true);
  });

  test('as text names days, roles and units, states, and no person', () => {
    const text = reportText(whole, figures);
    expect(text).toMatch(/2024-12-09 一 +\d+ █+/);
    expect(text).toContain('reviewer general');
    expect(text).toMatch(/filer of \S+演练\S+/);
    expect(text).toContain('obligation: nobody was in correcting, exempt; none is unreachable');
    expect(text).not.toContain('.invalid');
    expect(reportText(whole, report(whole, ['c event 1: a ≠ b']))).toContain('THE ENGINE DIFFERS\n  c event 1: a ≠ b');
  });
});

describe('the comparison', () => {
  const by = { id: 'p', role: 'filer' as const };

  test('names case, event and both sides of each difference', () => {
    const a = {
      'unit-campaign/1': [
        { at: 0, type: 'filed', by },
        { at: 1000, type: 'signed', by },
      ],
    };
    const b = { 'unit-campaign/1': [{ at: 0, type: 'filed', by }], 'unit-campaign/2': [{ at: 0, type: 'opened', by }] };
    expect(differences(a, b)).toEqual([
      'unit-campaign/1 event 2: 1970-01-01T00:00:01.000Z {"by":{"id":"p","role":"filer"},"type":"signed"} ≠ nothing',
      'unit-campaign/2 event 1: nothing ≠ 1970-01-01T00:00:00.000Z {"by":{"id":"p","role":"filer"},"type":"opened"}',
    ]);
  });

  test('does not mind what a history or a database does to a fact', () => {
    const a = {
      c: [{ at: 0, type: 'filed', by, about: undefined, data: { b: 1, a: undefined, rows: [{ y: 1, x: 2 }] } }],
    };
    const b = { c: [{ data: { rows: [{ x: 2, y: 1 }], b: 1 }, by, type: 'filed', at: 0 }] };
    expect(differences(a, b)).toEqual([]);
    expect(differences(a, { c: [{ ...b.c[0]!, at: 1 }] })).toHaveLength(1);
  });

  test('says how many more there are', () => {
    const many = { c: Array.from({ length: 150 }, (_, index) => ({ at: index, type: 'x', by })) };
    expect(differences(many, {}).at(-1)).toBe('… and 50 more');
  });
});
