import { CLOCK } from '../../../domain/case';
import type { CampaignFacts } from '../../../domain/unit-campaign/messages';
import { UnitCase } from '../../support/unit-case';

function facts(revision: number, of: Partial<CampaignFacts> = {}): CampaignFacts {
  return { type: 'campaign-facts', revision, moves: {}, urges: {}, ...of };
}

const FIRST = facts(1, { moves: { report: { due: '2024-12-20', revision: 1 } } });
const SECOND = facts(2, { moves: { report: { due: '2024-12-23', revision: 2 } } });
const THIRD = facts(3, { ...SECOND, revision: 3, urges: { report: 3 } } as CampaignFacts);

const hear = (one: UnitCase, ...all: CampaignFacts[]) => {
  for (const each of all) one.do('2024-12-13 09:00', each, CLOCK);
  return one;
};

describe('facts of the campaign', () => {
  test('move the day', () => {
    const one = hear(new UnitCase(), FIRST);
    expect(one.get('report')).toMatchObject({ due: '2024-12-20', ladder: { step: 0 } });
    expect(one.facts.at(-1)).toMatchObject({ type: 'due-moved', about: 'report', by: CLOCK });
    expect(one.state.campaignRevision).toBe(1);
  });

  test('older than those known change nothing', () => {
    const one = hear(new UnitCase(), SECOND);
    const { state, revision } = one;
    hear(one, FIRST, SECOND);
    expect(one.state).toBe(state);
    expect(one.revision).toBe(revision);
  });

  test('that were missed in between are made up for by the newest', () => {
    expect(hear(new UnitCase(), THIRD).get('report')).toEqual(hear(new UnitCase(), FIRST, SECOND, THIRD).get('report'));
  });

  test('are not taken twice where only another part is new', () => {
    const one = hear(new UnitCase(), SECOND, THIRD);
    expect(one.times('due-moved', 'report')).toHaveLength(1);
    expect(one.times('urged', 'report')).toHaveLength(1);
  });

  test('do not touch what is accepted, or what the unit does not owe', () => {
    const one = new UnitCase().file('2024-12-12 10:00').sign('2024-12-12 11:00').accept('2024-12-13 08:45');
    hear(one, FIRST, facts(4, { moves: { 'log#1': { due: '2024-12-30', revision: 4 } } }));
    expect(one.get('report')).toMatchObject({ status: 'accepted', due: '2024-12-16' });
    expect(one.state.campaignRevision).toBe(4);
  });

  test('heard after the new day itself has passed still give the day all others have', () => {
    const one = new UnitCase().do('2024-12-24 09:00', SECOND, CLOCK);
    expect(one.get('report').due).toBe('2024-12-23');
    expect(one.until('2024-12-24 09:00').times('due-missed', 'report')).toEqual([
      '2024-12-17 00:00',
      '2024-12-24 09:00',
    ]);
  });

  test('close the case', () => {
    const closing = facts(2, { closed: { reason: 'over' } });
    expect(hear(new UnitCase(), closing).state).toMatchObject({
      status: 'closed',
      closed: true,
      outcome: 'unfinished',
      reason: 'over',
    });
    const closed = hear(new UnitCase(), closing);
    const before = closed.state;
    expect(hear(closed, THIRD).state).toBe(before);
  });
});
