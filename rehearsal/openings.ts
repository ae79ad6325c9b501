import { unitCampaignId } from '../domain/kinds';
import type { Plan } from '../domain/plan';
import { startOf } from '../domain/plan-dates';
import { addDays, type Instant, type LocalDate } from '../domain/time';
import type { Unit } from '../domain/unit';
import type { UnitCampaignOpening, UnitTerms } from '../domain/unit-campaign/state';
import { termsFor } from '../domain/unit-campaign/terms';
import { dayClock } from './day-clock';

/** A rehearsed campaign is launched when the office opens on its first day. */
export function launchOf(plan: Plan): Instant {
  return dayClock(plan.zone).at(startOf(plan), '09:00');
}

/** How the case of a unit opens that was on the roster at the launch. `terms` are those of `termsFor` at that instant. */
export function unitOpening(
  plan: Plan,
  campaign: string,
  unit: Unit,
  openedAt: Instant,
  terms: UnitTerms = termsFor(plan, unit, openedAt),
): UnitCampaignOpening {
  return {
    id: unitCampaignId(campaign, unit.id),
    campaign,
    unit: unit.id,
    openedAt,
    joinedLate: false,
    terms,
    campaignRevision: 0,
  };
}

/** Clocks on the engine start at the wall clock and only go forward, so a rehearsal lies in the future. */
export function nextNinthOfDecember(now: number): LocalDate {
  const tomorrow = addDays(new Date(now).toISOString().slice(0, 10), 1);
  const year = Number(tomorrow.slice(0, 4));
  return `${year}-12-09` > tomorrow ? `${year}-12-09` : `${year + 1}-12-09`;
}
