import type { FactDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { afterOf, cut, pageOf } from '../http/cursor';
import { z } from '../http/z';
import { iso, presentData } from './time';

export const factSchema = z
  .object({
    n: z.int(),
    at: z.string().openapi({ description: 'When it happened, or was due.' }),
    carriedOutAt: z.string().openapi({ description: 'When it was carried out.' }),
    type: z.string(),
    by: z.object({ id: z.string(), role: z.string(), unit: z.string().optional() }),
    about: z.string().optional().openapi({ description: 'Code of the obligation.' }),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi('Fact');

export const timelinePage = pageOf(factSchema);

/** One page of what happened in a case, from the first to the latest. */
export async function timelineOf(
  store: Store,
  caseId: string,
  zone: string,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<z.output<typeof timelinePage>> {
  // Ids are the case's and the number in six digits, so they sort as the timeline does.
  const after = afterOf(cursor) ?? '';
  const found = await store.timeline
    .find({ _id: { $gt: `${caseId}/${after}`, $lt: `${caseId}/:` } })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<FactDoc[]>();
  const { rows, next } = cut(found, limit, (fact) => fact._id.slice(caseId.length + 1));
  return { items: rows.map((fact) => presentFact(fact, zone)), ...(next && { next }) };
}

/** One fact as its reader gets it, with its instants in the zone of the campaign. */
export function presentFact(fact: FactDoc, zone: string): z.output<typeof factSchema> {
  const { n, type, by, about, data } = fact;
  return {
    n,
    at: iso(fact.at, zone),
    carriedOutAt: iso(fact.carriedOutAt, zone),
    type,
    by,
    ...(about !== undefined && { about }),
    ...(data && { data: presentData(data, zone) }),
  };
}
