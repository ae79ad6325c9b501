import { unitId } from '../domain/id';
import type { Contact, Plan, SectorCode } from '../domain/plan';
import type { LocalDate } from '../domain/time';
import { UNIT_KINDS, type Unit, type UnitKind, type UnitPerson } from '../domain/unit';
import { dice, weighted } from './dice';

/** Top-level domain that is never delivered to (RFC 2606): nobody real can get a mail of a rehearsal. */
const NOWHERE = 'rehearsal.invalid';

const TOWNS = ['城关镇', '东山镇', '西河镇', '南坪镇', '北岭镇', '石桥镇', '青塘乡', '白水乡'];

interface KindTraits {
  name: string;
  /** How many there are of it among a hundred units. */
  share: number;
  sectors: SectorCode[];
  /** Sectors some of them have. */
  perhaps: SectorCode[];
}

const KINDS: Record<UnitKind, KindTraits> = {
  hospital: {
    name: '医院',
    share: 6,
    sectors: ['general', 'chemicals', 'fire', 'gas'],
    perhaps: ['construction', 'traffic'],
  },
  'township-health-centre': {
    name: '卫生院',
    share: 10,
    sectors: ['general', 'fire'],
    perhaps: ['chemicals', 'construction', 'traffic', 'gas'],
  },
  'community-health-centre': {
    name: '社区卫生服务中心',
    share: 6,
    sectors: ['general', 'fire'],
    perhaps: ['chemicals', 'gas'],
  },
  'village-clinic': { name: '村卫生室', share: 42, sectors: ['general'], perhaps: ['fire'] },
  clinic: { name: '诊所', share: 24, sectors: ['general'], perhaps: ['fire'] },
  cdc: {
    name: '疾病预防控制中心',
    share: 2,
    sectors: ['general', 'chemicals', 'fire', 'traffic'],
    perhaps: ['construction'],
  },
  'health-supervision': { name: '卫生监督所', share: 1, sectors: ['general', 'traffic'], perhaps: [] },
  'maternal-child-health': {
    name: '妇幼保健院',
    share: 2,
    sectors: ['general', 'chemicals', 'fire'],
    perhaps: ['construction', 'gas'],
  },
  'blood-bank': { name: '血站', share: 1, sectors: ['general', 'chemicals', 'traffic'], perhaps: [] },
  'emergency-centre': { name: '急救中心', share: 1, sectors: ['general', 'traffic'], perhaps: [] },
  department: { name: '机关科室', share: 3, sectors: ['general'], perhaps: [] },
  other: { name: '其他机构', share: 2, sectors: ['general'], perhaps: ['fire'] },
};

/**
 * A county that does not exist: `count` units of all kinds, the same for the same seed. Most village clinics are
 * supervised by the health centre before them in the list, small ones are one person, one unit in fifty cannot be
 * reached by mail.
 */
export function syntheticUnits(count: number, seed: number): Unit[] {
  const kinds = Array.from({ length: count }, (_, index) => kindOf(index, seed));
  let centre: string | undefined;
  return kinds.map((kind, index) => {
    if (kind === 'township-health-centre') centre = codeOf(index);
    return unitOf(index, kind, centre, seed);
  });
}

/**
 * A plan as it can be rehearsed: with a start, and an office of nobody. The contacts of a real plan keep their places,
 * not their addresses; what a template leaves open is filled with a small office.
 */
export function rehearsalPlan(plan: Plan, start: LocalDate): Plan {
  const filled = plan.contacts.some((one) => one.role === 'reviewer' && one.email.includes('@'));
  const contacts = filled ? plan.contacts : SMALL_OFFICE;
  const places = [...new Set(contacts.map((one) => one.email))];
  return {
    ...plan,
    template: false,
    start,
    contacts: contacts.map((one) => ({
      ...one,
      name: `演练${places.indexOf(one.email) + 1}`,
      phone: '000-0000-0000',
      email: `office${places.indexOf(one.email) + 1}@${NOWHERE}`,
    })),
  };
}

/** Two reviewers for each sector, so that a review whose clock runs out has another to go to. */
const SMALL_OFFICE: Contact[] = (
  [
    ['admin', []],
    ['leader', []],
    ['reviewer', ['chemicals', 'construction']],
    ['reviewer', ['chemicals', 'construction']],
    ['reviewer', ['general', 'fire', 'traffic', 'gas']],
    ['reviewer', ['general', 'fire', 'traffic', 'gas']],
  ] as [Contact['role'], SectorCode[]][]
).map(([role, sectors], index) => ({ role, name: '', phone: '', email: String(index), sectors }));

/** Each kind once, then by share. */
function kindOf(index: number, seed: number): UnitKind {
  const shares = UNIT_KINDS.map((kind) => [kind, KINDS[kind].share] as const);
  return UNIT_KINDS[index] ?? weighted(shares, dice(seed, 'kind', index));
}

function unitOf(index: number, kind: UnitKind, centre: string | undefined, seed: number): Unit {
  const throwOf = (about: string) => dice(seed, index, about);
  const code = codeOf(index);
  const { name, sectors, perhaps } = KINDS[kind];
  const town = townOf(index);
  const onePerson = (kind === 'village-clinic' || kind === 'clinic') && throwOf('one-person') < 0.6;
  const supervised = kind === 'village-clinic' && centre !== undefined && throwOf('supervised') < 0.8;
  const reachable = throwOf('reachable') >= 0.02;
  const person = (who: string): UnitPerson => personOf(code, who, reachable);
  return {
    id: unitId(code),
    code,
    name: `${town}演练${name}${index + 1}`,
    kind,
    town,
    sectors: [...sectors, ...perhaps.filter((sector) => throwOf(sector) < 0.4)],
    filer: onePerson ? person('head') : person('a'),
    deputyFiler: onePerson ? { name: '', email: '', phone: '' } : person('b'),
    head: person('head'),
    ...(supervised && { supervisingUnit: centre }),
    onePerson,
    places: [],
  };
}

function personOf(code: string, who: string, reachable: boolean): UnitPerson {
  const email = reachable ? `${who}.${code.toLowerCase()}@${NOWHERE}` : '';
  return { name: `演练${code}${who}`, email, phone: '000-0000-0000' };
}

function codeOf(index: number): string {
  return `S${String(index + 1).padStart(5, '0')}`;
}

function townOf(index: number): string {
  return TOWNS[index % TOWNS.length]!;
}
