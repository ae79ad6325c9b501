import type { Finding, Plan } from '../plan';
import { codesAreUnique } from './codes';
import { type AsOf, type Check, contextOf } from './context';
import {
  dueAfterStart,
  dueWithinCampaign,
  startIsThere,
  statedAlike,
  summariesAfterEnd,
  summariesLast,
  templatesCountDays,
} from './due-dates';
import { itemsCiteParts, numbersCountOn, partsAreNumbered, partsArePresent } from './parts';
import { contactsAreNamed, everyDeskIsHeld, proposalsAreDecided, somebodyOwes } from './people';
import { laddersClimb, proceduresAreKnown, routesHaveSteps } from './procedures';
import { waive } from './waivers';
import { dueOnWorkingDays, remindersAfterStart, yearsArePublished } from './working-days';

export type { AsOf } from './context';

/** In the order people read a plan: days, document, people, procedures. */
const CHECKS: Check[] = [
  startIsThere,
  templatesCountDays,
  dueAfterStart,
  summariesLast,
  statedAlike,
  dueWithinCampaign,
  summariesAfterEnd,
  dueOnWorkingDays,
  yearsArePublished,
  remindersAfterStart,
  partsArePresent,
  partsAreNumbered,
  numbersCountOn,
  itemsCiteParts,
  contactsAreNamed,
  everyDeskIsHeld,
  somebodyOwes,
  proceduresAreKnown,
  laddersClimb,
  proposalsAreDecided,
  routesHaveSteps,
  codesAreUnique,
];

/**
 * Reads a plan as a careful clerk would and names everything that is wrong, odd or still open.
 * Everything contradictory is an error, everything people should merely know a warning; findings the
 * plan waives with a reason carry it in `waived`.
 */
export function checkPlan(plan: Plan, asOf: AsOf): Finding[] {
  const context = contextOf(plan, asOf);
  return waive(
    plan,
    CHECKS.flatMap((check) => check(context)),
  );
}

/** Whether findings refuse a launch: one error that nobody has waived is enough. */
export function refuses(findings: readonly Finding[]): boolean {
  return findings.some(({ severity, waived }) => severity === 'error' && waived === undefined);
}
