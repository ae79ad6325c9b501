import type { SectorCode } from '../plan';
import type { Place, Unit } from '../unit';
import { FIELDS, type Field, type PersonPart, type Post } from './fields';
import { kindName, langName, placeKindName, sectorName, yesNoName } from './words';

/** The headers of an exported list, as the shipped sample has them. */
export const HEADERS: Record<Field, string> = {
  code: '单位编码',
  name: '单位名称',
  kind: '单位类型',
  town: '乡镇',
  sectors: '重点领域',
  'filer.name': '填报员A',
  'filer.phone': '填报员A电话',
  'filer.email': '填报员A邮箱',
  'filer.lang': '填报员A语言',
  'deputyFiler.name': '填报员B',
  'deputyFiler.phone': '填报员B电话',
  'deputyFiler.email': '填报员B邮箱',
  'deputyFiler.lang': '填报员B语言',
  'head.name': '单位负责人',
  'head.phone': '单位负责人电话',
  'head.email': '单位负责人邮箱',
  'head.lang': '单位负责人语言',
  supervisingUnit: '监管单位',
  onePerson: '一人单位',
  places: '部位/项目',
};

/**
 * Units as a table that, read again, gives the same units: headers, then one row for each. Languages have their
 * columns where somebody has chosen one; few lists need them.
 */
export function writeUnitList(units: Unit[]): string[][] {
  const fields = FIELDS.filter(
    (field) => !field.endsWith('.lang') || units.some((unit) => wordsOf(unit, field) !== ''),
  );
  return [fields.map((field) => HEADERS[field]), ...units.map((unit) => fields.map((field) => wordsOf(unit, field)))];
}

/** One field of a unit, as a list has it. */
export function wordsOf(unit: Unit, field: Field): string {
  switch (field) {
    case 'kind':
      return kindName(unit.kind);
    case 'sectors':
      return unit.sectors.map((sector: SectorCode) => sectorName(sector)).join('、');
    case 'onePerson':
      return yesNoName(unit.onePerson ? 'yes' : 'no');
    case 'places':
      return unit.places.map(placeWords).join('；');
    case 'supervisingUnit':
      return unit.supervisingUnit ?? '';
    case 'code':
    case 'name':
    case 'town':
      return unit[field];
    default:
      return personPart(unit, field);
  }
}

function personPart(unit: Unit, field: `${Post}.${PersonPart}`): string {
  const [post, part] = field.split('.') as [Post, PersonPart];
  const { lang, ...words } = unit[post];
  return part === 'lang' ? (lang ? langName(lang) : '') : words[part];
}

function placeWords({ name, kind, contractor, supervisor }: Place): string {
  const parts = [placeKindName(kind), ...(contractor || supervisor ? [contractor ?? '', supervisor ?? ''] : [])];
  return `${name}（${parts.join('；')}）`;
}
