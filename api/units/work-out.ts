import type { Unit } from '../../domain/unit';
import { changesOf, type FieldChange, updated } from '../../domain/unit-list/changes';
import { fieldsOf } from '../../domain/unit-list/columns';
import { goodRows } from '../../domain/unit-list/good-rows';
import type { ListRead, UnitRow } from '../../domain/unit-list/read-unit-list';
import type { RowTrouble } from '../../domain/unit-list/troubles';
import type { UnitDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { unitOf } from '../present/unit';

export const IMPORT_MODES = ['all', 'good-rows'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

/** A unit after an import, where it stands in the file, and what changes. */
export interface UnitChange {
  row: number;
  unit: Unit;
  fields: FieldChange[];
}

/** What an import would do. */
export interface ImportPlan {
  created: UnitChange[];
  updated: UnitChange[];
  unchanged: number;
  /** Rows that are left out, or for which all is refused. */
  refused: number;
  troubles: RowTrouble[];
}

/** Works out what taking in a list means for the units there are; writes nothing. */
export async function workOut(store: Store, list: ListRead, codes: Set<string>, mode: ImportMode): Promise<ImportPlan> {
  const good =
    mode === 'good-rows' ? goodRows(list, codes) : { rows: list.rows.filter((row) => row.good), troubles: [] };
  const fields = fieldsOf(list.headers?.columns ?? []);
  const known = await unitsKnown(store, good.rows);
  const created: UnitChange[] = [];
  const changed: UnitChange[] = [];
  for (const { row, unit } of good.rows) {
    const before = known.get(unit.id);
    if (!before) {
      created.push({ row, unit, fields: [] });
      continue;
    }
    const after = updated(before, unit, fields);
    const changes = changesOf(before, after);
    if (changes.length > 0) changed.push({ row, unit: after, fields: changes });
  }
  return {
    created,
    updated: changed,
    unchanged: good.rows.length - created.length - changed.length,
    refused: list.rows.length - good.rows.length,
    troubles: [...list.refused, ...list.troubles, ...good.troubles].toSorted((a, b) => a.row - b.row),
  };
}

/** Writes all of it or none. */
export async function writeUnits(store: Store, { created, updated: changed }: ImportPlan): Promise<void> {
  const units = [...created, ...changed].map(({ unit }) => unit);
  if (units.length === 0) return;
  await store.transaction(async (session) => {
    const writes = units.map(({ id, ...unit }) => ({
      replaceOne: { filter: { _id: id }, replacement: unit, upsert: true },
    }));
    await store.units.bulkWrite(writes, { session });
  });
}

async function unitsKnown(store: Store, rows: UnitRow[]): Promise<Map<string, Unit>> {
  const found = await store.units.find({ _id: { $in: rows.map(({ unit }) => unit.id) } }).lean<UnitDoc[]>();
  return new Map(found.map((doc) => [doc._id, unitOf(doc)]));
}
