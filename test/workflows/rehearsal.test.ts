import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { dateOf } from '../../domain/time';
import type { MailDoc, MailRow } from '../../store/documents';
import { compareWithSimulator } from '../support/compare';
import { ROOT, type TestEngine, testEngine } from '../support/engine';
import { keepHistory } from '../support/record-histories';

jest.setTimeout(300_000);

describe('a whole campaign on the real engine, in virtual time', () => {
  let engine: TestEngine;
  let children: ChildProcess[];

  beforeAll(async () => {
    engine = await testEngine('live');
    children = ['dist/worker/main.js', 'dist/worker/dispatch/main.js'].map((file) =>
      fork(path.join(ROOT, file), { env: { ...process.env, ...engine.env }, stdio: 'ignore' }),
    );
  });
  afterAll(async () => {
    await Promise.all(
      children.map((child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        return ended;
      }),
    );
    await engine.close();
  });

  test('goes event by event as the rules alone foresee it, and sends the same letters', async () => {
    const { differences, simulated, live } = await compareWithSimulator(engine, 5, 3);
    expect(differences).toEqual([]);
    expect(live.mails).toBe(simulated.mails.length);
    expect(await engine.store.mails.countDocuments({ status: { $ne: 'sent' } })).toBe(0);
    await expectOneDigestADay(engine, simulated.plan.zone);
    expect(await engine.store.cases.countDocuments({ closed: false })).toBe(0);
    expect(await engine.store.alarms.countDocuments()).toBe(0);
    if (process.env.KEEP_HISTORIES) {
      await keepHistory(engine, simulated.campaign, `campaign.${process.env.KEEP_HISTORIES}`);
      const units = Object.keys(simulated.timelines).filter((id) => id.startsWith('unit-campaign/'));
      for (const [i, id] of units.entries())
        await keepHistory(engine, id, `unit-campaign.${process.env.KEEP_HISTORIES}-${i + 1}`);
    }
  });
});

/** As the database has it: one letter a person and day, and each reason that was mailed in exactly one. */
async function expectOneDigestADay({ store }: TestEngine, zone: string): Promise<void> {
  const letters = await store.mails.find().lean<MailDoc[]>();
  const days = letters.map(({ person, at }) => `${person} ${dateOf(at, zone)}`);
  expect(new Set(days).size).toBe(days.length);
  const mailed = await store.outbox.find({ status: 'mailed' }, { _id: 1, mail: 1 }).lean<MailRow[]>();
  const carried = letters.flatMap(({ _id, reasons }) => reasons.map((reason) => `${reason} in ${_id}`));
  expect(carried.sort()).toEqual(mailed.map(({ _id, mail }) => `${_id} in ${mail}`).sort());
}
