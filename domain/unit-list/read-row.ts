import { unitId } from '../id';
import { SECTOR_CODES, type SectorCode } from '../plan';
import type { Place, Unit, UnitKind, UnitPerson } from '../unit';
import { isCode, isDashedDate, isDate, isEmail, isPhone, isRounded, plainEmail, plainPhone, tidy } from './cells';
import type { Column } from './columns';
import type { Post } from './fields';
import { readPlaces } from './places';
import { type Cell, OpenRow } from './row';
import type { Row } from './sheet';
import type { RowTrouble } from './troubles';
import { kindNamed, langNamed, sectorNamed, yesNoNamed } from './words';

/**
 * What a row says. The unit is whole only where there are no troubles; otherwise it serves but to check what other
 * rows say of it. Its `supervisingUnit` is still as written, a code or a name.
 */
export interface RowRead {
  unit: Unit;
  at: Record<'code' | 'supervisingUnit', Cell>;
  troubles: RowTrouble[];
}

/** Reads one row by the columns of its list; every trouble of the row is named, not only the first. */
export function readRow(row: Row, columns: Column[]): RowRead {
  const open = new OpenRow(row, columns);
  const at = { code: open.cell('code'), supervisingUnit: open.cell('supervisingUnit') };
  const code = readCode(open);
  const unit: Unit = {
    id: unitId(code),
    code,
    name: open.words('name', 'name-missing'),
    kind: readKind(open),
    town: open.words('town'),
    sectors: readSectors(open),
    filer: readPerson(open, 'filer'),
    deputyFiler: readPerson(open, 'deputyFiler'),
    head: readPerson(open, 'head'),
    onePerson: readOnePerson(open),
    places: placesOf(open),
    ...(at.supervisingUnit.read && { supervisingUnit: open.words('supervisingUnit') }),
  };
  // The one person of a unit is its head as well; lists seldom write the name twice.
  if (unit.onePerson && !unit.head.name) unit.head = unit.filer;
  for (const cell of open.strayCells()) open.blame('cell-without-column', cell);
  return { unit, at, troubles: open.troubles };
}

function readCode(open: OpenRow): string {
  const code = open.words('code', 'code-missing').normalize('NFKC');
  const cell = open.cell('code');
  if (isDate(code)) open.blame('date-cell', cell);
  else if (isRounded(code)) open.blame('digits-lost', cell);
  else if (code && !isCode(code)) open.blame('code-malformed', cell);
  return code;
}

function readKind(open: OpenRow): UnitKind {
  const cell = open.cell('kind');
  const kind = kindNamed(cell.read);
  if (!kind) open.blame(cell.read ? 'kind-unknown' : 'kind-missing', cell);
  return kind ?? 'other';
}

/** 综合 concerns every unit, whether its row says so or not; in the plan's order. */
function readSectors(open: OpenRow): SectorCode[] {
  const cell = open.cell('sectors');
  const sectors = new Set<SectorCode>(['general']);
  for (const word of cell.read.split(/[、,;/|，；／｜]/).map(tidy)) {
    const sector = sectorNamed(word);
    if (sector) sectors.add(sector);
    else if (word) open.blame('sector-unknown', cell, word);
  }
  return SECTOR_CODES.filter((code) => sectors.has(code));
}

/** An address may be missing: the unit then stands on the administrator's list of those nobody can reach by mail. */
function readPerson(open: OpenRow, post: Post): UnitPerson {
  const name = open.words(`${post}.name`, post === 'filer' ? 'filer-missing' : undefined);
  const cell = open.cell(`${post}.phone`);
  const phone = plainPhone(cell.read);
  const email = open.cell(`${post}.email`);
  const address = plainEmail(email.read);
  if (isDate(phone) || isDashedDate(phone)) open.blame('date-cell', cell);
  else if (phone && !isPhone(phone)) open.blame('phone-malformed', cell);
  if (address && !isEmail(address)) open.blame('email-malformed', email);
  if (post !== 'filer' && !name && (phone || address)) open.blame('person-nameless', address ? email : cell);
  const said = open.cell(`${post}.lang`);
  const lang = langNamed(said.read);
  if (said.read && !lang) open.blame('lang-unknown', said);
  return { name, email: address, phone, ...(lang && { lang }) };
}

function readOnePerson(open: OpenRow): boolean {
  const cell = open.cell('onePerson');
  const ticked = cell.read ? yesNoNamed(cell.read) : 'no';
  if (!ticked) open.blame('yes-no-unknown', cell);
  return ticked === 'yes';
}

function placesOf(open: OpenRow): Place[] {
  const cell = open.cell('places');
  const { places, wrong } = readPlaces(open.raw('places'));
  for (const { code, entry } of wrong) open.blame(code, cell, entry);
  return places;
}
