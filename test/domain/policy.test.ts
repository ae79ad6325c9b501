import type { Role } from '../../domain/case';
import { type Action, can, isBoundToUnit, mayEver, type Person, POLICY, type Subject, sees } from '../../domain/policy';
import { OBLIGATION_TABLE } from '../../domain/unit-campaign/table';

const ROLES: Role[] = ['admin', 'reviewer', 'leader', 'filer', 'head', 'investigator', 'auditor'];
const OWN: Subject = { unit: 'u-1', sector: 'chemicals' };
const SUPERVISED: Subject = { unit: 'u-2', supervisedBy: 'u-1', sector: 'chemicals' };
const OTHER: Subject = { unit: 'u-3', supervisedBy: 'u-4', sector: 'chemicals' };

const person = (role: Role, sectors: Person['sectors'] = []): Person => ({
  id: 't-1',
  role,
  sectors,
  ...(isBoundToUnit(role) && { unit: 'u-1' }),
});

const office: Role[] = ['admin', 'reviewer', 'leader', 'auditor'];
const unit: Role[] = ['filer', 'head'];

/** Written out once more, from DOMAIN.md ("Who"): who may, and who of a unit only for their own or supervised units. */
const EXPECTED: Record<Action, { anywhere?: Role[]; own?: Role[] }> = {
  'check-plan': { anywhere: office },
  'import-units': { anywhere: ['admin'] },
  'list-units': { anywhere: [...office, ...unit] },
  'read-unit': { anywhere: office, own: unit },
  'read-telephones': { anywhere: ['admin'], own: unit },
  'launch-campaign': { anywhere: ['admin'] },
  'read-campaign': { anywhere: [...office, ...unit] },
  'read-campaign-records': { anywhere: office },
  'add-units': { anywhere: ['admin'] },
  'drop-unit': { anywhere: ['admin'] },
  'move-campaign-due': { anywhere: ['admin'] },
  'urge-all': { anywhere: ['admin'] },
  'close-campaign': { anywhere: ['admin'] },
  'list-unit-campaigns': { anywhere: [...office, ...unit] },
  'read-unit-campaign': { anywhere: office, own: unit },
  acknowledge: { own: unit },
  'record-call': { anywhere: ['admin', 'reviewer'] },
  'close-unit-campaign': { anywhere: ['admin'] },
  file: { anywhere: ['admin'], own: ['filer'] },
  sign: { own: ['head'] },
  withdraw: { own: ['filer'] },
  'ask-extension': { own: unit },
  consent: { own: unit },
  decline: { own: unit },
  'start-review': { anywhere: ['admin', 'reviewer', 'leader'] },
  accept: { anywhere: ['admin', 'reviewer', 'leader'] },
  return: { anywhere: ['admin', 'reviewer', 'leader'] },
  correct: { anywhere: ['admin', 'reviewer', 'leader'] },
  urge: { anywhere: ['admin', 'reviewer'] },
  reopen: { anywhere: ['admin'] },
  exempt: { anywhere: ['admin'] },
  reinstate: { anywhere: ['admin'] },
  'decide-extension': { anywhere: ['admin'] },
  'move-due': { anywhere: ['admin'] },
  'settle-talk': { anywhere: ['leader', 'admin'] },
  'reject-talk': { anywhere: ['leader'] },
  'read-mails': { anywhere: ['admin', 'auditor'] },
  'read-mail-persons': { anywhere: ['admin'] },
  'manage-people': { anywhere: ['admin'] },
  resend: { anywhere: ['admin'] },
  operate: { anywhere: ['admin'] },
  'read-tokens': { anywhere: ['admin', 'auditor'] },
  'manage-tokens': { anywhere: ['admin'] },
  'keep-calendar-feeds': { anywhere: ['admin', 'reviewer', 'leader', ...unit] },
  'read-rehearsal': { anywhere: office },
  'advance-rehearsal': { anywhere: ['admin'] },
};

const actions = Object.keys(POLICY) as Action[];

test('the policy and what is expected of it name the same acts', () => {
  expect(actions.sort()).toEqual(Object.keys(EXPECTED).sort());
});

describe.each(actions)('%s', (action) => {
  const { anywhere = [], own = [] } = EXPECTED[action];
  test.each(ROLES)('%s', (role) => {
    const who = person(role);
    expect(can(who, action, OWN)).toBe([...anywhere, ...own].includes(role));
    expect(can(who, action, SUPERVISED)).toBe([...anywhere, ...own].includes(role));
    expect(can(who, action, OTHER)).toBe(anywhere.includes(role));
    expect(mayEver(role, action)).toBe([...anywhere, ...own].includes(role));
  });
});

test('an investigator may nothing yet, and an auditor changes nothing', () => {
  expect(actions.filter((action) => mayEver('investigator', action))).toEqual([]);
  const ofAuditor = actions.filter((action) => mayEver('auditor', action));
  expect(ofAuditor.every((action) => /^(read|list|check)-/.test(action))).toBe(true);
});

test('a reviewer with sectors decides only in these, and urges only there', () => {
  const who = person('reviewer', ['chemicals', 'fire']);
  const decides = ['start-review', 'accept', 'return', 'correct', 'urge'] as const;
  for (const action of decides) {
    expect(can(who, action, { unit: 'u-9', sector: 'fire' })).toBe(true);
    expect(can(who, action, { unit: 'u-9', sector: 'gas' })).toBe(false);
    expect(can(who, action, { unit: 'u-9' })).toBe(false);
  }
  expect(can(who, 'read-unit-campaign', { unit: 'u-9', sector: 'gas' })).toBe(true);
});

test('what belongs to another unit does not exist for people of a unit', () => {
  for (const role of ROLES) {
    expect(sees(person(role), OWN)).toBe(true);
    expect(sees(person(role), SUPERVISED)).toBe(true);
    expect(sees(person(role), OTHER)).toBe(!isBoundToUnit(role));
  }
});

test('a filer without a unit is nobody’s', () => {
  const who: Person = { id: 't-1', role: 'filer', sectors: [] };
  expect(can(who, 'file', { unit: 'u-1' })).toBe(false);
  expect(can(who, 'file', {})).toBe(false);
  expect(sees(who, { unit: 'u-1' })).toBe(false);
});

test('every message about an obligation has its line in the policy', () => {
  const messages = new Set(Object.values(OBLIGATION_TABLE).flatMap((row) => Object.keys(row)));
  const missing = [...messages].filter((message) => !message.startsWith('clock:') && !(message in POLICY));
  expect(missing).toEqual([]);
});
