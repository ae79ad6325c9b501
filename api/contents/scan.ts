import type { Data } from '../../domain/case';
import { Problem } from '../http/problem';

/** First bytes of what scanners and telephones make. */
const TYPES: [type: string, start: string][] = [
  ['application/pdf', '25504446'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e47'],
];

/**
 * A scan as it is stored: its type by its own bytes, whatever the sender calls it.
 * @throws Problem 422 for what is neither PDF, JPEG nor PNG.
 */
export function scanContent(base64: string): Data {
  const start = Buffer.from(base64.slice(0, 16), 'base64').toString('hex');
  const type = TYPES.find(([, bytes]) => start.startsWith(bytes))?.[0];
  if (type === undefined) throw new Problem(422, 'scan-unreadable');
  return { type, scan: base64 };
}
