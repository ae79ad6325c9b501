import { unitId } from '../../domain/id';
import type { Unit } from '../../domain/unit';
import type { UnitDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { errorText } from '../../templates/errors';
import { Problem } from '../http/problem';
import { unitOf } from '../present/unit';

/** A unit by its id or the authority's code of it. @throws Problem 404 */
export async function loadUnit(store: Store, idOrCode: string): Promise<Unit> {
  const found = await store.units.findOne({ _id: { $in: [idOrCode, unitId(idOrCode)] } }).lean<UnitDoc>();
  if (!found) throw new Problem(404, 'not-found');
  return unitOf(found);
}

/** Units by id, for what is about them. */
export async function unitsById(store: Store, ids: string[]): Promise<Map<string, Unit>> {
  const found = await store.units.find({ _id: { $in: ids } }).lean<UnitDoc[]>();
  return new Map(found.map((unit) => [unit._id, unitOf(unit)]));
}

/** Units by the authority's codes. @throws Problem 422 that names each code nobody has. */
export async function unitsByCode(store: Store, codes: string[]): Promise<Unit[]> {
  const known = await unitsById(store, codes.map(unitId));
  const errors = codes.flatMap((code, index) =>
    known.has(unitId(code))
      ? []
      : [
          {
            field: `units.${index}`,
            code: 'unit-unknown',
            message: errorText('unit-unknown', { unit: code }),
          },
        ],
  );
  if (errors.length > 0) throw new Problem(422, 'invalid-input', { errors });
  return [...known.values()];
}
