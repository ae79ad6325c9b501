import type { Mapping } from '../../domain/unit-list/columns';
import { useMeant } from '../../domain/unit-list/fields';
import type { MappingDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { INPUT_TROUBLES } from '../../templates/errors';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { validated } from '../http/validate';
import { z } from '../http/z';

const MOST_COLUMNS = 256;

export const mappingName = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,63}$/u)
  .openapi({ example: '卫健委月报' });

/** `{header: field}` as a person writes it; fields by code, or by any header they are known by. */
export const columnsSchema = z
  .record(
    z.string().trim().min(1).max(200),
    z.string().refine((words) => useMeant(words) !== undefined, { error: 'input-field' }),
  )
  .refine((columns) => Object.keys(columns).length <= MOST_COLUMNS, { error: 'input-mapping' })
  .openapi({
    description:
      'What each header means. Fields: `code`, `name`, `kind`, `town`, `sectors`, `filer.name`, `filer.phone`, ' +
      '`filer.email`, `filer.lang` (the same of `deputyFiler` and `head`), `supervisingUnit`, `onePerson`, `places`, or ' +
      '`passed-over`. Of a header in two lines: both with `/` between. One that stands twice: `电话#2`.',
    example: { 卡号: 'code', '分管领导/电话': 'head.phone', 医保号: 'passed-over' },
  });

const mappingSchema = z
  .object({ name: z.string(), columns: z.record(z.string(), z.string()) })
  .openapi('UnitListMapping');

/** The mapping an import asks for: as JSON, or by the name it was kept under. @throws Problem 422 */
export async function mappingAsked(store: Store, asked: string | undefined): Promise<Mapping> {
  if (asked === undefined || asked.trim() === '') return {};
  if (asked.trim().startsWith('{'))
    return meant(validated(z.object({ mapping: columnsSchema }), { mapping: parsed(asked) }).mapping);
  const found = await store.mappings.findById(asked.trim()).lean<MappingDoc>();
  if (!found) throw unknownMapping('mapping');
  return mappingOf(found);
}

/** Keeps what headers mean for the next time. */
export async function keepMapping(store: Store, name: string, mapping: Mapping): Promise<void> {
  const columns = Object.entries(mapping).map(([column, field]) => ({ column, field }));
  const now = await store.now();
  await store.mappings.replaceOne({ _id: name }, { columns, keptAt: now }, { upsert: true });
}

const tag = 'units';
const params = z.object({ name: mappingName });

export const mappingRoutes: Route[] = [
  route({
    method: 'get',
    path: '/unit-mappings',
    tag,
    permission: 'import-units',
    summary: 'The mappings that were kept, by name',
    answers: z.object({ items: z.array(mappingSchema) }),
    async handle({ services: { store } }) {
      const found = await store.mappings.find({}).sort({ _id: 1 }).limit(1_000).lean<MappingDoc[]>();
      return { body: { items: found.map(present) } };
    },
  }),
  route({
    method: 'get',
    path: '/unit-mappings/{name}',
    tag,
    permission: 'import-units',
    summary: 'What the headers of a list mean',
    params,
    answers: mappingSchema,
    async handle({ params: { name }, services: { store } }) {
      const found = await store.mappings.findById(name).lean<MappingDoc>();
      if (!found) throw new Problem(404, 'not-found');
      return { body: present(found) };
    },
  }),
  route({
    method: 'put',
    path: '/unit-mappings/{name}',
    tag,
    permission: 'import-units',
    summary: 'Keeps what the headers of a list mean, in place of what was kept under the name',
    params,
    body: z.strictObject({ columns: columnsSchema }),
    answers: mappingSchema,
    async handle({ params: { name }, body: { columns }, services: { store } }) {
      const mapping = meant(columns);
      await keepMapping(store, name, mapping);
      return { body: { name, columns: mapping } };
    },
  }),
];

function present(doc: MappingDoc): z.output<typeof mappingSchema> {
  return { name: doc._id, columns: mappingOf(doc) };
}

function mappingOf({ columns }: MappingDoc): Mapping {
  return Object.fromEntries(columns.map(({ column, field }) => [column, field]));
}

function meant(columns: Record<string, string>): Mapping {
  return Object.fromEntries(Object.entries(columns).map(([header, words]) => [header, useMeant(words)!]));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw unreadable();
  }
}

function unreadable(): Problem {
  const message = INPUT_TROUBLES['input-mapping']!;
  return new Problem(422, 'invalid-input', { errors: [{ field: 'mapping', code: 'input-mapping', message }] });
}

function unknownMapping(field: string): Problem {
  const message = INPUT_TROUBLES['input-mapping-unknown']!;
  return new Problem(422, 'invalid-input', { errors: [{ field, code: 'input-mapping-unknown', message }] });
}
