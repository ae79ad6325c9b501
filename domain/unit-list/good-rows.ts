import { foldCode } from '../id';
import type { ListRead, UnitRow } from './read-unit-list';
import { type RowTrouble, trouble } from './troubles';

/**
 * The rows that can be taken in while the bad rows are left out, and what that costs: a good row supervised by a
 * unit of a bad row, unknown otherwise, cannot stand alone, nor can those that it supervises.
 */
export function goodRows({ rows }: ListRead, codes: ReadonlySet<string>): { rows: UnitRow[]; troubles: RowTrouble[] } {
  const known = new Set([...codes].map(foldCode));
  const standing = new Set(known);
  const bySupervisor = new Map<string, UnitRow[]>();
  for (const row of rows) {
    if (row.good) standing.add(foldCode(row.unit.code));
    const supervisor = foldCode(row.unit.supervisingUnit ?? '');
    if (!row.good || !supervisor) continue;
    const supervised = bySupervisor.get(supervisor);
    if (supervised) supervised.push(row);
    else bySupervisor.set(supervisor, [row]);
  }
  const lost = new Set<UnitRow>();
  // Each row is lost at most once, however long the chain.
  const fallen = [...bySupervisor.keys()].filter((code) => !standing.has(code));
  for (const code of fallen) {
    for (const row of bySupervisor.get(code) ?? []) {
      lost.add(row);
      const own = foldCode(row.unit.code);
      if (!known.has(own)) fallen.push(own);
    }
  }
  const troubles = [...lost].map(({ row, unit }) =>
    trouble('supervisor-refused', { row, column: '', read: unit.supervisingUnit ?? '' }),
  );
  return {
    rows: rows.filter((row) => row.good && !lost.has(row)),
    troubles: troubles.toSorted((a, b) => a.row - b.row),
  };
}
