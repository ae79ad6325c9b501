import { setTimeout as pause } from 'node:timers/promises';
import { type County, launchOf } from './county';
import type { Stage } from './stage';

const LOOK_MS = 25;
const MOST_MS = 600_000;

/** Launches the campaign and waits till the case of every unit is in the read model. */
export async function rollOut(stage: Stage, county: County): Promise<{ campaign: string; seconds: number }> {
  const body = launchOf(county);
  const began = performance.now();
  const launched = await stage.admin.post<{ campaign?: { id: string } }>('/campaigns', body);
  if (!launched.campaign) throw new Error('the launch was not in the read model within two seconds');
  const campaign = launched.campaign.id;
  const filter = { campaign: `campaign/${campaign}`, kind: 'unit-campaign' };
  while ((await stage.store.cases.countDocuments(filter)) < county.units.length) {
    if (performance.now() - began > MOST_MS) throw new Error('the roll-out does not come to its end');
    await pause(LOOK_MS);
  }
  return { campaign, seconds: (performance.now() - began) / 1000 };
}
