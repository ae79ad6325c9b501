import { CaseNotOpen, CaseRefusal, type Cases } from '../../engine/cases';
import { errorText, type Log } from '../../engine/log';
import { claimOpenEntry, refuseEntry, settleEntry } from '../../store/journal';
import type { Store } from '../../store/store';

/**
 * Finishes one request that was journalled but never answered, because nobody was there to answer it. The message
 * keeps the instant it was received. @returns whether there was one that is now finished.
 */
export async function sweepJournal(store: Store, cases: Cases, log?: Log): Promise<boolean> {
  const entry = await claimOpenEntry(store);
  if (!entry) return false;
  const line = { case: entry.case, message: entry._id, attempt: entry.attempts };
  try {
    const answer = entry.opening ? await cases.open(entry.opening) : await cases.deliver(entry.case, entry.envelope!);
    await settleEntry(store, entry._id, answer);
    log?.info(line, 'request finished');
    return true;
  } catch (error) {
    log?.warn({ ...line, error: errorText(error) }, 'request not finished');
    if (error instanceof CaseRefusal) await refuseEntry(store, entry._id, error.code, error.data);
    else if (error instanceof CaseNotOpen && (await hasEnded(store, entry.case))) {
      await refuseEntry(store, entry._id, 'case-closed', {});
    } else return false; // Claimed until its next turn.
    return true;
  }
}

async function hasEnded(store: Store, caseId: string): Promise<boolean> {
  return (await store.cases.exists({ _id: caseId, closed: true })) !== null;
}
