import { campaign as rules } from '../domain/campaign';
import type { CampaignOpening } from '../domain/campaign/state';
import { type CaseInput, runCase } from './case';

/**
 * The life of a campaign: launched by the office, it has a case started for every unit on its roster, tells all
 * of them when a day is moved, everybody is urged or the campaign closes, notes that its last day has passed, and
 * is closed by the office.
 *
 * Messages (see `domain/campaign/state.ts`) come as `deliver` Updates from the office through the API;
 * `rolled-out` comes as a `tell` Signal from the dispatcher when a roll-out is through.
 */
export async function campaign(input: CaseInput<CampaignOpening>): Promise<void> {
  await runCase(rules, input);
}
