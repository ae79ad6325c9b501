import { DateTime } from 'luxon';
import type { Data, Json } from '../../domain/case';
import type { Instant } from '../../domain/time';

/** For what belongs to no campaign, such as tokens. */
export const NO_ZONE = 'UTC';

/** An instant as people and programs both read it: ISO 8601 with the zone's offset. */
export function iso(at: Instant, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true }) as string;
}

/** What a fact or a refusal says, with its instants written out: by our habit they are called `at` or `…At`. */
export function presentData(data: Data, zone: string): Data {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, presentJson(name, value, zone)]));
}

function presentJson(name: string, value: Json | undefined, zone: string): Json | undefined {
  if (typeof value === 'number') return /^at$|At$/.test(name) ? iso(value, zone) : value;
  if (Array.isArray(value)) return value.map((one) => presentJson('', one, zone) as Json);
  return typeof value === 'object' && value !== null ? presentData(value, zone) : value;
}
