import { readSheet } from '../../domain/unit-list/read-unit-list';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { decodeList } from '../lists/decode-list';
import { importAnswer, mappingUsed, presentPlan, presentReading, presentTroubles } from './import-answer';
import { keepMapping, mappingAsked, mappingName } from './mappings';
import { IMPORT_MODES, workOut, writeUnits } from './work-out';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
/** What a file is, its content says; browsers and mail programs call them all kinds of things. */
const TYPES = [
  'text/csv',
  'text/plain',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/zip',
  XLSX,
];

export const importRoute: Route = route({
  method: 'post',
  path: '/units/import',
  tag: 'units',
  permission: 'import-units',
  summary: 'Takes in a list of units (CSV in UTF-8 or GBK, or XLSX): all of it or only the good rows',
  description:
    'With `mode=all` one broken row refuses all: 422 with `troubles` (row, column, what was read, a sentence) and with ' +
    '`reading`, how the file was understood. A dry run is answered with 200 whatever the rows are, and writes nothing. ' +
    'Units that are not in the list stay as they are, and so do fields for which it has no column. Formulas are never ' +
    'evaluated, and what is stored as their value is not read.',
  query: z.strictObject({
    dryRun: z.stringbool().default(false),
    mode: z.enum(IMPORT_MODES).default('all'),
    sheet: z.string().min(1).max(100).optional().openapi({
      description: 'The sheet of a workbook, by name or by number from 1; else the one that has the list.',
    }),
    mapping: z.string().max(20_000).optional().openapi({
      description: 'What headers mean: `{header: field}` as JSON, or the name of a kept mapping.',
      example: '{"卡号":"code"}',
    }),
    keepMapping: mappingName.optional().openapi({
      description: 'Keeps the mapping the list was read with under this name; not in a dry run.',
    }),
  }),
  body: z.instanceof(Buffer),
  bytes: { types: TYPES, limit: '5mb' },
  answers: importAnswer,
  async handle({ query, body, who, lang, services: { store } }) {
    const { dryRun, mode } = query;
    const mapping = await mappingAsked(store, query.mapping);
    const file = await decodeList(body, { named: query.sheet, mapping });
    if ('trouble' in file) {
      const { code, message } = file.trouble;
      const troubles = [{ row: 0, column: '', read: '', code, message: message[lang] }];
      throw new Problem(422, 'list-refused', { more: { troubles } });
    }
    const codes = new Set(await store.units.distinct('code'));
    const list = readSheet(file.sheet, { codes, mapping });
    const plan = await workOut(store, list, codes, mode);
    const readable = list.refused.length === 0;
    const acceptable = readable && (mode === 'all' ? plan.troubles.length === 0 : plan.refused < list.rows.length);
    const reading = presentReading(file, list.headers);
    const troubles = presentTroubles(plan.troubles, lang);
    const warnings = presentTroubles(list.warnings, lang);
    if (!acceptable && !dryRun) throw new Problem(422, 'list-refused', { more: { troubles, warnings, reading } });
    if (!dryRun) await writeUnits(store, plan);
    const kept = dryRun ? undefined : query.keepMapping;
    if (kept !== undefined) await keepMapping(store, kept, mappingUsed(list.headers));
    const { preview, ...done } = presentPlan(plan, who);
    return {
      body: {
        dryRun,
        mode,
        acceptable,
        ...done,
        reading,
        preview: dryRun ? preview : [],
        troubles,
        warnings,
        ...(kept !== undefined && { keptMapping: kept }),
      },
    };
  },
});
