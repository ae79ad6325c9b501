import { CAMPAIGN_TABLE, campaign } from '../../../domain/campaign';
import { campaignOpening } from '../../../domain/campaign/opening';
import type { CampaignMessage, CampaignState } from '../../../domain/campaign/state';
import { type Decision, isRefusal } from '../../../domain/case';
import { testPlan } from '../../support/plan';
import { at, person } from '../../support/unit-case';

const OPENED = at('2024-12-09 09:00');

function launch(): Decision<CampaignState> {
  return campaign.open(campaignOpening(testPlan(), { id: 'campaign/c1', digest: 'plan-digest', units: 40 }, OPENED));
}

function take(state: CampaignState, message: CampaignMessage, time = '2024-12-10 10:00') {
  return campaign.receive(state, message, { at: at(time), receivedAt: at(time), by: person('admin') });
}

function taken(state: CampaignState, message: CampaignMessage, time?: string): Decision<CampaignState> {
  const result = take(state, message, time);
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result;
}

const rolledOut = { type: 'rolled-out', rollOut: 1, started: 40 } as const;
const running = () => taken(launch().state, rolledOut).state;
const add = { type: 'add-units', units: 42, added: 2, reason: 'forgotten' } as const;
const move = { type: 'move-due', duty: 'report', due: '2024-12-23', reason: 'snow' } as const;
const urge = { type: 'urge', duty: 'note' } as const;
const close = { type: 'close', reason: 'over' } as const;

describe('a campaign', () => {
  test('opens with a roll-out to all units of its roster', () => {
    const { state, facts, orders } = launch();
    expect(state).toMatchObject({
      status: 'launching',
      campaign: 'campaign/c1',
      end: '2025-03-08',
      endAt: at('2025-03-09 00:00'),
      roster: { units: 40, rollOuts: 1 },
    });
    expect(facts).toMatchObject([
      { type: 'launched', at: OPENED, data: { plan: 'test-plan', digest: 'plan-digest', units: 40 } },
    ]);
    expect(orders).toEqual([{ type: 'roll-out', at: OPENED }]);
    expect(state.duties.slice(0, 3)).toEqual([
      { code: 'report', due: '2024-12-16' },
      { code: 'note', due: '2024-12-30' },
      { code: 'log#1', due: '2024-12-24' },
    ]);
  });

  test('runs when the newest roll-out is through; an older one does not count', () => {
    expect(running().status).toBe('running');
    const again = taken(running(), add).state;
    expect(again).toMatchObject({ status: 'launching', roster: { units: 42, rollOuts: 2 } });
    expect(taken(again, rolledOut).state.status).toBe('launching');
    expect(taken(again, { ...rolledOut, rollOut: 2 }).state.status).toBe('running');
    expect(taken(running(), rolledOut).state.status).toBe('running');
  });

  test('takes more units at any time: the same roll-out again', () => {
    for (const state of [launch().state, running()]) {
      const { facts, orders } = taken(state, add);
      expect(facts).toMatchObject([{ type: 'units-added', data: { added: 2, reason: 'forgotten' } }]);
      expect(orders).toEqual([{ type: 'roll-out', at: at('2024-12-10 10:00') }]);
    }
  });

  test('tells everybody its newest facts as a whole, with a revision that goes up', () => {
    for (const [status, first] of [
      ['launching', launch().state],
      ['running', running()],
    ] as const) {
      const moved = taken(first, move);
      expect(moved.state).toMatchObject({
        status,
        duties: [{ code: 'report', due: '2024-12-23' }, {}, {}, {}, {}, {}, {}],
      });
      expect(moved.facts).toMatchObject([
        { type: 'due-moved', data: { duty: 'report', from: '2024-12-16', due: '2024-12-23' } },
      ]);
      const urged = taken(moved.state, urge);
      expect(urged.orders).toEqual([
        {
          type: 'broadcast',
          at: at('2024-12-10 10:00'),
          message: {
            type: 'campaign-facts',
            revision: 2,
            moves: { report: { due: '2024-12-23', revision: 1 } },
            urges: { note: 2 },
          },
        },
      ]);
    }
  });

  test('moves and urges only what its plan has, and not into the past', () => {
    const unknown = { refused: 'unknown-obligation', data: { obligation: 'nothing' } };
    expect(take(running(), { ...move, duty: 'nothing' })).toEqual(unknown);
    expect(take(running(), { ...urge, duty: 'nothing' })).toEqual(unknown);
    expect(take(running(), { ...move, due: '2024-12-09' })).toEqual({
      refused: 'date-passed',
      data: { today: '2024-12-10' },
    });
    expect(isRefusal(take(running(), { ...move, due: '2024-12-10' }))).toBe(false);
  });

  test('tells the office when its last day has passed, once, and goes on', () => {
    for (const first of [launch().state, running()]) {
      const step = campaign.next(first)!;
      expect(step).toEqual({ type: 'clock:period-over', at: at('2025-03-09 00:00') });
      const { state, facts, mails } = campaign.pass(first, step);
      expect(state).toMatchObject({ status: first.status, over: true, closed: false, lastAt: step.at });
      expect(facts).toMatchObject([{ type: 'period-over' }]);
      expect(mails).toMatchObject([{ kind: 'period-over', to: { campaign: 'campaign/c1', role: 'admin' } }]);
      expect(campaign.next(state)).toBeUndefined();
      expect(campaign.clocks(first)).toMatchObject([{ code: 'period', status: 'open' }]);
      expect(campaign.clocks(state)).toMatchObject([{ code: 'period', status: 'met' }]);
    }
  });

  test('is closed by the office, which every unit hears of, and is then done', () => {
    for (const first of [launch().state, running()]) {
      const { state, orders } = taken(first, close);
      expect(state).toMatchObject({ status: 'closed', closed: true });
      expect(orders).toMatchObject([
        { type: 'broadcast', message: { type: 'campaign-facts', revision: 1, closed: { reason: 'over' } } },
      ]);
      expect(campaign.next(state)).toBeUndefined();
      for (const message of [add, move, urge, close, rolledOut])
        expect(take(state, message)).toEqual({ refused: 'case-closed' });
    }
  });

  test('survives a process history', () => {
    const { state } = taken(taken(running(), move).state, urge);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  test('has these rows and no others', () => {
    const open = ['add-units', 'clock:period-over', 'close', 'move-due', 'rolled-out', 'urge'];
    expect(Object.keys(CAMPAIGN_TABLE.launching).sort()).toEqual(open);
    expect(Object.keys(CAMPAIGN_TABLE.running).sort()).toEqual(open);
    expect(CAMPAIGN_TABLE.closed).toEqual({});
  });
});
