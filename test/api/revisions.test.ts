import { Revisions } from '../../api/acting/revisions';
import { type TestEngine, testEngine } from '../support/engine';

let engine: TestEngine;
let revisions: Revisions;

beforeAll(async () => {
  engine = await testEngine('revisions');
  revisions = new Revisions(engine.store);
});

afterAll(async () => {
  await revisions?.close();
  await engine?.close();
});

const write = (id: string, revision: number) =>
  engine.store.cases.updateOne({ _id: id }, { $set: { kind: 'hazard', revision } }, { upsert: true });

test('knows at once what is there already', async () => {
  await write('hazard/1', 4);
  expect(await revisions.reached('hazard/1', 3, 2_000)).toBe(true);
  expect(await revisions.reached('hazard/1', 4, 2_000)).toBe(true);
});

test('waits until it is written, and no longer than it is told to', async () => {
  const waiting = revisions.reached('hazard/2', 2, 5_000);
  await write('hazard/2', 1);
  await write('hazard/2', 2);
  expect(await waiting).toBe(true);
  const began = Date.now();
  expect(await revisions.reached('hazard/2', 3, 200)).toBe(false);
  expect(Date.now() - began).toBeLessThan(600);
});

test('serves hundreds at once', async () => {
  const ids = Array.from({ length: 300 }, (_, i) => `hazard/many-${i}`);
  const waiting = ids.map((id) => revisions.reached(id, 1, 10_000));
  await Promise.all(ids.map((id) => write(id, 1)));
  expect(await Promise.all(waiting)).toEqual(ids.map(() => true));
});

test('whoever still waits when it closes is not kept waiting', async () => {
  const closing = new Revisions(engine.store);
  const waiting = closing.reached('hazard/never', 1, 60_000);
  await closing.close();
  expect(await waiting).toBe(false);
});
