import type { CaseDoc, FactDoc, MailDoc } from '../../store/documents';
import { until } from './engine';
import type { House } from './house';

/** Waits until all that was decided is written down and has had its effects, so far as they are due. */
export async function settled({ store }: House, ms: number): Promise<void> {
  await until(
    'everything is settled',
    async () => {
      const open = [
        store.outbox.countDocuments({ status: 'new' }),
        store.outbox.countDocuments({ status: 'planned', plannedAt: { $lte: await store.now() } }),
        store.mails.countDocuments({ status: 'queued' }),
        store.journal.countDocuments({ status: 'open' }),
        store.roster.countDocuments({ status: { $ne: 'started' } }),
      ];
      return (await Promise.all(open)).every((count) => count === 0);
    },
    ms,
  );
}

/** Nothing has happened that must not, and what the cases know the read model shows. */
export async function expectConsistent({ store, cases }: House): Promise<void> {
  expect(await store.alarms.find().lean()).toEqual([]);
  expect(await store.outbox.find({ status: { $in: ['new', 'dead'] } }).lean()).toEqual([]);
  const entries = await store.journal.find({}, { status: 1 }).lean();
  expect(entries.filter(({ status }) => status !== 'settled' && status !== 'refused')).toEqual([]);
  const docs = await store.cases.find({}).sort({ _id: 1 }).lean<CaseDoc[]>();
  const inEngine: [string, number, number][] = [];
  for (const { _id } of docs) {
    const { revision, recorded } = await cases.look(_id);
    inEngine.push([_id, revision, recorded]);
  }
  expect(docs.map(({ _id, revision }) => [_id, revision, revision])).toEqual(inEngine);
  for (const { _id } of docs)
    await expectInOrder(await store.timeline.find({ case: _id }).sort({ n: 1 }).lean<FactDoc[]>());
}

/** A timeline without a gap on which nothing comes before what it followed from. */
export function expectInOrder(facts: FactDoc[]): void {
  expect(facts.map(({ n }) => n)).toEqual(facts.map((_, i) => i + 1));
  const instants = facts.map(({ at }) => at);
  expect(instants).toEqual([...instants].sort((a, b) => a - b));
}

/**
 * Every letter arrived, under the one Message-ID it has, and no reason is in two of them.
 * @param arrived the Message-IDs the mail server has; one it has twice is a letter whose receipt was lost.
 * @returns how many came more than once.
 */
export async function expectMailedOnce({ store }: House, arrived: string[]): Promise<number> {
  const letters = await store.mails.find({ status: 'sent' }).lean<MailDoc[]>();
  expect([...new Set(arrived)].sort()).toEqual(letters.map(({ messageId }) => messageId).sort());
  const reasons = (await store.mails.find({}).lean<MailDoc[]>()).flatMap((letter) => letter.reasons);
  expect(new Set(reasons).size).toBe(reasons.length);
  const mailed = await store.outbox.find({ status: 'mailed' }, { _id: 1 }).lean<{ _id: string }[]>();
  expect(reasons.sort()).toEqual(mailed.map(({ _id }) => _id).sort());
  return arrived.length - letters.length;
}
