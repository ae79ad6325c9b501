import { isWorkingDay } from '../../domain/calendar';
import { isRefusal } from '../../domain/case';
import { applied, begun, passUntil, receive } from '../../domain/case-runner';
import { dateOf, timeOf } from '../../domain/time';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { type Act, envelopeOf, nextAct, type Persona, type PersonaKind, personaOf } from '../../rehearsal/personas';
import { openingOf } from '../support/unit-case';

const SEED = 7;

/** A unit's whole campaign with nobody but its persona. */
function live(kind: PersonaKind, unit = 'u-1'): { state: UnitCampaignState; acts: Act[]; facts: string[] } {
  const persona: Persona = { kind, unit };
  const opened = unitCampaign.open(openingOf({ unit: { id: unit, sectors: ['general', 'chemicals'] } }));
  let running = begun(opened);
  const acts: Act[] = [];
  const facts: string[] = [];
  for (;;) {
    const act = nextAct(persona, running.state, SEED);
    const clock = unitCampaign.next(running.state);
    if (act && act.at < (clock?.at ?? Number.POSITIVE_INFINITY)) {
      const result = receive(unitCampaign, running, envelopeOf(running.state.id, act));
      if (isRefusal(result)) throw new Error(JSON.stringify({ act, result }));
      acts.push(act);
      facts.push(...result.decision.facts.map((fact) => fact.type));
      running = result.running;
    } else if (clock) {
      running = applied(running, passUntil(unitCampaign, running.state, clock.at));
    } else {
      return { state: running.state, acts, facts };
    }
  }
}

const units = Array.from({ length: 30 }, (_, index) => `u-${index}`);
const all = (kind: PersonaKind) => units.map((unit) => live(kind, unit));

describe('personas', () => {
  test('are mixed as a county is, the same for the same seed', () => {
    const kinds = Array.from({ length: 2000 }, (_, index) => personaOf(SEED, { id: `u-${index}` }).kind);
    const share = (kind: PersonaKind) => kinds.filter((one) => one === kind).length / 20;
    expect(share('punctual')).toBeGreaterThan(65);
    expect(share('punctual')).toBeLessThan(75);
    for (const kind of ['late', 'returned-once', 'silent', 'left-half-way'] as const)
      expect(share(kind)).toBeGreaterThan(1.5);
    expect(personaOf(SEED, { id: 'u-5' })).toEqual(personaOf(SEED, { id: 'u-5' }));
  });

  test('punctual units have everything accepted on time', () => {
    for (const { state } of all('punctual')) {
      expect(state).toMatchObject({ outcome: 'accepted' });
      expect(state.obligations.filter((one) => !one.onTime)).toEqual([]);
    }
  });

  test('late ones have everything accepted, some of it late: filed late, or only signed late', () => {
    const lives = all('late');
    for (const { state } of lives) expect(state.outcome).toBe('accepted');
    const late = lives.flatMap(({ state }) => state.obligations).filter((one) => !one.onTime);
    expect(late.some((one) => one.submission!.filedAt > one.dueAt)).toBe(true);
    expect(late.some((one) => one.submission!.filedAt <= one.dueAt)).toBe(true);
  });

  test('those returned once are returned exactly once', () => {
    for (const { facts, state } of all('returned-once')) {
      expect(facts.filter((fact) => fact === 'returned')).toHaveLength(1);
      expect(state.outcome).toBe('accepted');
    }
  });

  test('silent ones do nothing: only the leader does something about them', () => {
    for (const { acts, state } of all('silent')) {
      expect(new Set(acts.map((act) => act.message.type))).toEqual(new Set(['settle-talk']));
      expect(state.receipt).toBeUndefined();
    }
  });

  test('those that left did so in the middle', () => {
    for (const { state, acts } of all('left-half-way')) {
      expect(state.outcome).toBe('left');
      // Half way is 22 January; the week after it runs into the Spring Festival.
      expect(dateOf(acts.at(-1)!.at, 'Asia/Shanghai')).toMatch(/^2025-(01-2\d|02-05)$/);
    }
  });

  test('act on half hours of working days, in order, and never in the hour of the clocks', () => {
    const { calendar } = openingOf({}).terms;
    for (const { acts } of [...all('punctual'), ...all('late'), ...all('returned-once')]) {
      for (const [index, act] of acts.entries()) {
        expect(isWorkingDay(calendar, dateOf(act.at, 'Asia/Shanghai'))).toBe(true);
        expect(timeOf(act.at, 'Asia/Shanghai')).toMatch(/^(09|1[0-8]):[03]0$/);
        expect(act.at).toBeGreaterThanOrEqual(acts[index - 1]?.at ?? 0);
      }
    }
  });

  test('decide by the state alone: a copy of it, asked again, gives the same act', () => {
    const persona = personaOf(SEED, { id: 'u-1' });
    const { state } = unitCampaign.open(openingOf({}));
    const copy = JSON.parse(JSON.stringify(state)) as UnitCampaignState;
    expect(nextAct({ ...persona }, copy, SEED)).toEqual(nextAct(persona, state, SEED));
    expect(nextAct(persona, state, SEED)).toEqual(nextAct(persona, state, SEED));
    expect(nextAct(persona, state, SEED + 1)).not.toEqual(nextAct(persona, state, SEED));
  });

  test('never act before what has happened: an act that is overdue comes at once', () => {
    const { state } = unitCampaign.open(openingOf({}));
    const later = { ...state, lastAt: openingOf({}).terms.endAt };
    expect(nextAct({ kind: 'punctual', unit: 'u-1' }, later, SEED)!.at).toBe(later.lastAt);
  });

  test('a unit that another acts for is filed for by it', () => {
    const persona = personaOf(SEED, { id: 'u-1', supervisingUnit: 'S00002' });
    const { state } = unitCampaign.open(openingOf({}));
    const act = nextAct({ ...persona, kind: 'punctual' }, { ...state, receipt: { at: 0, by: '' } }, SEED)!;
    expect(act).toMatchObject({
      by: { role: 'filer', unit: persona.actsThrough },
      message: { onBehalf: 'supervising-unit' },
    });
  });
});
