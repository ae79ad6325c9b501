import { errorText } from '../../engine/log';
import type { EffectDoc } from '../../store/documents';
import type { Store } from '../../store/store';

/**
 * Wall-clock time a dispatcher may be busy with one row before another takes it over; so long waits what one that was
 * killed had taken. Being overtaken does no harm: whatever an order does is done once.
 */
export const LEASE_MS = 15_000;
/** Tries before a row goes to the dead letters; with the pauses below that is more than a day. */
export const MOST_ATTEMPTS = 40;

/** Pause before the next try: doubling from one second to half an hour. */
export function pauseAfter(attempts: number): number {
  return Math.min(1000 * 2 ** (attempts - 1), 30 * 60_000);
}

/** Takes the next row of some types that is due, for the time of a lease. */
export async function claimOrder(store: Store, types: EffectDoc['type'][]): Promise<EffectDoc | null> {
  const now = Date.now();
  return store.outbox
    .findOneAndUpdate(
      { status: 'new', type: { $in: types }, notBefore: { $lte: now } },
      { $set: { notBefore: now + LEASE_MS }, $inc: { attempts: 1 } },
      { sort: { at: 1, _id: 1 }, returnDocument: 'after' },
    )
    .lean<EffectDoc>();
}

/** A try failed: again later, or, after too many, to the dead letters, where an administrator sees it. */
export async function postpone(store: Store, row: EffectDoc, error: unknown): Promise<void> {
  const dead = row.attempts >= MOST_ATTEMPTS;
  await store.outbox.updateOne(
    { _id: row._id, status: row.status },
    {
      $set: {
        lastError: errorText(error),
        notBefore: Date.now() + pauseAfter(row.attempts),
        ...(dead && { status: 'dead' }),
      },
    },
  );
}
