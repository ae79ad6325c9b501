import { differences } from '../../rehearsal/compare';
import { liveThrough } from '../../rehearsal/on-engine';
import { nextNinthOfDecember } from '../../rehearsal/openings';
import { simulate } from '../../rehearsal/simulator';
import { rehearsalPlan, syntheticUnits } from '../../rehearsal/synthetic-county';
import { loadTemplate } from '../../templates/campaigns/read-plan';
import type { TestEngine } from './engine';

/** The same campaign on the engine and by the rules alone. */
export async function compareWithSimulator(engine: TestEngine, count: number, seed: number) {
  const plan = rehearsalPlan(loadTemplate('county-health'), nextNinthOfDecember(Date.now()));
  const input = { plan, units: syntheticUnits(count, seed), seed, campaign: `campaign/${engine.config.rehearsal}` };
  const live = await liveThrough(engine, { ...input, id: engine.config.rehearsal! }, () => {});
  const simulated = simulate({ ...input, digest: live.digest });
  return { differences: differences(simulated.timelines, live.timelines), simulated, live };
}
