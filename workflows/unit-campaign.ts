import { unitCampaign as rules } from '../domain/unit-campaign';
import type { UnitCampaignOpening } from '../domain/unit-campaign/state';
import { type CaseInput, runCase } from './case';

/**
 * The life of a unit's campaign: it opens with the launch (or when the unit joins), asks for a receipt of the
 * plan, and waits for every obligation to be filed, signed and accepted. Its clock reminds before each due day
 * and climbs the ladder after it, as far as proposing; people decide. It ends with a result sheet: accepted once
 * the last day has passed and nothing is owed, or closed unfinished by the office, or because the unit left.
 *
 * Messages (see `domain/unit-campaign/messages.ts`) come as `deliver` Updates from people through the API,
 * who wait for the decision; `campaign-facts` come as `tell` Signals from the campaign, which waits for nobody.
 */
export async function unitCampaign(input: CaseInput<UnitCampaignOpening>): Promise<void> {
  await runCase(rules, input);
}
