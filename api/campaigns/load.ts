import type { CampaignState } from '../../domain/campaign/state';
import { caseId } from '../../domain/kinds';
import { type Action, isBoundToUnit, type Person } from '../../domain/policy';
import type { CampaignDoc, CaseDoc } from '../../store/documents';
import { authorise, unitsSeenBy } from '../auth/authorise';
import { Problem } from '../http/problem';
import type { Services } from '../services';

export interface LoadedCampaign {
  doc: CampaignDoc;
  /** Absent for the moments between the launch and the first writing of its case. */
  case?: CaseDoc<CampaignState>;
  zone: string;
  /** Ids of the units its reader sees; undefined for all of them. */
  seen?: string[];
}

/**
 * A campaign by its opaque id, for somebody who may do to it what they are about to.
 * @throws Problem 404 where there is none, or none of the reader's units takes part; 403 where the role may not.
 */
export async function loadCampaign(
  services: Services,
  who: Person,
  action: Action,
  id: string,
): Promise<LoadedCampaign> {
  authorise(who, action);
  const { store, plans } = services;
  const _id = caseId('campaign', id);
  const [doc, found, seen] = await Promise.all([
    plans.find(_id),
    store.cases.findOne({ _id, kind: 'campaign' }).lean<CaseDoc<CampaignState>>(),
    unitsSeenBy(store, who),
  ]);
  if (!doc) throw new Problem(404, 'not-found');
  if (seen && isBoundToUnit(who.role) && !(await store.roster.exists({ campaign: _id, unit: { $in: seen } }))) {
    throw new Problem(404, 'not-found');
  }
  return { doc, zone: doc.plan.zone, ...(found && { case: found }), ...(seen && { seen }) };
}

/** Filter for the cases of a campaign's units that its reader sees. */
export function unitCasesOf({ doc, seen }: LoadedCampaign) {
  return { campaign: doc._id, kind: 'unit-campaign', ...(seen && { unit: { $in: seen } }) };
}
