import type { Command } from 'commander';
import type { Difference } from '../domain/differences';
import { answering, table } from './output';
import { Trouble } from './trouble';

/** Every difference found, with what was done about it. */
export type Reconciled = Difference & { repaired?: string };

/** `xiaohao reconcile`: straight on engine and database, by the settings; needs a worker, and no API. */
export function registerReconcile(program: Command): void {
  answering<{ repair?: boolean }>(
    program
      .command('reconcile')
      .description('核对 compares engine, read model and what waits to leave; changes nothing without --repair')
      .option('--repair', 'repairs what is safe, and says what it repaired'),
    async ({ options, show }) => {
      const found = await reconcile(options.repair === true);
      show(found, () => [...table(found.map(lineOf)), summaryOf(found, options.repair === true)]);
      if (found.some(({ repaired }) => repaired === undefined)) process.exitCode = 1;
    },
  );
}

async function reconcile(repairing: boolean): Promise<Reconciled[]> {
  // Engine and database are loaded only for this.
  const [{ readConfig }, { reach }, { survey }, { repair }] = await Promise.all([
    import('../engine/config.js'),
    import('./local-stack.js'),
    import('./survey.js'),
    import('./repair.js'),
  ]);
  const tools = await reach(readConfig()).catch((error: Error) => {
    throw new Trouble(`cannot begin: ${error.message} (xiaohao doctor looks into it)`);
  });
  try {
    const found: Reconciled[] = await survey(tools.store, tools.cases);
    if (!repairing) return found;
    const done: Reconciled[] = [];
    for (const one of found) {
      const repaired = await repair(tools, one);
      done.push({ ...one, ...(repaired !== undefined && { repaired }) });
    }
    return done;
  } finally {
    await tools.store.close();
    await tools.client.connection.close();
  }
}

function lineOf({ kind, case: id, row, data, repaired }: Reconciled): string[] {
  const numbers = Object.entries(data ?? {}).map(([name, value]) =>
    name === 'lateMs' ? `late by ${Math.round(value / 1000)} s` : `${name} ${value}`,
  );
  return [kind, row ?? id, numbers.join(', '), repaired === undefined ? '' : `→ ${repaired}`];
}

function summaryOf(found: Reconciled[], repairing: boolean): string {
  if (found.length === 0) return 'engine, read model and outbox agree';
  const repaired = found.filter((one) => one.repaired !== undefined).length;
  const left = found.length - repaired;
  return repairing
    ? `${repaired} repaired, ${left} left to you`
    : `${found.length} differences; nothing was changed (--repair repairs what is safe)`;
}
