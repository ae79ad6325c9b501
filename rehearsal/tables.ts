import { CAMPAIGN_TABLE } from '../domain/campaign';
import { OBLIGATION_TABLE } from '../domain/unit-campaign/table';
import { UNIT_TABLE } from '../domain/unit-campaign/unit-table';

interface Rows {
  [state: string]: Readonly<Record<string, { to: string | readonly string[] }>>;
}

/** The transition tables with the state each begins in, by the name under which a rehearsal notes what it visited. */
export const TABLES: Record<string, { table: Rows; from: string }> = {
  campaign: { table: CAMPAIGN_TABLE, from: 'launching' },
  // `complete` has no row of its own: it follows from the obligations (`settle`).
  'unit-campaign': {
    table: { ...UNIT_TABLE, running: { ...UNIT_TABLE.running, settled: { to: 'complete' } } },
    from: 'running',
  },
  obligation: { table: OBLIGATION_TABLE, from: 'pending' },
};

/** Every state that can be come to from one, itself included. */
export function reachableFrom(table: Rows, from: string): Set<string> {
  const found = new Set([from]);
  for (const state of found) {
    for (const { to } of Object.values(table[state] ?? {})) for (const next of [to].flat()) found.add(next as string);
  }
  return found;
}

/** States no row leads to: a mistake in a table. */
export function unreachable({ table, from }: { table: Rows; from: string }): string[] {
  const found = reachableFrom(table, from);
  return Object.keys(table).filter((state) => !found.has(state));
}
