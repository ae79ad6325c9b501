import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
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
