import { setTimeout as pause } from 'node:timers/promises';
import { ApiClient } from '../cli/api-client';
import { caseId as idOf, unitCampaignId } from '../domain/kinds';
import type { Unit } from '../domain/unit';
import { type County, filingOf, reviewedDuty, tokenOf } from './county';
import type { Stage } from './stage';

/** An answer is given when the read model has it; that the case has heard of this takes a moment longer. */
const SETTLE_MS = 400;

export interface History {
  events: number;
  bytes: number;
}

/** How long a case's history is. */
export async function historyOf({ client }: Stage, caseId: string): Promise<History> {
  await pause(SETTLE_MS);
  const { workflowExecutionInfo: info } = await client.workflowService.describeWorkflowExecution({
    namespace: client.options.namespace,
    execution: { workflowId: caseId },
  });
  return { events: Number(info?.historyLength ?? 0), bytes: Number(info?.historySizeBytes ?? 0) };
}

/** Id of a unit's case. */
export function caseOf(campaign: string, unit: Unit): string {
  return unitCampaignId(idOf('campaign', campaign), unit.id);
}

interface Shown {
  obligation?: { status: string; submission?: { digest: string } };
}

/**
 * What one submission adds to its case's history on its way from filing to acceptance: filed by the unit, signed by its
 * head, accepted at the desk, each alone and waited for.
 */
export async function acceptedSubmission(stage: Stage, county: County, campaign: string): Promise<History> {
  const taking = county.units.filter(({ unit }) => !unit.onePerson).slice(0, 10);
  const reviewer = new ApiClient(stage.url, await tokenOf(stage, 'reviewer'), 'en');
  const grown: History[] = [];
  for (const { unit, filer } of taking) {
    const code = reviewedDuty(county.plan);
    const caseId = caseOf(campaign, unit);
    const { path, body } = filingOf(county.plan, campaign, unit, code, filer);
    const obligation = path.slice('/api/v1'.length, -'/file'.length);
    const before = await historyOf(stage, caseId);
    const filed = await new ApiClient(stage.url, filer, 'en').post<Shown>(`${obligation}/file`, JSON.parse(body));
    const seen = { seen: filed.obligation?.submission?.digest };
    const head = new ApiClient(stage.url, await tokenOf(stage, 'head', unit), 'en');
    await head.post(`${obligation}/sign`, seen);
    const accepted = await reviewer.post<Shown>(`${obligation}/accept`, seen);
    if (accepted.obligation?.status !== 'accepted') throw new Error(`${code} of ${caseId} was not accepted`);
    const after = await historyOf(stage, caseId);
    grown.push({ events: after.events - before.events, bytes: after.bytes - before.bytes });
  }
  return mean(grown);
}

export function mean(histories: History[]): History {
  const of = (name: keyof History) =>
    Number((histories.reduce((sum, one) => sum + one[name], 0) / histories.length).toFixed(1));
  return { events: of('events'), bytes: of('bytes') };
}
