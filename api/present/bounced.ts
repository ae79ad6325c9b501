import type { Unit } from '../../domain/unit';
import type { AddressDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import type { Store } from '../../store/store';
import { iso } from './time';

const ROLES = ['filer', 'deputyFiler', 'head'] as const;

/** Whose address letters came back from. @returns for a unit, by role: code and day, never the address. */
export async function bouncedOf(store: Store, units: Unit[], zone: string) {
  const people = units.flatMap((unit) => ROLES.map((role) => personOf(unit[role].email)));
  const found = await store.addresses.find({ _id: { $in: people }, status: 'bad' }).lean<AddressDoc[]>();
  const bad = new Map(found.map((one) => [one._id, one]));
  return (unit: Unit | undefined) =>
    ROLES.flatMap((role) => {
      const one = unit && unit[role].email !== '' ? bad.get(personOf(unit[role].email)) : undefined;
      return one ? [{ role, code: one.code, at: iso(one.at, zone), source: one.source }] : [];
    });
}
