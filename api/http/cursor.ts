import { validated } from './validate';
import { z } from './z';

const MOST = 200;
const USUAL = 50;

/** Query of every list that comes in pages. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MOST).default(USUAL),
  cursor: z.string().max(400).optional().openapi({ description: '`next` of the page before.' }),
});

/** One page: the items, and the cursor of the next page while there is one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}

/** Where a page begins: after this key. @throws Problem 422 for what is not one of our cursors. */
export function afterOf(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString();
  const isOurs = key !== '' && Buffer.from(key).toString('base64url') === cursor;
  return validated(z.object({ cursor: z.literal(true, { error: 'input-cursor' }) }), { cursor: isOurs }) && key;
}

/**
 * Cuts one page off rows of which one more than asked for was read.
 * @param keyOf what the list is sorted by, unique
 */
export function cut<T>(rows: T[], limit: number, keyOf: (row: T) => string): { rows: T[]; next?: string } {
  if (rows.length <= limit) return { rows };
  const kept = rows.slice(0, limit);
  return { rows: kept, next: Buffer.from(keyOf(kept.at(-1)!)).toString('base64url') };
}
