import fc from 'fast-check';
import { isRefusal } from '../../../domain/case';
import { begun, passUntil, receive } from '../../../domain/case-runner';
import { unitCampaign } from '../../../domain/unit-campaign';
import type { UnitCampaignMessage } from '../../../domain/unit-campaign/messages';
import { ladderOf } from '../../../domain/unit-campaign/schedule';
import { isOwed, type UnitCampaignState } from '../../../domain/unit-campaign/state';
import { CODES, code, day, HOUR, OPENING, START, story, type Told, tell } from '../../support/stories';
import { at, person } from '../../support/unit-case';

function check(predicate: (told: Told) => void): void {
  fc.assert(
    fc.property(story, (events) => predicate(tell(events))),
    { numRuns: 150 },
  );
}

describe('whatever messages come, in whatever order', () => {
  test('time goes forward: no fact is dated before the one before it, nor the case before its facts', () => {
    check(({ facts, states }) => {
      for (let i = 1; i < facts.length; i += 1) expect(facts[i]!.at).toBeGreaterThanOrEqual(facts[i - 1]!.at);
      for (let i = 1; i < states.length; i += 1)
        expect(states[i]!.lastAt).toBeGreaterThanOrEqual(states[i - 1]!.lastAt);
      expect(states.at(-1)!.lastAt).toBeGreaterThanOrEqual(facts.at(-1)!.at);
    });
  });

  test('a state survives a process history, and goes on from there as it would have', () => {
    check(({ states }) => {
      for (const state of states) {
        const copy = JSON.parse(JSON.stringify(state)) as UnitCampaignState;
        expect(JSON.stringify(unitCampaign.next(copy))).toBe(JSON.stringify(unitCampaign.next(state)));
      }
      expect(JSON.parse(JSON.stringify(states.at(-1)))).toEqual(states.at(-1));
      const middle = states[Math.floor(states.length / 2)]!;
      const far = at('2025-06-30 00:00');
      const copy = JSON.parse(JSON.stringify(middle)) as UnitCampaignState;
      const goesOn = JSON.stringify(passUntil(unitCampaign, copy, far).facts);
      expect(goesOn).toBe(JSON.stringify(passUntil(unitCampaign, middle, far).facts));
    });
  });

  test('no clock is left behind: after time has passed, what comes next lies ahead', () => {
    check(({ running }) => {
      expect(unitCampaign.next(running.state)?.at ?? Number.POSITIVE_INFINITY).toBeGreaterThan(at('2025-06-30 00:00'));
    });
  });

  test('nobody is reminded of what is done', () => {
    check(({ facts }) => {
      for (const about of CODES) {
        let done = false;
        for (const fact of facts.filter((one) => one.about === about)) {
          if (['accepted', 'recorded', 'exempted', 'signed'].includes(fact.type)) done = true;
          if (['returned', 'reinstated', 'withdrawn', 'reopened'].includes(fact.type)) done = false;
          if (['reminded', 'due-missed', 'ladder-step'].includes(fact.type))
            expect([about, fact.type, done]).toEqual([about, fact.type, false]);
        }
      }
    });
  });

  test('the ladder is climbed rung by rung, never skipping one, and anew only after the day was moved', () => {
    check(({ facts }) => {
      for (const about of CODES) {
        let step = 0;
        for (const fact of facts.filter((one) => one.about === about)) {
          if (fact.type === 'due-moved' || fact.type === 'reinstated') step = 0;
          // An extension of what was sent back leaves the rung; what it leaves can only be the next rung or the first.
          if (fact.type === 'extension-decided' && fact.data!.granted) step = -1;
          if (fact.type !== 'ladder-step') continue;
          if (step >= 0) expect([about, fact.data!.step]).toEqual([about, step + 1]);
          step = fact.data!.step as number;
        }
      }
    });
  });

  test('a bulletin is proposed only after a talk was held, refused or rejected', () => {
    check(({ facts }) => {
      for (const about of CODES) {
        let settled = false;
        for (const fact of facts.filter((one) => one.about === about)) {
          if (fact.type === 'proposed' && fact.data!.measure === 'talk') settled = false;
          if (fact.type === 'talk-settled') settled = true;
          if (fact.type === 'proposed' && fact.data!.measure === 'bulletin')
            expect([about, settled]).toEqual([about, true]);
        }
      }
    });
  });

  test('what stays owed is at the top of the ladder in the end, or waits for its talk', () => {
    check(({ running: { state } }) => {
      if (state.closed) return;
      for (const one of state.obligations.filter((each) => isOwed(each.status))) {
        expect(one.missed).toBe(true);
        const rungs = ladderOf(state.terms, one.code).length;
        const waits = one.proposals.some((made) => made.measure === 'talk' && made.status === 'open');
        expect([one.code, waits ? rungs - 1 : rungs]).toEqual([one.code, one.ladder.step]);
      }
    });
  });

  test('one talk at most waits for an answer', () => {
    check(({ states }) => {
      for (const state of states) {
        for (const one of state.obligations) {
          const open = one.proposals.filter((made) => made.measure === 'talk' && made.status === 'open').length;
          const done = one.status === 'accepted' || one.status === 'exempt';
          if (open > (done ? 0 : 1)) throw new Error(`${one.code}: ${open} talks wait for an answer`);
        }
      }
    });
  });

  test('what is accepted has a signed submission and is known to be on time or late', () => {
    check(({ states }) => {
      const accepted = states.flatMap((state) => state.obligations).filter((one) => one.status === 'accepted');
      for (const one of new Set(accepted)) {
        expect(one.submission).toMatchObject({
          signedAt: expect.any(Number),
          completeAt: expect.any(Number),
          version: one.versions,
        });
        expect(typeof one.onTime).toBe('boolean');
      }
    });
  });

  test('the case is complete exactly when everything is accepted or exempt', () => {
    check(({ states }) => {
      for (const state of states) {
        if (state.closed) continue;
        const done = state.obligations.every((one) => one.status === 'accepted' || one.status === 'exempt');
        expect(state.status).toBe(done ? 'complete' : 'running');
      }
    });
  });

  test('repeating every message changes nothing', () => {
    check(({ running, envelopes }) => {
      for (const envelope of envelopes) {
        const again = receive(unitCampaign, running, envelope);
        if (isRefusal(again)) throw new Error(`${envelope.id} was answered and is refused now`);
        if (again.running !== running || again.decision.facts.length > 0)
          throw new Error(`${envelope.id} was taken twice`);
      }
    });
  });

  test('every reason to write has somebody to go to, and can be asked whether it still holds', () => {
    check(({ mails, states }) => {
      const answers = mails.map((mail) => [mail.to.role, unitCampaign.holds(states.at(-1)!, mail)]);
      expect(answers).toEqual(mails.map(() => [expect.any(String), expect.any(Boolean)]));
    });
  });
});

