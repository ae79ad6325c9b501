import type { MailDoc } from './documents';
import type { Store } from './store';

/** What was put back in the queue. */
export interface Resent {
  effects: number;
  mails: number;
}

/**
 * Has everything that has not left a case yet tried again at once, what was given up included. Whatever a row does is
 * done once by its id, so one that is being carried out this moment takes no harm.
 */
export async function resendOf(store: Store, caseId: string): Promise<Resent> {
  const again = { attempts: 0, notBefore: 0 };
  const { modifiedCount: effects } = await store.outbox.updateMany(
    { case: caseId, status: { $in: ['new', 'dead'] } },
    { $set: { ...again, status: 'new' as const } },
  );
  const letters = await store.outbox
    .find({ case: caseId, status: 'mailed', mail: { $exists: true } }, { mail: 1 })
    .lean<{ mail: MailDoc['_id'] }[]>();
  const { modifiedCount: mails } = await store.mails.updateMany(
    { _id: { $in: letters.map(({ mail }) => mail) }, status: 'dead' },
    { $set: { ...again, status: 'queued' as const } },
  );
  return { effects, mails };
}
