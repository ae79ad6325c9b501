import { caseId } from '../../domain/kinds';
import type { Action } from '../../domain/policy';
import type { UnitMessage } from '../../domain/unit-campaign/messages';
import { unitsSeenBy } from '../auth/authorise';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { idParams, note, opaqueId, reason } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { decisionSchema } from '../present/decision';
import { opaque } from '../present/ids';
import { timelineOf, timelinePage } from '../present/timeline';
import { presentUnitRef, unitRefSchema } from '../present/unit';
import { type UnitCampaignDoc, unitCampaignSchema } from '../present/unit-campaign';
import { unitsById } from '../units/load';
import { loadUnitCampaign } from './load';
import { obligationActs } from './obligation-acts';
import { obligationReads } from './obligation-reads';
import { shown, tellUnit } from './tell';

const lineSchema = z.object({
  id: z.string(),
  campaign: z.string(),
  unit: unitRefSchema,
  status: z.string(),
  closed: z.boolean(),
});

/** 202 has the decision alone. */
const answers = z.object({ decision: decisionSchema, unitCampaign: unitCampaignSchema.optional() });
const tag = 'unit campaigns';

const reads: Route[] = [
  route({
    method: 'get',
    path: '/unit-campaigns',
    tag,
    permission: 'list-unit-campaigns',
    summary: 'The campaigns of the units one sees',
    query: pageQuery.extend({ campaign: opaqueId.optional() }),
    answers: pageOf(lineSchema),
    async handle({ query, who, services: { store } }) {
      const seen = await unitsSeenBy(store, who);
      const found = await store.cases
        .find(
          {
            kind: 'unit-campaign',
            ...(query.campaign !== undefined && { campaign: caseId('campaign', query.campaign) }),
            ...(seen && { unit: { $in: seen } }),
            _id: { $gt: afterOf(query.cursor) ?? '' },
          },
          { campaign: 1, unit: 1, status: 1, closed: 1 },
        )
        .sort({ _id: 1 })
        .limit(query.limit + 1)
        .lean<Pick<UnitCampaignDoc, '_id' | 'campaign' | 'unit' | 'status' | 'closed'>[]>();
      const { rows, next } = cut(found, query.limit, ({ _id }) => _id);
      const units = await unitsById(
        store,
        rows.map(({ unit }) => unit!),
      );
      const items = rows.map(({ _id, campaign, unit, status, closed }) => ({
        id: opaque(_id),
        campaign: opaque(campaign),
        unit: presentUnitRef(units.get(unit!), unit!),
        status,
        closed,
      }));
      return { body: { items, ...(next && { next }) } };
    },
  }),
  route({
    method: 'get',
    path: '/unit-campaigns/{id}',
    tag,
    permission: 'read-unit-campaign',
    summary: 'One unit’s campaign with all its obligations',
    params: idParams,
    answers: unitCampaignSchema,
    async handle({ params, who, services }) {
      return { body: await shown(params.id, { who, services }) };
    },
  }),
  route({
    method: 'get',
    path: '/unit-campaigns/{id}/timeline',
    tag,
    permission: 'read-unit-campaign',
    summary: 'What happened, in order',
    params: idParams,
    query: pageQuery,
    answers: timelinePage,
    async handle({ params, query, who, services }) {
      const { doc, plan } = await loadUnitCampaign(services, who, 'read-unit-campaign', params.id);
      return { body: await timelineOf(services.store, doc._id, plan.zone, query) };
    },
  }),
];

const acts: Route[] = [
  unitAct('receipt', 'acknowledge', 'The unit has taken note of the plan (签收)', z.strictObject({}), () => ({
    type: 'acknowledge',
  })),
  unitAct(
    'calls',
    'record-call',
    'A telephone call becomes a fact of the timeline',
    z.strictObject({ result: z.enum(['reached', 'no-answer', 'wrong-number']), note }),
    (body) => ({ type: 'record-call', ...body }),
  ),
  unitAct(
    'close',
    'close-unit-campaign',
    'The office closes it, finished or not',
    z.strictObject({ reason }),
    (body) => ({ type: 'close', ...body }),
  ),
];

export const unitCampaignRoutes: Route[] = [...reads, ...acts, ...obligationReads, ...obligationActs];

function unitAct<B extends z.ZodType>(
  path: string,
  permission: Action,
  summary: string,
  body: B,
  messageOf: (says: z.output<B>) => UnitMessage,
): Route {
  return route({
    method: 'post',
    path: `/unit-campaigns/{id}/${path}`,
    tag,
    permission,
    summary,
    params: idParams,
    body,
    answers,
    acts: true,
    handle: (asked) => tellUnit(asked, permission, asked.params.id, () => messageOf(asked.body)),
  });
}