describe('facts of the campaign', () => {
  const history = fc
    .array(fc.record({ code, due: day, urge: fc.boolean() }), { minLength: 1, maxLength: 6 })
    .map((changes) => {
      const moves: Record<string, { due: string; revision: number }> = {};
      const urges: Record<string, number> = {};
      return changes.map((change, index) => {
        const revision = index + 1;
        if (change.urge) urges[change.code] = revision;
        else moves[change.code] = { due: change.due, revision };
        return { type: 'campaign-facts' as const, revision, moves: { ...moves }, urges: { ...urges } };
      });
    });

  const hear = (all: UnitCampaignMessage[]) => {
    let running = begun(unitCampaign.open(OPENING));
    all.forEach((message, index) => {
      const result = receive(unitCampaign, running, {
        id: `f${index}`,
        at: START + HOUR,
        by: person('admin'),
        message,
      });
      if (isRefusal(result)) throw new Error(result.refused);
      running = result.running;
    });
    return running.state;
  };

  test('in any order and any number leave the case where their order would have left it', () => {
    const told = history.chain((inOrder) =>
      fc.record({ inOrder: fc.constant(inOrder), shuffled: fc.array(fc.constantFrom(...inOrder), { maxLength: 12 }) }),
    );
    fc.assert(
      fc.property(told, ({ inOrder, shuffled }) => {
        expect(hear([...shuffled, inOrder.at(-1)!, ...shuffled])).toEqual(hear(inOrder));
      }),
      { numRuns: 60 },
    );
  });
});
