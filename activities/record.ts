import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import type { Activities, Batch } from '../domain/ports';
import type { CaseDoc } from '../store/documents';
import type { Store } from '../store/store';

const DUPLICATE_KEY = 11000;

/** The activities of a worker, with the database they act on. */
export function makeActivities(store: Store): Activities {
  return {
    async record(batch) {
      const digest = digestOf(batch);
      try {
        await store.transaction((session) => write(store, batch, digest, session));
      } catch (error) {
        if ((error as { code?: number }).code !== DUPLICATE_KEY) throw error;
        await repeated(store, batch, digest);
      }
    },
  };
}

/** Written before, by a try whose answer was lost: nothing to do. Anything else must not happen. */
async function repeated(store: Store, batch: Batch, digest: string) {
  const known = await store.cases.findById(batch.case, { seq: 1, digest: 1 }).lean<Pick<CaseDoc, 'seq' | 'digest'>>();
  if (!known) throw new Error(`${batch.case} is not in the read model, but what it wrote is`);
  if (known.seq > batch.seq || known.digest === digest) return;
  const _id = `${batch.case}/${batch.seq}`;
  const data = { case: batch.case, seq: batch.seq, recorded: known.digest, offered: digest };
  await store.alarms.updateOne(
    { _id },
    { $setOnInsert: { at: Date.now(), code: 'batch-differs', data } },
    { upsert: true },
  );
}

/** The transaction. A batch that is there already fails on its keys. */
async function write(store: Store, batch: Batch, digest: string, session: ClientSession): Promise<void> {
  const { campaign, unit } = batch;
  const owner = { case: batch.case, campaign, ...(unit !== undefined && { unit }) };
  await store.cases.updateOne(
    // Only forward: a document already at this batch does not match, and the insert fails on its id.
    { _id: batch.case, seq: { $lt: batch.seq } },
    {
      $set: {
        kind: batch.kind,
        campaign,
        ...(unit !== undefined && { unit }),
        status: batch.status,
        closed: batch.closed,
        revision: batch.revision,
        seq: batch.seq,
        digest,
        ...stateOf(batch),
        ...(batch.nextAt !== undefined && { nextAt: batch.nextAt }),
      },
      $unset: {
        ...(batch.nextAt === undefined && { nextAt: 1 }),
        ...Object.fromEntries(batch.gone.map((name) => [`state.${name}`, 1])),
      },
    },
    { upsert: true, session },
  );
  const facts = batch.facts.map((fact, i) => {
    const n = batch.firstFact + i;
    return { _id: `${batch.case}/${pad(n)}`, ...owner, n, carriedOutAt: batch.carriedOutAt, ...fact };
  });
  if (facts.length > 0) await store.timeline.collection.insertMany(facts as never, { session });

  const mails = batch.mails.map((mail) => ({ at: mail.at, type: 'mail', payload: mail }));
  const orders = batch.orders.map((order) => ({ at: order.at, type: order.type, payload: order }));
  const effects = [...mails, ...orders].map((effect, i) => ({
    _id: `${batch.case}/${pad(batch.firstEffect + i)}`,
    ...owner,
    ...effect,
    status: 'new',
    attempts: 0,
    notBefore: 0,
  }));
  if (effects.length > 0) await store.outbox.collection.insertMany(effects as never, { session });

  const clocks = batch.clocks.map((clock) => ({
    updateOne: {
      filter: { _id: `${batch.case}/${clock.code}` },
      update: { $set: { ...owner, ...clock } },
      upsert: true,
    },
  }));
  if (clocks.length > 0) await store.clocks.collection.bulkWrite(clocks as never, { session, ordered: false });
}

/** The whole state, or the fields of it that have changed. */
function stateOf(batch: Batch): object {
  if (batch.whole) return { state: batch.state };
  return Object.fromEntries(Object.entries(batch.state).map(([name, value]) => [`state.${name}`, value]));
}

/** Numbers in ids sort as text. */
function pad(n: number): string {
  return String(n).padStart(6, '0');
}

/** The instant it was carried out is not part of what was decided. */
export function digestOf({ carriedOutAt: _, ...batch }: Batch): string {
  return createHash('sha256').update(JSON.stringify(batch)).digest('hex');
}
