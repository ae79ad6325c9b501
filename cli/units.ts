import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { answering } from './output';
import { Trouble } from './trouble';

interface Imported {
  units: number;
  created: number;
  updated: number;
  unchanged: number;
  dryRun: boolean;
  warnings: { row: number; column: string; message: string }[];
}

interface PersonJson {
  name: string;
  phone?: string;
  email?: string;
}

interface UnitJson {
  code: string;
  name: string;
  kind: string;
  town: string;
  sectors: string[];
  filer: PersonJson;
  deputyFiler: PersonJson;
  head: PersonJson;
  supervisingUnit?: string;
  places: { name: string }[];
}

/** `xiaohao units import FILE` and `xiaohao unit show CODE`. */
export function registerUnitCommands(program: Command): void {
  const units = program.command('units').description('单位 the list of units');
  answering<{ dryRun?: boolean }>(
    units
      .command('import')
      .argument('<file>', 'CSV, UTF-8 or GBK, columns in any order')
      .description('takes in a list of units: all of it or, with one broken row, none')
      .option('--dry-run', 'says what would change'),
    async ({ api, options, show }, file) => {
      const dryRun = options.dryRun ?? false;
      const done = await api.upload<Imported>(`/units/import?dryRun=${dryRun}`, bytesOf(file));
      const { zh, en } = summary(done);
      show(done, () => [
        { zh, en }[options.lang],
        ...done.warnings.map(({ row, column, message }) => `  ${row} ${column}: ${message}`),
      ]);
    },
  );

  const unit = program.command('unit').description('单位 one unit');
  answering(
    unit.command('show').argument('<code>', 'the code of the unit').description('shows a unit'),
    async ({ api, options, show }, code) => {
      const found = await api.get<UnitJson>(`/units/${encodeURIComponent(code!)}`);
      show(found, () => unitLines(found, options.lang));
    },
  );
}

function summary({ units, created, updated, unchanged, dryRun }: Imported) {
  return {
    zh: `${dryRun ? '（预览，未写入）' : ''}${units} 个单位：新增 ${created}，更新 ${updated}，未变 ${unchanged}`,
    en: `${dryRun ? '(dry run, nothing written) ' : ''}${units} units: ${created} new, ${updated} changed, ${unchanged} as before`,
  };
}

function unitLines(unit: UnitJson, lang: 'zh' | 'en'): string[] {
  const words = {
    zh: { filer: '填报员A', deputyFiler: '填报员B', head: '负责人', by: '监管单位', places: '部位' },
    en: { filer: 'filer A', deputyFiler: 'filer B', head: 'head', by: 'supervised by', places: 'places' },
  }[lang];
  const person = ({ name, phone, email }: PersonJson) => [name, phone, email].filter(Boolean).join('  ');
  return [
    `${unit.code}  ${unit.name}  ${unit.kind}  ${unit.town}`,
    unit.sectors.join(', '),
    `${words.filer}: ${person(unit.filer)}`,
    `${words.deputyFiler}: ${person(unit.deputyFiler)}`,
    `${words.head}: ${person(unit.head)}`,
    ...(unit.supervisingUnit === undefined ? [] : [`${words.by}: ${unit.supervisingUnit}`]),
    ...(unit.places.length === 0 ? [] : [`${words.places}: ${unit.places.map(({ name }) => name).join(', ')}`]),
  ];
}

function bytesOf(file: string | undefined): Buffer {
  try {
    return readFileSync(file!);
  } catch {
    throw new Trouble(`${file} cannot be read`);
  }
}
