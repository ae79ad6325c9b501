import { can, type Person } from '../../domain/policy';
import type { Mapping } from '../../domain/unit-list/columns';
import type { Headers } from '../../domain/unit-list/headers';
import type { RowTrouble } from '../../domain/unit-list/troubles';
import { subjectOf } from '../auth/authorise';
import type { Lang } from '../http/problem';
import { z } from '../http/z';
import type { ListFile } from '../lists/decode-list';
import { presentUnit, unitRefSchema, unitSchema } from '../present/unit';
import { IMPORT_MODES, type ImportPlan, type UnitChange } from './work-out';

export const troubleSchema = z
  .object({ row: z.int(), column: z.string(), read: z.string(), code: z.string(), message: z.string() })
  .openapi('RowTrouble');

const changeSchema = z
  .object({
    row: z.int(),
    unit: unitRefSchema,
    fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
  })
  .openapi('UnitChange', { description: 'Telephone numbers and addresses only for those who may read them.' });

/** How a file was read, so that a mapping can be corrected. */
export const readingSchema = z
  .object({
    sheet: z.string().optional(),
    sheets: z.array(z.string()).optional().openapi({ description: 'All sheets of the workbook.' }),
    encoding: z.string().optional(),
    headerRows: z.array(z.int()).openapi({ description: 'First and last row of the headers.' }),
    mapping: z.record(z.string(), z.string()).openapi({ description: 'What each header was taken for.' }),
    notUnderstood: z.array(z.string()).openapi({ description: 'Columns that were not read; map them to read them.' }),
  })
  .openapi('ListReading');

export const importAnswer = z
  .object({
    dryRun: z.boolean(),
    mode: z.enum(IMPORT_MODES),
    acceptable: z.boolean().openapi({ description: 'Of a dry run: whether the import would be taken.' }),
    units: z.int().openapi({ description: 'Good rows: created, updated and unchanged.' }),
    created: z.int(),
    updated: z.int(),
    unchanged: z.int(),
    refused: z.int().openapi({ description: 'Rows with trouble.' }),
    reading: readingSchema,
    changes: z.array(changeSchema).openapi({ description: 'What changes in units there are; the first 1000.' }),
    preview: z.array(unitSchema).openapi({ description: 'Of a dry run: the first 20 units that would be written.' }),
    troubles: z.array(troubleSchema),
    troublesInAll: z.int().openapi({ description: 'More than `troubles` has, where there are over 5000.' }),
    warnings: z.array(troubleSchema),
    keptMapping: z.string().optional(),
  })
  .openapi('UnitImport');

const MOST_TROUBLES = 5_000;
const MOST_CHANGES = 1_000;
const PREVIEWED = 20;

/** The mapping a list was read with, to be corrected and kept. */
export function mappingUsed(headers: Headers | undefined): Mapping {
  const known = headers?.columns.filter(({ header, field }) => header && field) ?? [];
  return Object.fromEntries(known.map(({ key, field }) => [key, field!]));
}

export function presentReading({ sheet, sheets, encoding }: ListFile, headers: Headers | undefined) {
  const unknown = headers?.columns.filter(({ header, field }) => header && !field) ?? [];
  return {
    ...(sheet.name !== undefined && { sheet: sheet.name }),
    ...(sheets && { sheets }),
    ...(encoding && { encoding }),
    headerRows: headers ? [headers.row, headers.to] : [],
    mapping: mappingUsed(headers),
    notUnderstood: unknown.map(({ key }) => key),
  };
}

export function presentTroubles(troubles: RowTrouble[], lang: Lang): z.output<typeof troubleSchema>[] {
  return troubles.slice(0, MOST_TROUBLES).map((trouble) => ({ ...trouble, message: trouble.message[lang] }));
}

export function presentPlan(plan: ImportPlan, who: Person) {
  const [created, updated] = [plan.created.length, plan.updated.length];
  return {
    units: created + updated + plan.unchanged,
    created,
    updated,
    unchanged: plan.unchanged,
    refused: plan.refused,
    changes: plan.updated.slice(0, MOST_CHANGES).map((change) => presentChange(change, who)),
    preview: [...plan.created, ...plan.updated].slice(0, PREVIEWED).map(({ unit }) => presentUnit(unit, who)),
    troublesInAll: plan.troubles.length,
  };
}

function presentChange({ row, unit, fields }: UnitChange, who: Person): z.output<typeof changeSchema> {
  const withTelephones = can(who, 'read-telephones', subjectOf(unit));
  const shown = fields.filter(({ field }) => withTelephones || !/\.(phone|email)$/.test(field));
  return { row, unit: { id: unit.id, code: unit.code, name: unit.name }, fields: shown };
}
