import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { Field } from '../domain/unit-list/fields';
import { HEADERS } from '../domain/unit-list/write-unit-list';
import type { Lang } from './api-client';
import { answering, atItsPlace } from './output';
import { Trouble } from './trouble';

interface ImportOptions {
  dryRun?: boolean;
  goodRows?: boolean;
  sheet?: string;
  mapping?: string;
  keepMapping?: string;
}

interface RowTroubleJson {
  row: number;
  column: string;
  message: string;
}

/** What an import answers, as far as the terminal shows it. */
interface Imported {
  dryRun: boolean;
  acceptable: boolean;
  units: number;
  created: number;
  updated: number;
  unchanged: number;
  refused: number;
  reading: { sheet?: string; sheets?: string[]; headerRows: number[]; notUnderstood: string[] };
  changes: { unit: { code: string; name: string }; fields: { field: string; before: string; after: string }[] }[];
  troubles: RowTroubleJson[];
  warnings: RowTroubleJson[];
  keptMapping?: string;
}

/** `xiaohao units import FILE` */
export function registerImport(units: Command): void {
  answering<ImportOptions>(
    units
      .command('import')
      .argument('<file>', 'CSV in UTF-8 or GBK, or XLSX; columns in any order')
      .description('takes in a list of units: all of it or, with one broken row, none')
      .option('--dry-run', 'says what would change')
      .option('--good-rows', 'takes in the good rows and names the others')
      .option('--sheet <sheet>', 'the sheet of a workbook, by name or number; else the one that has the list')
      .option(
        '--mapping <mapping>',
        'what headers mean: a JSON file {"header": "field"}, or the name of a kept mapping',
      )
      .option('--keep-mapping <name>', 'keeps the mapping the list was read with under a name'),
    async ({ api, options, show }, file) => {
      const { dryRun, goodRows, sheet, mapping, keepMapping } = options;
      const query = new URLSearchParams({
        ...(dryRun && { dryRun: 'true' }),
        ...(goodRows && { mode: 'good-rows' }),
        ...(sheet !== undefined && { sheet }),
        ...(mapping !== undefined && { mapping: mappingFrom(mapping) }),
        ...(keepMapping !== undefined && { keepMapping }),
      });
      const done = await api.upload<Imported>(`/units/import?${query}`, bytesOf(file!));
      show(done, () => importLines(done, options.lang));
      if (!done.acceptable) process.exitCode = 1;
    },
  );
}

/** `xiaohao units export FILE.csv` or `FILE.xlsx` */
export function registerExport(units: Command): void {
  answering(
    units
      .command('export')
      .argument('<file>', 'where to write it: .csv or .xlsx')
      .description('writes all units in the form in which they are taken in'),
    async ({ api, options, show }, file) => {
      const format = path.extname(file!).slice(1).toLowerCase();
      if (format !== 'csv' && format !== 'xlsx') {
        throw new Trouble(
          options.lang === 'zh' ? '文件名应以 .csv 或 .xlsx 结尾' : 'the file must end in .csv or .xlsx',
        );
      }
      const bytes = await api.download(`/units/export?format=${format}`);
      write(file!, bytes);
      show({ file, bytes: bytes.length }, () => [file!]);
    },
  );
}

/** Telephone numbers and addresses of people: for nobody else on this machine. */
function write(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { mode: 0o600 });
  } catch {
    throw new Trouble(`${file} cannot be written`);
  }
}

const CHANGES_SHOWN = 50;

function importLines(done: Imported, lang: Lang): string[] {
  const { reading, changes } = done;
  const words = WORDS[lang];
  const [first = 1, last = first] = reading.headerRows;
  const named = (label: string, lines: string[]) =>
    lines.length > 0 ? [label, ...lines.map((line) => `  ${line}`)] : [];
  const shown = changes.slice(0, CHANGES_SHOWN);
  return [
    words.summary(done),
    ...(reading.sheet === undefined ? [] : [words.sheet(reading.sheet, first, last)]),
    ...(reading.notUnderstood.length > 0 ? [words.notUnderstood(reading.notUnderstood)] : []),
    ...(done.keptMapping === undefined ? [] : [words.kept(done.keptMapping)]),
    ...named(
      words.troubles(done.refused),
      done.troubles.map((trouble) => atItsPlace(trouble, lang)),
    ),
    ...named(
      words.warnings,
      done.warnings.map((warning) => atItsPlace(warning, lang)),
    ),
    ...named(
      words.changes,
      shown.flatMap(({ unit, fields }) => [
        `${unit.code} ${unit.name}`,
        ...fields.map(({ field, before, after }) => `  ${fieldName(field, lang)}: ${before || '—'} → ${after || '—'}`),
      ]),
    ),
    ...(changes.length > shown.length ? [words.more(changes.length - shown.length)] : []),
  ];
}

function fieldName(field: string, lang: Lang): string {
  return lang === 'zh' ? HEADERS[field as Field] : field;
}

const WORDS = {
  zh: {
    summary: ({ units, created, updated, unchanged, dryRun }: Imported) =>
      `${dryRun ? '（预览，未写入）' : ''}${units} 个单位：新增 ${created}，更新 ${updated}，未变 ${unchanged}`,
    sheet: (name: string, first: number, last: number) =>
      `工作表“${name}”，表头在第 ${first === last ? first : `${first}–${last}`} 行`,
    notUnderstood: (columns: string[]) => `未读取的列：${columns.join('、')}（可用 --mapping 说明）`,
    kept: (name: string) => `对应关系已保存为“${name}”`,
    troubles: (rows: number) => `有误，未导入（${rows} 行）：`,
    warnings: '请留意：',
    changes: '变化：',
    more: (units: number) => `另有 ${units} 个单位有变化，见 --json`,
  },
  en: {
    summary: ({ units, created, updated, unchanged, dryRun }: Imported) =>
      `${dryRun ? '(dry run, nothing written) ' : ''}${units} units: ${created} new, ${updated} changed, ${unchanged} as before`,
    sheet: (name: string, first: number, last: number) =>
      `sheet "${name}", headers in row ${first === last ? first : `${first}–${last}`}`,
    notUnderstood: (columns: string[]) => `columns not read: ${columns.join(', ')} (--mapping says what they are)`,
    kept: (name: string) => `the mapping was kept as "${name}"`,
    troubles: (rows: number) => `in trouble, not taken in (${rows} rows):`,
    warnings: 'please note:',
    changes: 'changes:',
    more: (units: number) => `${units} more units change, see --json`,
  },
};

/** A file of that name where there is one, else the name of a kept mapping. */
function mappingFrom(fileOrName: string): string {
  let text: string;
  try {
    text = readFileSync(fileOrName, 'utf8').replace(/^\ufeff/, '');
  } catch {
    return fileOrName;
  }
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    throw new Trouble(`${fileOrName} is not JSON`);
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Trouble(`${file} cannot be read`);
  }
}
