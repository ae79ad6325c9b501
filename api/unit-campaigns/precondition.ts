import type { Data } from '../../domain/case';
import { contentTag, QUIET_FACTS } from '../../domain/unit-campaign/content-tag';
import type { ObligationState } from '../../domain/unit-campaign/state';
import type { FactDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { Refused } from '../http/problem';
import { presentFact } from '../present/timeline';
import type { UnitCampaignDoc } from '../present/unit-campaign';
import type { Services } from '../services';
import type { Loaded } from './load';

/**
 * How `If-Match` is kept. The tag goes to the case with the message, and the case itself compares it with its state
 * in the turn that decides: between the comparison and the decision nothing can come, neither another person's act
 * nor news from the campaign. The look at the read model before (`refuseStale`) is for cases that still run the code
 * of a release that did not know of tags, until their next fresh run: of those alone a race remains, of the few
 * milliseconds between the look and the decision, and there `seen` still guards what is decided on a version.
 */

/** How long a refused request waits for what changed to be readable. */
const READABLE_MS = 2_000;
const MOST_CHANGES = 50;

/**
 * The ETag of an obligation: what it is (compared), and after a dash the number of the fact that made it so, from
 * which a 412 can tell what came later. Both change only with what is decided on.
 */
export async function etagOf(store: Store, { _id, state }: UnitCampaignDoc, one: ObligationState): Promise<string> {
  const latest = await store.timeline
    // No later than the state: a fact written between the two reads belongs to the next tag.
    .findOne({ ...changesOf(_id, one.code), at: { $lte: state.lastAt } }, { n: 1 })
    .sort({ _id: -1 })
    .lean<Pick<FactDoc, 'n'>>();
  return `"${contentTag(one)}-${latest?.n ?? 0}"`;
}

/** What of the sender's tags the case compares. */
export function basisOf(ifMatch: string[]): string[] {
  return ifMatch.map((tag) => tag.split('-')[0]!);
}

/** @throws Refused 412 where the read model already shows that none of the tags holds. */
export function refuseStale(basis: string[] | undefined, one: ObligationState): void {
  if (basis && !basis.includes(contentTag(one))) throw new Refused(412, 'precondition-failed', {});
}

/** A 412 with what its sender needs to go on: what came since, by whom and when, and what there is now. */
export async function withChanges(
  refused: Refused,
  { store, revisions }: Services,
  { doc, plan }: Loaded,
  { code, ifMatch }: { code: string; ifMatch: string[] },
): Promise<Refused> {
  const { revision } = refused.details.data ?? {};
  if (typeof revision === 'number') await revisions.reached(doc._id, revision, READABLE_MS);
  const seen = Math.max(0, ...ifMatch.map((tag) => Number(/-(\d{1,6})$/.exec(tag)?.[1] ?? 0)));
  const [now, facts] = await Promise.all([
    store.cases.findById(doc._id).lean<UnitCampaignDoc>(),
    store.timeline
      .find({ ...changesOf(doc._id, code), n: { $gt: seen } })
      .sort({ _id: -1 })
      .limit(MOST_CHANGES)
      .lean<FactDoc[]>(),
  ]);
  const one = now?.state.obligations.find((it) => it.code === code);
  const data = {
    ...(now && one && { etag: await etagOf(store, now, one), status: one.status, due: one.redo ?? one.due }),
    ...(one?.submission && { digest: one.submission.digest }),
    changed: facts.reverse().map((fact) => presentFact(fact, plan.zone)),
  };
  return new Refused(412, 'precondition-failed', data as unknown as Data);
}

function changesOf(caseId: string, code: string) {
  return { _id: { $gt: `${caseId}/`, $lt: `${caseId}/:` }, about: code, type: { $nin: [...QUIET_FACTS] } };
}
