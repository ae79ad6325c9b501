import type { CampaignState } from '../domain/campaign/state';
import { CLOCK, type Envelope, type Message, type Order } from '../domain/case';
import type { Instant } from '../domain/time';

/** The Signal by which a campaign's newest facts, or anything else it orders, reach another case. */
export function signalFrom(campaign: CampaignState, order: Extract<Order, { message: unknown }>): Envelope {
  const { message, at } = order;
  return { id: `${campaign.id}/facts/${campaign.facts.revision}`, at, by: CLOCK, message };
}

/** The Signal by which the roll-out reports that it is through. */
export function rolledOut(campaign: CampaignState, at: Instant, started: number): Envelope {
  const { rollOuts } = campaign.roster;
  const message: Message & { rollOut: number; started: number } = { type: 'rolled-out', rollOut: rollOuts, started };
  return { id: `${campaign.id}/rolled-out/${rollOuts}`, at, by: CLOCK, message };
}
