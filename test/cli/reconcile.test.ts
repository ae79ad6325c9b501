import { repair } from '../../cli/repair';
import { survey } from '../../cli/survey';
import type { Envelope } from '../../domain/case';
import type { Difference } from '../../domain/differences';
import { setUp } from '../../rehearsal/on-engine';
import { launchOf, nextNinthOfDecember, unitOpening } from '../../rehearsal/openings';
import { syntheticUnits } from '../../rehearsal/synthetic-county';
import type { CaseDoc } from '../../store/documents';
import { type TestEngine, testEngine, until } from '../support/engine';
import { testPlan } from '../support/plan';

const START = nextNinthOfDecember(Date.now());
const UNITS = syntheticUnits(2, 1).map((unit) => ({ ...unit, onePerson: false, sectors: ['general' as const] }));
const plan = testPlan({ start: START });
let engine: TestEngine;
let campaign: string;
let id: string;

beforeEach(async () => {
  engine = await testEngine('reconcile');
  campaign = `campaign/${engine.config.rehearsal}`;
  const players = UNITS.map((unit) => unit.id);
  await engine.withWorker(async () => {
    await setUp(engine.store, engine.cases, {
      id: engine.config.rehearsal!,
      campaign,
      plan,
      units: UNITS,
      seed: 1,
      players,
    });
    for (const unit of UNITS) await engine.cases.open(unitOpening(plan, campaign, unit, launchOf(plan)));
    await until('all are written down', async () => (await engine.store.cases.countDocuments()) === 3);
  });
  id = unitOpening(plan, campaign, UNITS[0]!, launchOf(plan)).id;
  await engine.store.roster.updateMany({}, { $set: { status: 'started' } });
});
afterEach(() => engine.close());

const call = (key: string): Envelope => ({
  id: key,
  at: launchOf(plan) + 3_600_000,
  by: { id: 'admin', role: 'admin' },
  message: { type: 'record-call', result: 'reached', note: key } as never,
});
const find = async () => (await survey(engine.store, engine.cases)).map(short);
const short = ({ kind, case: of, row }: Difference) => `${kind} ${row ?? of}`;
const repairAll = async () => {
  const found = await survey(engine.store, engine.cases);
  const done: (string | undefined)[] = [];
  for (const one of found) done.push(await repair(engine, one));
  return { found: found.map(short), done };
};
const docOf = (of: string) => engine.store.cases.findById(of).lean<CaseDoc>();
const afterCalls = async () => {
  // Two runs, so that the history has to be read back past the present one.
  await engine.cases.deliver(id, call('one'));
  await engine.cases.refresh(id);
  const { revision } = await engine.cases.deliver(id, call('two'));
  return until('both calls are written down', async () => {
    const doc = await docOf(id);
    return doc!.revision >= revision && doc;
  });
};

test('where all agree there is nothing to tell', async () => {
  await engine.withWorker(async () => expect(await find()).toEqual([]));
});

test('a database put back to an older state gets what it lost out of the history, once', async () => {
  await engine.withWorker(async () => {
    const { store } = engine;
    const before = await docOf(id);
    const well = await afterCalls();
    const facts = await store.timeline.countDocuments({ case: id });
    await store.timeline.deleteMany({ case: id, 'data.note': { $in: ['one', 'two'] } });
    await store.cases.collection.replaceOne({ _id: id } as never, before as never);
    expect(await find()).toEqual([`projection-behind ${id}`]);
    expect((await repairAll()).done).toEqual([expect.stringContaining('batches written again')]);
    expect(await docOf(id)).toEqual(well);
    expect(await store.timeline.countDocuments({ case: id })).toBe(facts);
    expect(await find()).toEqual([]);
    expect(await store.alarms.countDocuments()).toBe(0);
  });
});

test('a lost document is made anew, and what comes later follows on it', async () => {
  await engine.withWorker(async () => {
    const well = await afterCalls();
    await engine.store.cases.deleteOne({ _id: id });
    const { found, done } = await repairAll();
    expect(found).toEqual([`projection-missing ${id}`]);
    expect(done).toEqual(['made anew from the case’s state']);
    expect(await docOf(id)).toEqual(well);
    const { revision } = await engine.cases.deliver(id, call('three'));
    await until('the third is written down', async () => (await docOf(id))!.revision >= revision);
    expect(await engine.store.alarms.countDocuments()).toBe(0);
  });
});

test('a unit on the roster that was never started waits for the roll-out again; one that lived does not', async () => {
  await engine.withWorker(async () => {
    const { store } = engine;
    const unit = 'u-00000000000000aa';
    await store.roster.insertMany([
      { _id: `${campaign}/${unit}`, campaign, unit, rollOut: 1, status: 'started', joinedAt: launchOf(plan) },
    ]);
    await store.outbox.updateMany({ type: 'roll-out' }, { $set: { status: 'done' } });
    const ghost = `unit-campaign/${campaign.slice(9)}-u-00000000000000bb`;
    await store.cases.collection.insertOne({ ...(await docOf(id))!, _id: ghost, nextAt: 9e12 } as never);
    const { found, done } = await repairAll();
    expect(found).toEqual([`case-missing ${ghost.replace('bb', 'aa')}`, `case-missing ${ghost}`]);
    expect(done).toEqual(['waits for the roll-out, which goes on', undefined]);
    expect(await store.roster.findById(`${campaign}/${unit}`).lean()).toMatchObject({ status: 'waiting' });
    expect(await store.outbox.countDocuments({ type: 'roll-out', status: 'new' })).toBe(1);
  });
});

test('rows whose turn is long past have their leases released', async () => {
  await engine.withWorker(async () => {
    const { store } = engine;
    const now = launchOf(plan) + 3_600_000;
    await store.rehearsals.updateMany({}, { $set: { now } });
    await store.outbox.updateMany({}, { $set: { status: 'new', notBefore: 9e15 } });
    await store.journal.collection.insertOne({
      _id: 'j-1',
      case: id,
      status: 'open',
      receivedAt: 5,
      notBefore: 9e15,
    } as never);
    const { found } = await repairAll();
    expect(found).toContain('journal-late j-1');
    expect(found.some((one) => one.startsWith('outbox-late '))).toBe(true);
    expect(await store.outbox.countDocuments({ notBefore: { $gt: 0 } })).toBe(0);
    expect(await store.journal.findById('j-1').lean()).toMatchObject({ notBefore: 0 });
  });
});
