import { caseId } from '../../domain/kinds';
import type { Plan } from '../../domain/plan';
import type { Action, Person, Subject } from '../../domain/policy';
import type { Unit } from '../../domain/unit';
import { dutyOf, type ObligationState } from '../../domain/unit-campaign/state';
import type { MemberDoc } from '../../store/documents';
import { refusalProblem } from '../acting/refusals';
import { authorise, subjectOf } from '../auth/authorise';
import { Problem } from '../http/problem';
import type { Viewing } from '../present/obligation';
import type { UnitCampaignDoc } from '../present/unit-campaign';
import type { Services } from '../services';
import { unitsById } from '../units/load';

/** A unit's campaign, for somebody who may do to it what they are about to. */
export interface Loaded {
  doc: UnitCampaignDoc;
  unit: Unit | undefined;
  subject: Subject;
  plan: Plan;
}

/**
 * A unit's campaign by its opaque id.
 * @throws Problem 404 where there is none, or it belongs to another unit; 403 where the role may not; 503 where the
 *   roll-out has not come to it yet.
 */
export async function loadUnitCampaign(services: Services, who: Person, action: Action, id: string): Promise<Loaded> {
  const { store, plans } = services;
  const doc = await store.cases
    .findOne({ _id: caseId('unit-campaign', id), kind: 'unit-campaign' })
    .lean<UnitCampaignDoc>();
  const member = doc ?? (await memberOf(services, id));
  if (member?.unit === undefined) throw new Problem(404, 'not-found');
  const unit = (await unitsById(store, [member.unit])).get(member.unit);
  const subject = unit ? subjectOf(unit) : { unit: member.unit };
  authorise(who, action, subject);
  if (!doc) throw new Problem(503, 'not-started-yet', { retryAfter: 2 });
  return { doc, unit, subject, plan: await plans.of(doc.campaign) };
}

/**
 * A unit's campaign and one of its obligations, by the code of it.
 * @throws as above; Problem 404 `unknown-obligation` for one the unit does not owe.
 */
export async function loadObligation(
  services: Services,
  who: Person,
  action: Action,
  { id, code }: { id: string; code: string },
): Promise<Loaded & { obligation: ObligationState }> {
  const loaded = await loadUnitCampaign(services, who, 'read-unit-campaign', id);
  const { state } = loaded.doc;
  const obligation = state.obligations.find((one) => one.code === code);
  if (!obligation) throw refusalProblem('unknown-obligation', { obligation: code });
  const subject = { ...loaded.subject, sector: dutyOf(state.terms, code).sector };
  authorise(who, action, subject);
  return { ...loaded, subject, obligation };
}

/** What a presenter needs to know about its reader. */
export async function viewing(services: Services, who: Person, { subject, plan }: Loaded): Promise<Viewing> {
  return { who, subject, plan, now: await services.store.now() };
}

/** The line of the roster a case will be started from. Ids are made of the campaign's and the unit's, which is `u-…`. */
async function memberOf({ store }: Services, id: string): Promise<MemberDoc | undefined> {
  const at = id.lastIndexOf('-u-');
  if (at < 0) return undefined;
  const row = `${caseId('campaign', id.slice(0, at))}/${id.slice(at + 1)}`;
  return (await store.roster.findById(row).lean<MemberDoc>()) ?? undefined;
}
