import { isDeepStrictEqual } from 'node:util';
import type { Unit } from '../../domain/unit';
import { readUnitList } from '../../domain/unit-list/read-unit-list';
import type { RowTrouble } from '../../domain/unit-list/troubles';
import type { UnitDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { type Lang, Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { decodeTable } from '../lists/decode-csv';
import { unitOf } from '../present/unit';

const troubleSchema = z
  .object({ row: z.int(), column: z.string(), read: z.string(), code: z.string(), message: z.string() })
  .openapi('RowTrouble');

export const importRoute: Route = route({
  method: 'post',
  path: '/units/import',
  tag: 'units',
  permission: 'import-units',
  summary: 'Takes in a list of units (CSV, UTF-8 or GBK): all of it or, with one broken row, none',
  description:
    'What is wrong comes as 422 with `troubles`: row, column, what was read, and a sentence. Units that are not in ' +
    'the list stay as they are.',
  query: z.strictObject({ dryRun: z.stringbool().default(false) }),
  body: z.instanceof(Buffer),
  bytes: { types: ['text/csv', 'application/octet-stream'], limit: '5mb' },
  answers: z.object({
    units: z.int(),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    dryRun: z.boolean(),
    warnings: z.array(troubleSchema),
  }),
  async handle({ query, body, lang, services: { store } }) {
    const table = decodeTable(body);
    if ('trouble' in table) {
      const { code, message } = table.trouble;
      throw refused([{ row: 0, column: '', read: '', code, message: message[lang] }]);
    }
    const known = await store.units.distinct('code');
    const list = readUnitList(table, { codes: new Set(known) });
    if ('troubles' in list) throw refused(list.troubles.map((one) => presentTrouble(one, lang)));
    const { units } = list;
    const changes = await changesOf(store, units);
    if (!query.dryRun) await write(store, [...changes.created, ...changes.updated]);
    const [created, updated] = [changes.created.length, changes.updated.length];
    const warnings = list.warnings.map((one) => presentTrouble(one, lang));
    const unchanged = units.length - created - updated;
    return { body: { units: units.length, created, updated, unchanged, dryRun: query.dryRun, warnings } };
  },
});

async function changesOf(store: Store, units: Unit[]): Promise<{ created: Unit[]; updated: Unit[] }> {
  const found = await store.units.find({ _id: { $in: units.map(({ id }) => id) } }).lean<UnitDoc[]>();
  const known = new Map(found.map((doc) => [doc._id, unitOf(doc)]));
  return {
    created: units.filter(({ id }) => !known.has(id)),
    updated: units.filter((unit) => known.has(unit.id) && !isDeepStrictEqual(plain(known.get(unit.id)), plain(unit))),
  };
}

/** All of them or none. */
async function write(store: Store, units: Unit[]): Promise<void> {
  if (units.length === 0) return;
  await store.transaction(async (session) => {
    const writes = units.map(({ id, ...unit }) => ({
      replaceOne: { filter: { _id: id }, replacement: unit, upsert: true },
    }));
    await store.units.bulkWrite(writes, { session });
  });
}

/** As the database gives it back: without what is undefined. */
function plain(unit: unknown): unknown {
  return JSON.parse(JSON.stringify(unit));
}

function presentTrouble(trouble: RowTrouble, lang: Lang): z.output<typeof troubleSchema> {
  return { ...trouble, message: trouble.message[lang] };
}

function refused(troubles: z.output<typeof troubleSchema>[]): Problem {
  return new Problem(422, 'list-refused', { more: { troubles } });
}
