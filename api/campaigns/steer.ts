import type { CampaignMessage } from '../../domain/campaign/state';
import { unitCampaignId } from '../../domain/kinds';
import type { Action } from '../../domain/policy';
import { enrol } from '../../store/launch';
import { act } from '../acting/act';
import { refusalProblem } from '../acting/refusals';
import { day, idParams, reason, unitCode, unitKey } from '../http/fields';
import { Problem } from '../http/problem';
import { type Asked, type Route, route } from '../http/route';
import { z } from '../http/z';
import { campaignSchema, presentCampaign } from '../present/campaign';
import { decisionSchema } from '../present/decision';
import { opaque } from '../present/ids';
import { unitCampaignSchema } from '../present/unit-campaign';
import { tellUnit } from '../unit-campaigns/tell';
import { loadUnit, unitsByCode } from '../units/load';
import { countCampaign } from './count';
import { type LoadedCampaign, loadCampaign } from './load';

const duty = z.string().min(1).max(90).openapi({ example: 'deployment-report' });
/** 202 has the decision alone. */
const answers = z.object({ decision: decisionSchema, campaign: campaignSchema.optional() });
const tag = 'campaigns';

export const steeringRoutes: Route[] = [
  steer(
    'deadlines',
    'move-campaign-due',
    'Moves the day of an obligation for all units',
    z.strictObject({ obligation: duty, due: day, reason }),
    async (body) => ({ type: 'move-due', duty: body.obligation, due: body.due, reason: body.reason }),
  ),
  steer(
    'urge',
    'urge-all',
    'One more word to all units that still owe an obligation',
    z.strictObject({ obligation: duty }),
    async (body) => ({ type: 'urge', duty: body.obligation }),
  ),
  steer(
    'close',
    'close-campaign',
    'Closes the campaign; what units have not finished is closed unfinished',
    z.strictObject({ reason }),
    async (body) => ({ type: 'close', reason: body.reason }),
  ),
  steer(
    'units',
    'add-units',
    'Units join a running campaign',
    z.strictObject({ units: z.array(unitCode).min(1).max(20_000), reason }),
    async (body, { at }, { doc, case: known }, { store }) => {
      if (!known) throw new Problem(503, 'not-started-yet', { retryAfter: 2 });
      if (known.closed) throw refusalProblem('case-closed', {});
      const ids = (await unitsByCode(store, body.units)).map((unit) => unit.id);
      const rollOut = known.state.roster.rollOuts + 1;
      await enrol(store, doc._id, ids, rollOut, at);
      // Counted rather than taken from what was written just now: a try before this one may have written it. And not
      // by who is waiting: a roll-out that is under way may have come to them already.
      const campaign = doc._id;
      const added = await store.roster.countDocuments({ campaign, unit: { $in: ids }, rollOut });
      if (added === 0) throw new Problem(409, 'already-on-roster');
      return { type: 'add-units', units: await store.roster.countDocuments({ campaign }), added, reason: body.reason };
    },
  ),
  route({
    method: 'post',
    path: '/campaigns/{id}/units/{unit}/leave',
    tag,
    permission: 'drop-unit',
    summary: 'A unit leaves the campaign',
    params: idParams.extend({ unit: unitKey.openapi({ description: 'Its id, or the authority’s code.' }) }),
    body: z.strictObject({ reason }),
    answers: z.object({ decision: decisionSchema, unitCampaign: unitCampaignSchema.optional() }),
    acts: true,
    async handle(asked) {
      const { params, body, who, services } = asked;
      const { doc } = await loadCampaign(services, who, 'drop-unit', params.id);
      const unit = await loadUnit(services.store, params.unit);
      const id = opaque(unitCampaignId(doc._id, unit.id));
      return tellUnit(asked, 'drop-unit', id, () => ({ type: 'leave', reason: body.reason }));
    },
  }),
];

function steer<B extends z.ZodType>(
  path: string,
  permission: Action,
  summary: string,
  body: B,
  messageOf: (
    says: z.output<B>,
    act: { id: string; at: number },
    loaded: LoadedCampaign,
    services: Asked<unknown, unknown, unknown>['services'],
  ) => Promise<CampaignMessage>,
): Route {
  return route({
    method: 'post',
    path: `/campaigns/{id}/${path}`,
    tag,
    permission,
    summary,
    params: idParams,
    body,
    answers,
    acts: true,
    async handle(asked) {
      const { params, who, services } = asked;
      const loaded = await loadCampaign(services, who, permission, params.id);
      return act(asked, {
        case: loaded.doc._id,
        zone: () => loaded.zone,
        message: (taken) => messageOf(asked.body, taken, loaded, services),
        async present() {
          const now = await loadCampaign(services, who, 'read-campaign', params.id);
          return { campaign: presentCampaign(now, await countCampaign(services, now)) };
        },
      });
    },
  });
}
