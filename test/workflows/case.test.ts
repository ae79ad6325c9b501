import { makeActivities } from '../../activities/record';
import type { Envelope } from '../../domain/case';
import { CaseRefusal } from '../../engine/cases';
import { fastForward } from '../../engine/time-skipping';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember, unitOpening } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc, FactDoc } from '../../store/documents';
import { type TestEngine, testEngine, until } from '../support/engine';
import { testPlan } from '../support/plan';

const START = nextNinthOfDecember(Date.now());
const UNIT = { ...syntheticUnits(1, 1)[0]!, onePerson: false, sectors: ['general' as const] };

describe('the case loop on the real engine', () => {
  let engine: TestEngine;
  let id: string;

  beforeEach(async () => {
    engine = await testEngine('loop');
    const plan = testPlan({ start: START });
    await engine.withWorker(async () => {
      // Case ids are unique in the namespace that all suites share.
      const campaign = `campaign/${engine.config.rehearsal}`;
      await setUp(engine.store, engine.cases, {
        id: engine.config.rehearsal!,
        campaign,
        plan,
        units: [UNIT],
        seed: 1,
        players: [UNIT.id],
      });
      // No dispatcher here: the roll-out is done by hand.
      const opening = unitOpening(plan, campaign, UNIT, launchOf(plan));
      id = opening.id;
      await engine.cases.open(opening);
      await recorded(1);
    });
  });
  afterEach(() => engine.close());

  const recorded = (revision: number) =>
    until(`revision ${revision}`, () =>
      engine.store.cases.findOne({ _id: id, revision: { $gte: revision } }).lean<CaseDoc>(),
    );
  const facts = () => engine.store.timeline.find({ case: id }).sort({ n: 1 }).lean<FactDoc[]>();
  const digest = 'a'.repeat(64);
  const filing = (at: number, key = 'file-1'): Envelope<never> =>
    ({
      id: key,
      at,
      by: { id: 'p1', role: 'filer', unit: UNIT.id },
      message: { type: 'file', obligation: 'note', content: { id: 'c1', digest } },
    }) as never;

  test('a clock that runs out while nothing else happens is passed at its instant and written down once', async () => {
    await engine.withWorker(async () => {
      const before = await recorded(1);
      await fastForward(engine.client, id, before.nextAt!);
      await recorded(2);
    });
    const reminded = (await facts()).filter((fact) => fact.type === 'reminded');
    expect(reminded).toHaveLength(1);
    expect(reminded[0]!.at).toBe(
      (await engine.store.outbox.findOne({ case: id, 'payload.kind': 'due-soon' }).lean())!.at,
    );
  });

  test('a message sent again, in another run too, has the same answer and is done once', async () => {
    await engine.withWorker(async () => {
      const at = launchOf(testPlan({ start: START })) + 3_600_000;
      const first = await engine.cases.deliver(id, filing(at));
      await engine.cases.refresh(id);
      const again = await engine.cases.deliver(id, filing(at));
      expect(again).toEqual(first);
      await recorded(first.revision);
    });
    expect((await facts()).filter((fact) => fact.type === 'filed')).toHaveLength(1);
  });

  test('a refusal carries our code, and changes nothing', async () => {
    await engine.withWorker(async () => {
      const at = launchOf(testPlan({ start: START })) + 3_600_000;
      const envelope = { ...filing(at), message: { type: 'accept', obligation: 'note', seen: digest } };
      const refused = await engine.cases.deliver(id, envelope).catch((error) => error);
      expect(refused).toBeInstanceOf(CaseRefusal);
      expect(refused.code).toBe('not-now');
      const { revision, recorded } = await engine.cases.look(id);
      expect([revision, recorded]).toEqual([1, 1]);
    });
  });

  test('a stream of messages goes through fresh runs without one lost or done twice', async () => {
    const at = launchOf(testPlan({ start: START })) + 3_600_000;
    const runs = new Set<string>();
    await engine.withWorker(async () => {
      const answers = [];
      for (let round = 0; round < 6; round += 1) {
        const calls = Array.from({ length: 8 }, (_, i) =>
          engine.cases.deliver(id, {
            id: `call-${round}-${i}`,
            at: at + round,
            by: { id: 'admin', role: 'admin' },
            message: { type: 'record-call', result: 'reached', note: `${round}-${i}` } as never,
          }),
        );
        await engine.cases.refresh(id);
        answers.push(...(await Promise.all(calls)));
        runs.add((await engine.client.workflow.getHandle(id).describe()).runId);
      }
      await recorded(Math.max(...answers.map((answer) => answer.revision)));
      expect(new Set(answers.map((answer) => answer.revision)).size).toBe(48);
    });
    const notes = (await facts()).filter((fact) => fact.type === 'called').map((fact) => fact.data!.note);
    expect(notes).toHaveLength(48);
    expect(new Set(notes).size).toBe(48);
    expect((await facts()).map((fact) => fact.n)).toEqual((await facts()).map((_, i) => i + 1));
    expect(runs.size).toBeGreaterThan(1);
  });

  test('a database that is away holds nothing up: decisions are answered, and all of it is written down in order later', async () => {
    const real = makeActivities(engine.store);
    let away = true;
    const offered: number[] = [];
    const record: typeof real.record = async (batch) => {
      offered.push(batch.seq);
      if (away) throw new Error('the database is away');
      await real.record(batch);
    };
    const at = launchOf(testPlan({ start: START })) + 3_600_000;
    await engine.withWorker(
      async () => {
        const filed = await engine.cases.deliver(id, filing(at));
        await until('a try that failed', async () => offered.length > 1);
        const withdrawn = await engine.cases.deliver(id, {
          ...filing(at + 1, 'withdraw-1'),
          message: { type: 'withdraw', obligation: 'note', reason: 'once more' } as never,
        });
        expect(withdrawn.revision).toBe(filed.revision + 1);
        away = false;
        await recorded(withdrawn.revision);
      },
      { record },
    );
    const types = (await facts()).map((fact) => fact.type);
    expect(types.slice(-3)).toEqual(['filed', 'signed', 'withdrawn']);
    expect(await engine.store.alarms.countDocuments()).toBe(0);
  });

  test('a filing received at 23:58 is on time though the worker was away until after midnight', async () => {
    const due = (await engine.store.cases.findById(id).lean<CaseDoc<never>>())!.state as never as {
      obligations: { code: string; dueAt: number }[];
    };
    const dueAt = due.obligations.find((one) => one.code === 'note')!.dueAt;
    // Nobody works: the clock of the case runs past the due instant, and only then the filing gets through.
    await engine.withWorker(async () => {
      await fastForward(engine.client, id, dueAt + 600_000);
      await until('the due instant passed', async () =>
        (await facts()).some((fact) => fact.type === 'due-missed' && fact.about === 'note'),
      );
      const answer = await engine.cases.deliver(id, filing(dueAt - 120_000));
      await recorded(answer.revision);
    });
    const state = (await engine.store.cases.findById(id).lean<CaseDoc<never>>())!.state as never as {
      obligations: { code: string; missed: boolean; submission: { completeAt: number } }[];
    };
    const note = state.obligations.find((one) => one.code === 'note')!;
    expect(note.missed).toBe(false);
    expect(note.submission.completeAt).toBe(dueAt - 120_000);
    expect((await facts()).find((fact) => fact.type === 'signed')!.data!.onTime).toBe(true);
  });
});

test('a batch that comes again is written once; another one under its number raises an alarm', async () => {
  const engine = await testEngine('batch');
  const { record } = makeActivities(engine.store);
  const batch = {
    case: 'unit-campaign/b',
    kind: 'unit-campaign',
    campaign: 'campaign/b',
    seq: 1,
    revision: 1,
    status: 'running',
    closed: false,
    state: {},
    whole: true,
    gone: [],
    firstFact: 1,
    facts: [{ at: 1, type: 'opened', by: { id: 'clock', role: 'auditor' as const } }],
    carriedOutAt: 1,
    firstEffect: 1,
    mails: [],
    orders: [],
    clocks: [],
  };
  await record(batch);
  await record({ ...batch, carriedOutAt: 2 });
  expect(await engine.store.timeline.countDocuments({ case: batch.case })).toBe(1);
  expect(await engine.store.alarms.countDocuments()).toBe(0);
  await record({ ...batch, status: 'other' });
  expect(await engine.store.alarms.countDocuments({ code: 'batch-differs' })).toBe(1);
  expect((await engine.store.cases.findById(batch.case).lean<CaseDoc>())!.status).toBe('running');
  await engine.close();
});
