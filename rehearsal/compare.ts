import type { Fact } from '../domain/case';
import type { Timelines } from './rehearsal';

/** Enough to find the mistake by; a wrong clock is wrong two thousand times. */
const MOST = 100;

/**
 * Two runs, event by event.
 * @returns one line for each difference, with the case, the number of the event and both events; the first hundred,
 *   and how many more there are. Empty when they agree.
 */
export function differences(a: Timelines, b: Timelines): string[] {
  const found = [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .sort()
    .flatMap((id) => differencesOf(id, a[id] ?? [], b[id] ?? []));
  return found.length <= MOST ? found : [...found.slice(0, MOST), `… and ${found.length - MOST} more`];
}

function differencesOf(id: string, a: Fact[], b: Fact[]): string[] {
  const events = Array.from({ length: Math.max(a.length, b.length) }, (_, index) => index);
  return events
    .filter((index) => written(a[index]) !== written(b[index]))
    .map((index) => `${id} event ${index + 1}: ${written(a[index])} ≠ ${written(b[index])}`);
}

/** As it survives a process history: without what is undefined, and whatever order a database gives the fields. */
function written(fact: Fact | undefined): string {
  if (!fact) return 'nothing';
  const { at, type, by, about, data } = fact;
  return `${new Date(at).toISOString()} ${JSON.stringify(sorted({ type, by, about, data }))}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
