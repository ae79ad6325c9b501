import type { Plan } from '../plan';
import { endOf, occurrences, startOf } from '../plan-dates';
import { endOfDay, type Instant } from '../time';
import type { CampaignOpening } from './state';

/**
 * How a campaign's own case opens.
 * @param of id of the case (`campaign/…`), digest of the plan, number of units on the roster.
 * @throws Error for a plan without a start.
 */
export function campaignOpening(
  plan: Plan,
  of: { id: string; digest: string; units: number },
  openedAt: Instant,
): CampaignOpening {
  const end = endOf(plan);
  return {
    id: of.id,
    campaign: of.id,
    openedAt,
    plan: { code: plan.code, version: plan.version, digest: of.digest },
    start: startOf(plan),
    end,
    endAt: endOfDay(end, plan.zone),
    zone: plan.zone,
    duties: plan.obligations.flatMap((one) => occurrences(one, plan)).map(({ code, due }) => ({ code, due })),
    units: of.units,
  };
}
