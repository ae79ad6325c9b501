import type { CampaignState } from '../../domain/campaign/state';
import { endOf, occurrences, startOf } from '../../domain/plan-dates';
import type { CampaignDoc } from '../../store/documents';
import type { Counts } from '../campaigns/count';
import type { LoadedCampaign } from '../campaigns/load';
import { textSchema } from '../http/fields';
import { z } from '../http/z';
import { opaque } from './ids';
import { nameOf } from './obligation';
import { iso } from './time';

const duty = z.object({
  code: z.string(),
  name: textSchema,
  due: z.string(),
  counts: z.record(z.string(), z.int()).openapi({ description: 'Units by the status of this obligation.' }),
  overdue: z.int(),
});

export const campaignSchema = z
  .object({
    id: z.string(),
    status: z.enum(['launching', 'running', 'closed']),
    revision: z.int(),
    plan: z.object({ code: z.string(), version: z.string(), digest: z.string(), title: textSchema }),
    start: z.string(),
    end: z.string(),
    zone: z.string(),
    launchedAt: z.string(),
    over: z.boolean().openapi({ description: 'The last day has passed.' }),
    units: z
      .object({ roster: z.int(), started: z.int(), closed: z.int() })
      .openapi({ description: 'Progress of the roll-out: all units are started when both numbers agree.' }),
    receipts: z.object({ given: z.int(), missing: z.int() }),
    unreachable: z.int().openapi({ description: 'Units nobody of which has a usable address.' }),
    proposals: z.int().openapi({ description: 'Talks and bulletins proposed and not yet decided.' }),
    duties: z.array(duty),
  })
  .openapi('Campaign');

export const campaignLineSchema = z.object({
  id: z.string(),
  status: z.string(),
  title: textSchema,
  start: z.string(),
  launchedAt: z.string(),
  units: z.int(),
});

/** A campaign, counted over the units its reader sees. */
export function presentCampaign(loaded: LoadedCampaign, counts: Counts): z.output<typeof campaignSchema> {
  const { doc, zone } = loaded;
  const { plan } = doc;
  const state = loaded.case?.state;
  const { duties, ...totals } = counts;
  return {
    id: opaque(doc._id),
    status: state?.status ?? 'launching',
    revision: loaded.case?.revision ?? 0,
    plan: { code: plan.code, version: plan.version, digest: doc.digest, title: plan.title },
    start: startOf(plan),
    end: endOf(plan),
    zone,
    launchedAt: iso(doc.launchedAt, zone),
    over: state?.over ?? false,
    ...totals,
    duties: dutiesOf(doc, state).map(({ code, obligation, due }) => ({
      code,
      name: nameOf(plan, obligation),
      due,
      counts: duties.get(code)?.byStatus ?? {},
      overdue: duties.get(code)?.overdue ?? 0,
    })),
  };
}

/** Every duty with the day in force: the plan's, or what it was moved to. */
function dutiesOf({ plan }: CampaignDoc, state: CampaignState | undefined) {
  return plan.obligations.flatMap((obligation) =>
    occurrences(obligation, plan).map(({ code, due }) => ({
      code,
      obligation: obligation.code,
      due: state?.duties.find((one) => one.code === code)?.due ?? due,
    })),
  );
}

export function presentCampaignLine(doc: CampaignDoc, status: string | undefined): z.output<typeof campaignLineSchema> {
  return {
    id: opaque(doc._id),
    status: status ?? 'launching',
    title: doc.plan.title,
    start: startOf(doc.plan),
    launchedAt: iso(doc.launchedAt, doc.plan.zone),
    units: doc.units,
  };
}
