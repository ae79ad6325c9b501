import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Plan } from '../domain/plan';
import { supervise } from '../local/supervise';
import { liveThrough } from '../rehearsal/on-engine';
import type { Rehearsal } from '../rehearsal/rehearsal';
import { dataRoot, processes, reach, startLocal } from './local-stack';

/** Lives a rehearsal through on the real engine, in servers of its own, which are gone afterwards; its mail goes to their mailbox. */
export async function onEngine(input: { plan: Plan; units: Rehearsal['units']; seed: number; campaign: string }) {
  const say = (line: string) => console.error(line);
  const folder = `rehearse-${process.pid}`;
  const id = `r${process.pid}`;
  const local = await startLocal(folder, id, say, false);
  const { store, client, cases } = await reach(local.config);
  const children = await supervise(processes({ ...local.env, LOG_LEVEL: 'warn' }, ['worker', 'dispatch']), {
    dataDir: local.dataDir,
    say,
    stack: local.stack,
  });
  let told = 0;
  try {
    return await liveThrough({ store, cases, client }, { ...input, id }, ({ now, steps }) => {
      if (Date.now() - told < 2_000) return;
      told = Date.now();
      say(`${new Date(now).toISOString().slice(0, 10)} · ${steps} steps`);
    });
  } finally {
    await store.close();
    await client.connection.close();
    await children.stop();
    await rm(path.join(dataRoot(), folder), { recursive: true, force: true });
  }
}
