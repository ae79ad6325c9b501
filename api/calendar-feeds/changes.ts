import { type CalendarEntry, UNSEEN_FACTS } from '../../domain/calendar-entries';
import type { Instant } from '../../domain/time';
import type { CampaignDoc } from '../../store/documents';
import type { Store } from '../../store/store';

interface Changed {
  at: Instant;
  count: number;
}

/**
 * When each entry last changed and how often it has, by the facts of its case: those about its duty, and those about
 * the case as a whole. Both only grow, so what is written down later is always the newer.
 */
export async function changesOf(
  store: Store,
  entries: CalendarEntry[],
  campaigns: Map<string, CampaignDoc>,
): Promise<(entry: CalendarEntry) => Changed> {
  const cases = [...new Set(entries.map((entry) => entry.case))];
  const found = cases.length === 0 ? [] : await countFacts(store, cases);
  const known = new Map(found.map(({ _id, at, count }) => [keyOf(_id.case, _id.duty), { at, count }]));
  return (entry) => {
    const launched = { at: campaigns.get(entry.campaign)?.launchedAt ?? 0, count: 0 };
    const parts = [launched, known.get(keyOf(entry.case)), known.get(keyOf(entry.case, entry.duty))];
    const own = entry.duty === undefined ? parts.slice(0, 2) : parts;
    return own.reduce<Changed>(
      (sum, part) => (part ? { at: Math.max(sum.at, part.at), count: sum.count + part.count } : sum),
      launched,
    );
  };
}

type Row = { _id: { case: string; duty?: string | null }; at: Instant; count: number };

function countFacts(store: Store, cases: string[]): Promise<Row[]> {
  return store.timeline.aggregate<Row>([
    // By ranges of ids, which are indexed; the name of the case as such is not.
    { $match: { $or: cases.map((id) => ({ _id: { $gt: `${id}/`, $lt: `${id}/:` } })), type: { $nin: UNSEEN_FACTS } } },
    // The campaign's own facts name a duty among their data.
    {
      $group: {
        _id: { case: '$case', duty: { $ifNull: ['$about', '$data.duty'] } },
        at: { $max: '$at' },
        count: { $sum: 1 },
      },
    },
  ]);
}

function keyOf(caseId: string, duty?: string | null): string {
  return `${caseId} ${duty ?? ''}`;
}
