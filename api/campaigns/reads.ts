import type { CampaignState } from '../../domain/campaign/state';
import type { CampaignDoc, CaseDoc } from '../../store/documents';
import { unitsSeenBy } from '../auth/authorise';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { idParams } from '../http/fields';
import { type Route, route } from '../http/route';
import { campaignLineSchema, campaignSchema, presentCampaign, presentCampaignLine } from '../present/campaign';
import { timelineOf, timelinePage } from '../present/timeline';
import { countCampaign } from './count';
import { loadCampaign } from './load';

const tag = 'campaigns';

export const campaignReads: Route[] = [
  route({
    method: 'get',
    path: '/campaigns',
    tag,
    permission: 'read-campaign',
    summary: 'All campaigns in which units one sees take part',
    query: pageQuery,
    answers: pageOf(campaignLineSchema),
    async handle({ query, who, services: { store } }) {
      const seen = await unitsSeenBy(store, who);
      const theirs = seen && (await store.roster.distinct('campaign', { unit: { $in: seen } }));
      const found = await store.campaigns
        .find(
          { _id: { $gt: afterOf(query.cursor) ?? '', ...(theirs && { $in: theirs }) } },
          { launchedAt: 1, units: 1, 'plan.code': 1, 'plan.title': 1, 'plan.start': 1, 'plan.zone': 1 },
        )
        .sort({ _id: 1 })
        .limit(query.limit + 1)
        .lean<CampaignDoc[]>();
      const { rows, next } = cut(found, query.limit, ({ _id }) => _id);
      const cases = await store.cases
        .find({ _id: { $in: rows.map(({ _id }) => _id) } }, { status: 1 })
        .lean<Pick<CaseDoc<CampaignState>, '_id' | 'status'>[]>();
      const items = rows.map((doc) => presentCampaignLine(doc, cases.find(({ _id }) => _id === doc._id)?.status));
      return { body: { items, ...(next && { next }) } };
    },
  }),
  route({
    method: 'get',
    path: '/campaigns/{id}',
    tag,
    permission: 'read-campaign',
    summary: 'How a campaign stands, over the units one sees',
    params: idParams,
    answers: campaignSchema,
    async handle({ params, who, services }) {
      const loaded = await loadCampaign(services, who, 'read-campaign', params.id);
      return { body: presentCampaign(loaded, await countCampaign(services, loaded)) };
    },
  }),
  route({
    method: 'get',
    path: '/campaigns/{id}/timeline',
    tag,
    permission: 'read-campaign-records',
    summary: 'What happened to the campaign as a whole, in order',
    params: idParams,
    query: pageQuery,
    answers: timelinePage,
    async handle({ params, query, who, services }) {
      const { doc, zone } = await loadCampaign(services, who, 'read-campaign-records', params.id);
      return { body: await timelineOf(services.store, doc._id, zone, query) };
    },
  }),
];
