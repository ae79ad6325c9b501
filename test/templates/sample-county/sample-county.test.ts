import { decodeTable } from '../../../api/lists/decode-csv';
import { SECTOR_CODES } from '../../../domain/plan';
import { UNIT_KINDS, type Unit } from '../../../domain/unit';
import { readUnitList } from '../../../domain/unit-list/read-unit-list';
import { sampleCounty } from '../../../templates/sample-county/sample-county';

const { csv, contacts } = sampleCounty();

function units(): Unit[] {
  const table = decodeTable(csv);
  if ('trouble' in table) throw new Error(table.trouble.message.en);
  const list = readUnitList(table, { codes: new Set() });
  if ('troubles' in list) throw new Error(JSON.stringify(list.troubles));
  expect(list.warnings).toEqual([]);
  return list.units;
}

test('the sample county reads without a trouble or a warning', () => {
  expect(units()).toHaveLength(46);
});

test('it has units of all kinds and all sectors', () => {
  const county = units();
  expect(new Set(county.map(({ kind }) => kind))).toEqual(new Set(UNIT_KINDS));
  for (const sector of SECTOR_CODES) expect(county.some(({ sectors }) => sectors.includes(sector))).toBe(true);
  expect(county.filter(({ sectors }) => sectors.includes('construction'))).toHaveLength(4);
});

test('every unit with construction has a project with its contractor and supervisor', () => {
  for (const unit of units().filter(({ sectors }) => sectors.includes('construction'))) {
    expect(unit.places).toContainEqual(
      expect.objectContaining({
        kind: 'construction-project',
        contractor: expect.any(String),
        supervisor: expect.any(String),
      }),
    );
  }
});

test('exactly one unit cannot be reached by mail, neither itself nor through a supervising unit', () => {
  const unreachable = units().filter(
    ({ filer, deputyFiler, supervisingUnit }) => !filer.email && !deputyFiler.email && !supervisingUnit,
  );
  expect(unreachable.map(({ kind, onePerson }) => ({ kind, onePerson }))).toEqual([
    { kind: 'clinic', onePerson: true },
  ]);
});

test('nobody in it exists: telephone numbers and addresses are of the reserved kind', () => {
  for (const { filer, deputyFiler, head } of units()) {
    for (const { email, phone } of [filer, deputyFiler, head]) {
      expect(email).toMatch(/^$|@qingyuan\.example$/);
      expect(phone).toMatch(/^$|^138-0000-\d{4}$/);
    }
  }
  for (const { email } of contacts) expect(email).toMatch(/@health\.qingyuan\.example$/);
});

test('its office has an admin, a leader, and two reviewers for each sector', () => {
  expect(contacts.map(({ role }) => role)).toEqual(expect.arrayContaining(['admin', 'leader']));
  for (const sector of SECTOR_CODES) {
    const reviewers = contacts.filter(({ role, sectors }) => role === 'reviewer' && sectors.includes(sector));
    expect(reviewers.length).toBeGreaterThanOrEqual(2);
  }
});
