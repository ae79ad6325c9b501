import type { Unit, UnitPerson } from '../unit';
import { FIELDS, type Field, type Post } from './fields';
import { wordsOf } from './write-unit-list';

/** What an import changes in one field of a unit, in the words of a list. */
export interface FieldChange {
  field: Field;
  before: string;
  after: string;
}

/** What a repeated import changes; empty where the list says what is known. */
export function changesOf(before: Unit, after: Unit): FieldChange[] {
  return FIELDS.map((field) => ({ field, before: wordsOf(before, field), after: wordsOf(after, field) })).filter(
    (change) => change.before !== change.after,
  );
}

/**
 * A known unit after a list: a field for which the list has a column says what the list says, empty cells too; one
 * without a column stays as it is.
 */
export function updated(known: Unit, listed: Unit, fields: ReadonlySet<Field>): Unit {
  const take = <K extends 'town' | 'sectors' | 'onePerson' | 'places'>(field: K) =>
    fields.has(field) ? listed[field] : known[field];
  const onePerson = take('onePerson');
  const filer = personAfter(known, listed, fields, 'filer');
  const supervisingUnit = fields.has('supervisingUnit') ? listed.supervisingUnit : known.supervisingUnit;
  return {
    id: known.id,
    code: listed.code,
    name: listed.name,
    kind: listed.kind,
    town: take('town'),
    sectors: take('sectors'),
    filer,
    deputyFiler: personAfter(known, listed, fields, 'deputyFiler'),
    head:
      onePerson && isOwnHead(fields.has('head.name') ? listed : known)
        ? filer
        : personAfter(known, listed, fields, 'head'),
    ...(supervisingUnit && { supervisingUnit }),
    onePerson,
    places: take('places'),
  };
}

/** In a one-person unit the filer is the head, and stays so when another comes. */
function isOwnHead({ filer, head }: Unit): boolean {
  return !head.name || (head.name === filer.name && head.phone === filer.phone && head.email === filer.email);
}

/** Telephone and address belong to a person: where the list has no column for them, a new name begins without. */
function personAfter(known: Unit, listed: Unit, fields: ReadonlySet<Field>, post: Post): UnitPerson {
  const [before, after] = [known[post], listed[post]];
  const name = fields.has(`${post}.name`) ? after.name : before.name;
  const kept: UnitPerson = name === before.name ? before : { name, phone: '', email: '' };
  const { lang } = fields.has(`${post}.lang`) ? after : kept;
  return {
    name,
    email: (fields.has(`${post}.email`) ? after : kept).email,
    phone: (fields.has(`${post}.phone`) ? after : kept).phone,
    ...(lang && { lang }),
  };
}
