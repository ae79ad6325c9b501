import { unitId } from '../../domain/id';
import { type Action, can, isBoundToUnit, type Person, type Subject, sees } from '../../domain/policy';
import type { Unit } from '../../domain/unit';
import type { UnitDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { Problem } from '../http/problem';

/**
 * Lets somebody do something, or does not.
 * @throws Problem 404 for what they may not know of, 403 for what their role may not do.
 */
export function authorise(who: Person, action: Action, subject: Subject = {}): void {
  if (!sees(who, subject)) throw new Problem(404, 'not-found');
  if (!can(who, action, subject)) throw new Problem(403, 'forbidden');
}

/** A unit as the policy looks at it. */
export function subjectOf(unit: Pick<Unit, 'code' | 'supervisingUnit'>): Subject {
  const { code, supervisingUnit } = unit;
  return {
    unit: unitId(code),
    ...(supervisingUnit !== undefined && { supervisedBy: unitId(supervisingUnit) }),
  };
}

/** Ids of the units somebody sees in lists; undefined for all of them. */
export async function unitsSeenBy(store: Store, who: Person): Promise<string[] | undefined> {
  if (!isBoundToUnit(who.role)) return undefined;
  const own = await store.units.findById(who.unit, { code: 1 }).lean<Pick<UnitDoc, '_id' | 'code'>>();
  if (!own) return [];
  const supervised = await store.units.find({ supervisingUnit: own.code }, { _id: 1 }).lean<Pick<UnitDoc, '_id'>[]>();
  return [own._id, ...supervised.map(({ _id }) => _id)];
}
