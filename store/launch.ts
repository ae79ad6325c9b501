import { createHash } from 'node:crypto';
import { campaignOpening } from '../domain/campaign/opening';
import type { CampaignOpening } from '../domain/campaign/state';
import type { Plan } from '../domain/plan';
import type { Instant } from '../domain/time';
import type { Store } from './store';

/** What a launch decides: which plan, which units, when. */
export interface Launch {
  /** Process id, `campaign/<opaque>`. */
  id: string;
  plan: Plan;
  /** Ids of units in the list. */
  units: string[];
  at: Instant;
  by: string;
}

/**
 * Writes down what a campaign is launched with and puts its units on the roster. Doing it again changes nothing.
 * @returns the opening of the campaign's case.
 */
export async function prepareLaunch(store: Store, launch: Launch): Promise<CampaignOpening> {
  const { id, plan, units, at, by } = launch;
  const digest = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
  await store.campaigns.updateOne(
    { _id: id },
    { $setOnInsert: { plan, digest, launchedAt: at, launchedBy: by, units: units.length } },
    { upsert: true },
  );
  await enrol(store, id, units, 1, at);
  return campaignOpening(plan, { id, digest, units: units.length }, at);
}

/**
 * Puts units on the roster of a campaign; those on it stay as they are. @returns how many came in.
 * @param rollOut 1 for the launch, higher for units that join later.
 */
export async function enrol(
  store: Store,
  campaign: string,
  units: string[],
  rollOut: number,
  joinedAt: Instant,
): Promise<number> {
  if (units.length === 0) return 0;
  const written = await store.roster.bulkWrite(
    units.map((unit) => ({
      updateOne: {
        filter: { _id: `${campaign}/${unit}` },
        update: { $setOnInsert: { campaign, unit, rollOut, status: 'waiting' as const, joinedAt } },
        upsert: true,
      },
    })),
    { ordered: false },
  );
  return written.upsertedCount;
}
