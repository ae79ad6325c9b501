import { can, type Person } from '../../domain/policy';
import { UNIT_KINDS, type Unit, type UnitPerson } from '../../domain/unit';
import type { UnitDoc } from '../../store/documents';
import { subjectOf } from '../auth/authorise';
import { z } from '../http/z';

const person = z.object({
  name: z.string(),
  phone: z.string().optional(),
  email: z.string().optional(),
  lang: z.enum(['zh', 'en']).optional(),
});

export const unitSchema = z
  .object({
    id: z.string(),
    code: z.string(),
    name: z.string(),
    kind: z.enum(UNIT_KINDS),
    town: z.string(),
    sectors: z.array(z.string()),
    filer: person,
    deputyFiler: person,
    head: person,
    supervisingUnit: z.string().optional().openapi({ description: 'Code of the unit that files and signs for it.' }),
    onePerson: z.boolean(),
    places: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        contractor: z.string().optional(),
        supervisor: z.string().optional(),
      }),
    ),
  })
  .openapi('Unit');

/** A unit where another thing is about it. */
export const unitRefSchema = z.object({ id: z.string(), code: z.string(), name: z.string() }).openapi('UnitRef');
export type UnitRef = z.output<typeof unitRefSchema>;

export function unitOf({ _id, ...unit }: UnitDoc): Unit {
  return { id: _id, ...unit };
}

/** A unit; telephones and addresses of its people only for the office and for the unit itself. */
export function presentUnit(unit: Unit, who: Person): z.output<typeof unitSchema> {
  const withTelephones = can(who, 'read-telephones', subjectOf(unit));
  const shown = (one: UnitPerson) => (withTelephones ? one : { name: one.name });
  const { id, code, name, kind, town, sectors, supervisingUnit, onePerson, places } = unit;
  return {
    id,
    code,
    name,
    kind,
    town,
    sectors,
    filer: shown(unit.filer),
    deputyFiler: shown(unit.deputyFiler),
    head: shown(unit.head),
    ...(supervisingUnit !== undefined && { supervisingUnit }),
    onePerson,
    places,
  };
}

/** A unit that has been taken off the list keeps its id in what is about it. */
export function presentUnitRef(unit: Unit | undefined, id: string): UnitRef {
  return unit ? { id, code: unit.code, name: unit.name } : { id, code: '', name: '' };
}
