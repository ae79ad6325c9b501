import type { Request } from 'express';
import { Problem } from './problem';

/** An entity tag (RFC 9110, 8.8.3). */
const TAG = /^(?:W\/)?"([\x21\x23-\x7e]*)"$/;

/**
 * The tags of `If-Match`; nothing when it is absent or `*`, which any obligation there is satisfies. A tag that was
 * weakened on its way counts: proxies that compress put `W/` before tags, and ours names what is decided on, not bytes.
 * @throws Problem 400 for what is no list of tags: acting as though it had not been sent would be the worst reading.
 */
export function ifMatchOf(request: Request): { ifMatch?: string[] } {
  const header = request.headers['if-match']?.trim();
  if (header === undefined || header === '*') return {};
  // A comma may stand inside a tag, but never does in ours.
  const tags = header.split(',').map((one) => TAG.exec(one.trim())?.[1]);
  if (tags.includes(undefined)) throw new Problem(400, 'malformed-if-match');
  return { ifMatch: tags as string[] };
}
