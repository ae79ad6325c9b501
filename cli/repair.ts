import type { Client } from '@temporalio/client';
import { digestOf, makeActivities } from '../activities/record';
import type { Data } from '../domain/case';
import type { Difference } from '../domain/differences';
import { kindOf, rulesOf } from '../domain/kinds';
import { batchesOf } from '../engine/batches';
import type { Cases } from '../engine/cases';
import type { CaseDoc, MemberDoc } from '../store/documents';
import { resendOf } from '../store/redrive';
import type { Store } from '../store/store';

export interface RepairTools {
  store: Store;
  cases: Cases;
  client: Client;
}

/**
 * Repairs one difference where that is safe: everything done here is done once by its id, however often it is tried.
 * @returns what was done, or undefined where a person has to decide.
 */
export async function repair(tools: RepairTools, found: Difference): Promise<string | undefined> {
  const { store, cases } = tools;
  switch (found.kind) {
    case 'not-recorded':
    case 'step-late':
      await cases.refresh(found.case);
      await resendOf(store, found.case);
      return 'goes on with a fresh run';
    case 'projection-behind':
    case 'projection-missing':
      return rewrite(tools, found.case);
    case 'case-missing':
      return startAgain(store, found.case);
    case 'start-late':
      return rollOutAgain(store, found.row!.slice(0, found.row!.lastIndexOf('/')));
    case 'outbox-late':
      await store.outbox.updateOne({ _id: found.row!, status: 'new' }, { $set: { notBefore: 0 } });
      return 'lease released: next in turn';
    case 'mail-late':
      await store.mails.updateOne({ _id: found.row!, status: 'queued' }, { $set: { notBefore: 0 } });
      return 'lease released: next in turn';
    case 'journal-late':
      await store.journal.updateOne({ _id: found.row!, status: 'open' }, { $set: { notBefore: 0 } });
      return 'asked of the case again';
    case 'projection-ahead':
    case 'case-silent':
      return undefined;
  }
}

/** Gives the database again what the case had written down, out of the case's own history. */
async function rewrite({ store, cases, client }: RepairTools, id: string): Promise<string | undefined> {
  const shown = await store.cases.findById(id, { seq: 1 }).lean<Pick<CaseDoc, 'seq'>>();
  const batches = await batchesOf(client, id, shown?.seq ?? 0);
  if (!shown && (await store.timeline.exists({ case: id }))) {
    // Its facts are there, only the document is not: that is made of the case's state.
    const sight = await cases.sight(id);
    const last = batches.at(-1);
    if (typeof sight === 'string' || sight.revision !== sight.recorded || last?.revision !== sight.revision) {
      return undefined;
    }
    const { state, revision } = sight;
    const { campaign, unit, status, closed } = state;
    const next = closed ? undefined : rulesOf(kindOf(id)).next(state)?.at;
    const doc: CaseDoc = {
      _id: id,
      kind: kindOf(id),
      campaign,
      ...(unit !== undefined && { unit }),
      status,
      closed,
      revision,
      seq: last.seq,
      digest: digestOf(last),
      state: state as unknown as Data,
      ...(next !== undefined && { nextAt: next }),
    };
    await store.cases.collection.insertOne(doc as never);
    return 'made anew from the case’s state';
  }
  const { record } = makeActivities(store);
  for (const batch of batches) await record(batch);
  return batches.length > 0 ? `${batches.length} batches written again from its history` : undefined;
}

/** A case the roster says was started is started again, as long as nothing shows that it ever lived. */
async function startAgain(store: Store, id: string): Promise<string | undefined> {
  if (await store.timeline.exists({ case: id })) return undefined;
  const unit = /-(u-[0-9a-f]{16})$/.exec(id)?.[1];
  const member = await store.roster
    .findOne({
      unit,
      status: 'started',
      _id: { $regex: `^campaign/${id.slice(id.indexOf('/') + 1, -(unit?.length ?? 0) - 1)}/` },
    })
    .lean<MemberDoc>();
  if (unit === undefined || !member) return undefined;
  await store.roster.updateOne({ _id: member._id }, { $set: { status: 'waiting' } });
  return rollOutAgain(store, member.campaign);
}

async function rollOutAgain(store: Store, campaign: string): Promise<string | undefined> {
  const row = await store.outbox
    .findOne({ campaign, type: 'roll-out' }, { _id: 1 })
    .sort({ _id: -1 })
    .lean<{ _id: string }>();
  if (!row) return undefined;
  await store.outbox.updateOne({ _id: row._id }, { $set: { status: 'new', attempts: 0, notBefore: 0 } });
  return 'waits for the roll-out, which goes on';
}
