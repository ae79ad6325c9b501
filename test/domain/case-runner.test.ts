import type { Envelope } from '../../domain/case';
import { isRefusal } from '../../domain/case';
import { begun, passUntil, receive } from '../../domain/case-runner';
import { unitCampaign } from '../../domain/unit-campaign';
import type { UnitCampaignMessage } from '../../domain/unit-campaign/messages';
import { at, content, openingOf, person, shown } from '../support/unit-case';

const fresh = () => begun(unitCampaign.open(openingOf({})));

function filing(time: string, id = 'm1'): Envelope<UnitCampaignMessage> {
  const message = { type: 'file', obligation: 'note', content: content('v1') } as const;
  return { id, at: at(time), by: person('filer'), message };
}

/** What has to be taken. */
function taken<T extends object>(result: T): Exclude<T, { refused: string }> {
  if (isRefusal(result)) throw new Error(JSON.stringify(result));
  return result as Exclude<T, { refused: string }>;
}

describe('passUntil', () => {
  test('passes all that is due, in order, each dated with the instant it was due', () => {
    const { facts } = passUntil(unitCampaign, fresh().state, at('2024-12-18 00:00'));
    const reminders = facts
      .filter((fact) => fact.about === 'report')
      .map((fact) => [shown(fact.at).slice(0, 10), fact.type]);
    expect(reminders).toEqual([
      ['2024-12-13', 'reminded'],
      ['2024-12-15', 'reminded'],
      ['2024-12-16', 'reminded'],
      ['2024-12-17', 'due-missed'],
      ['2024-12-17', 'ladder-step'],
    ]);
    expect(facts.map((fact) => fact.at)).toEqual(facts.map((fact) => fact.at).sort((a, b) => a - b));
  });

  test('what is due at the very instant is passed, a millisecond later is not', () => {
    const { state } = fresh();
    const first = unitCampaign.next(state)!.at;
    expect(passUntil(unitCampaign, state, first - 1)).toEqual({ state, facts: [], mails: [], orders: [] });
    expect(passUntil(unitCampaign, state, first).facts).toHaveLength(1);
  });

  test('rules that never move forward do not hang their case', () => {
    const stuck: typeof unitCampaign = {
      ...unitCampaign,
      next: () => ({ type: 'clock:again', at: 0 }),
      pass: (state) => ({ state, facts: [], mails: [], orders: [] }),
    };
    expect(() => passUntil(stuck, fresh().state, 1)).toThrow('does not move past clock:again');
  });
});

describe('receive', () => {
  test('passes what was due first, then decides, and answers', () => {
    const result = taken(receive(unitCampaign, fresh(), filing('2024-12-16 12:00')));
    expect(result.decision.facts.map((fact) => fact.type)).toEqual([
      'reminded',
      'reminded',
      'reminded',
      'filed',
      'signed',
    ]);
    expect(result.answer).toEqual({
      revision: 2,
      status: 'running',
      at: at('2024-12-16 12:00'),
      facts: ['filed', 'signed'],
    });
    expect(result.running.revision).toBe(2);
    expect(result.decision.mails.map((mail) => mail.kind)).toEqual([
      'due-soon',
      'due-soon',
      'due-soon',
      'review-asked',
    ]);
  });

  test('a repeated message gets the recorded answer and decides nothing', () => {
    const first = taken(receive(unitCampaign, fresh(), filing('2024-12-12 12:00')));
    const again = taken(receive(unitCampaign, first.running, filing('2024-12-20 12:00')));
    expect(again.answer).toBe(first.answer);
    expect(again.decision).toEqual({ state: first.running.state, facts: [], mails: [], orders: [] });
    expect(again.running).toBe(first.running);
  });

  test('a refusal changes nothing, not even the clocks, and is not remembered', () => {
    const running = fresh();
    const refused = {
      ...filing('2024-12-20 12:00'),
      message: { type: 'sign', obligation: 'note', seen: 'x' } as const,
    };
    expect(receive(unitCampaign, running, refused)).toMatchObject({ refused: 'not-now' });
    expect(running.state.lastAt).toBe(at('2024-12-09 09:00'));
    expect(taken(receive(unitCampaign, running, filing('2024-12-20 12:00'))).answer.facts).toContain('filed');
  });

  test('a message from before the last event is dated with that event', () => {
    const passed = { ...fresh(), state: passUntil(unitCampaign, fresh().state, at('2024-12-17 00:00')).state };
    const result = taken(receive(unitCampaign, passed, filing('2024-12-16 23:58')));
    expect(result.answer.at).toBe(at('2024-12-17 00:00'));
    expect(result.running.state.obligations[1]!.submission!.completeAt).toBe(at('2024-12-16 23:58'));
  });

  test('the revision does not grow when nothing changes', () => {
    const facts = { type: 'campaign-facts', revision: 0, moves: {}, urges: {} } as const;
    const result = taken(receive(unitCampaign, fresh(), { ...filing('2024-12-10 09:00'), message: facts }));
    expect(result.running.revision).toBe(1);
    expect(result.answer.revision).toBe(1);
    expect(result.running.answers).toHaveLength(1);
  });

  test('the last hundred answers are kept', () => {
    let running = fresh();
    const call = { type: 'record-call', result: 'reached', note: '' } as const;
    for (let i = 0; i < 120; i += 1) {
      running = taken(
        receive(unitCampaign, running, { ...filing('2024-12-10 09:00', `m${i}`), message: call }),
      ).running;
    }
    expect(running.answers.map((one) => one.id)).toEqual(Array.from({ length: 100 }, (_, i) => `m${i + 20}`));
  });
});
