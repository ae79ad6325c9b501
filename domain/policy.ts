import type { Actor, Role } from './case';
import type { SectorCode } from './plan';

/** Whoever asks, with what bounds their role. */
export interface Person extends Actor {
  role: Role;
  /** Sectors a reviewer answers for; all when empty. */
  sectors: SectorCode[];
}

/** What an act is about, as far as it decides who may do it. */
export interface Subject {
  /** Id of the unit it belongs to; absent for what belongs to nobody in particular. */
  unit?: string;
  /** Id of the unit that files and signs for that one. */
  supervisedBy?: string;
  /** Sector whose desk reviews it. */
  sector?: SectorCode;
}

/** A role, and where it is bounded, in which cases. */
interface Grant {
  role: Role;
  when?: (who: Person, subject: Subject) => boolean;
}

const ofTheirOwn = (who: Person, { unit, supervisedBy }: Subject) =>
  who.unit !== undefined && (who.unit === unit || who.unit === supervisedBy);
const ofTheirSector = ({ sectors }: Person, { sector }: Subject) =>
  sectors.length === 0 || (sector !== undefined && sectors.includes(sector));

const admin: Grant = { role: 'admin' };
const leader: Grant = { role: 'leader' };
const reviewer: Grant = { role: 'reviewer' };
const auditor: Grant = { role: 'auditor' };
const filer: Grant = { role: 'filer' };
const head: Grant = { role: 'head' };
const reviewerOfTheSector: Grant = { role: 'reviewer', when: ofTheirSector };
const filerOfTheUnit: Grant = { role: 'filer', when: ofTheirOwn };
const headOfTheUnit: Grant = { role: 'head', when: ofTheirOwn };

const office = [admin, reviewer, leader, auditor];
const unit = [filerOfTheUnit, headOfTheUnit];

/**
 * Who may do what. What is not here nobody may; an investigator has nothing yet. "Of the unit" means the unit
 * itself or the one that supervises it. Whether something can be done *now* is the case's to say.
 */
export const POLICY = {
  'check-plan': office,
  'import-units': [admin],
  'list-units': [...office, filer, head],
  'read-unit': [...office, ...unit],
  'read-telephones': [admin, ...unit],

  'launch-campaign': [admin],
  'read-campaign': [...office, filer, head],
  'read-campaign-records': office,
  'add-units': [admin],
  'drop-unit': [admin],
  'move-campaign-due': [admin],
  'urge-all': [admin],
  'close-campaign': [admin],

  'list-unit-campaigns': [...office, filer, head],
  'read-unit-campaign': [...office, ...unit],
  acknowledge: unit,
  'record-call': [admin, reviewer],
  'close-unit-campaign': [admin],

  file: [admin, filerOfTheUnit],
  sign: [headOfTheUnit],
  withdraw: [filerOfTheUnit],
  'ask-extension': unit,
  consent: unit,
  decline: unit,
  // Leader and admin as well: a route may name them, or hand on to them; the approval says whose turn it is.
  'start-review': [reviewerOfTheSector, admin, leader],
  accept: [reviewerOfTheSector, admin, leader],
  return: [reviewerOfTheSector, admin, leader],
  correct: [reviewerOfTheSector, admin, leader],
  urge: [reviewerOfTheSector, admin],
  reopen: [admin],
  exempt: [admin],
  reinstate: [admin],
  'decide-extension': [admin],
  'move-due': [admin],
  'settle-talk': [leader, admin],
  'reject-talk': [leader],

  'read-mails': [admin, auditor],
  'read-mail-persons': [admin],
  'manage-people': [admin],
  resend: [admin],
  operate: [admin],
  'read-tokens': [admin, auditor],
  'manage-tokens': [admin],
  'keep-calendar-feeds': [admin, reviewer, leader, filer, head],
  'read-rehearsal': office,
  'advance-rehearsal': [admin],
} satisfies Record<string, Grant[]>;

export type Action = keyof typeof POLICY;

/** Whether somebody may do something to a subject. Denied unless a line of the policy grants it. */
export function can(who: Person, action: Action, subject: Subject = {}): boolean {
  const grants: Grant[] = POLICY[action];
  return grants.some(({ role, when }) => role === who.role && (when?.(who, subject) ?? true));
}

/** Whether a role may do something at all, whatever it is about. */
export function mayEver(role: Role, action: Action): boolean {
  const grants: Grant[] = POLICY[action];
  return grants.some((grant) => grant.role === role);
}

const BOUND_TO_A_UNIT: readonly Role[] = ['filer', 'head', 'investigator'];

/** Whether a role sees only the unit it belongs to, and those it supervises. */
export function isBoundToUnit(role: Role): boolean {
  return BOUND_TO_A_UNIT.includes(role);
}

/** Whether somebody may know that a subject exists. What belongs to another unit does not, for them. */
export function sees(who: Person, subject: Subject): boolean {
  return subject.unit === undefined || !isBoundToUnit(who.role) || ofTheirOwn(who, subject);
}
