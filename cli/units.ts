import type { Command } from 'commander';
import { answering } from './output';
import { registerExport, registerImport } from './unit-lists';

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

/** `xiaohao units import FILE`, `xiaohao units export FILE` and `xiaohao unit show CODE`. */
export function registerUnitCommands(program: Command): void {
  const units = program.command('units').description('单位 the list of units');
  registerImport(units);
  registerExport(units);

  const unit = program.command('unit').description('单位 one unit');
  answering(
    unit.command('show').argument('<code>', 'the code of the unit').description('shows a unit'),
    async ({ api, options, show }, code) => {
      const found = await api.get<UnitJson>(`/units/${encodeURIComponent(code!)}`);
      show(found, () => unitLines(found, options.lang));
    },
  );
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
