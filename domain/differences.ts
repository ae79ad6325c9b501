import type { Instant } from './time';

/** One case as it is seen from all sides. */
export interface CaseSeen {
  id: string;
  /** What the read model shows; absent where it has no such case. */
  shown?: { revision: number; closed: boolean; nextAt?: Instant };
  /** What the engine says: its decisions, and how many of them it has had written down. */
  engine: { revision: number; recorded: number; closed: boolean } | 'absent' | 'silent';
  /** Now on the clock of its campaign. */
  now: Instant;
}

/** What cannot be so for long while all is well. */
export type DifferenceKind =
  /** The engine has decided what is not written down yet. */
  | 'not-recorded'
  /** The engine has had it written down, but the read model does not show it: a database put back to an older state. */
  | 'projection-behind'
  /** The read model shows what the engine has not decided. */
  | 'projection-ahead'
  /** The engine has the case, the read model has not. */
  | 'projection-missing'
  /** The read model shows an open case, or the roster a started one, and the engine has none. */
  | 'case-missing'
  /** No worker answers for it. */
  | 'case-silent'
  /** What was to happen by itself is long due. */
  | 'step-late'
  /** A line of the roster that nobody starts. */
  | 'start-late'
  /** A row of the outbox, a letter, or a request whose turn is long past. */
  | 'outbox-late'
  | 'mail-late'
  | 'journal-late';

export interface Difference {
  kind: DifferenceKind;
  case: string;
  /** Row of the roster, outbox, mails or journal. */
  row?: string;
  /** Numbers that differ, or for how long. */
  data?: Record<string, number>;
}

/** Steps of many cases fall due at one instant, and a rehearsal's clock moves before its cases do. */
export const LONG_MS = 5 * 60_000;

/** What is not as it should be with one case. */
export function differencesOf({ id, shown, engine, now }: CaseSeen): Difference[] {
  if (engine === 'silent') return [{ kind: 'case-silent', case: id }];
  if (engine === 'absent') return shown?.closed ? [] : [{ kind: 'case-missing', case: id }];
  const { revision, recorded } = engine;
  if (!shown) return [{ kind: 'projection-missing', case: id, data: { engine: revision } }];
  const found: Difference[] = [];
  if (recorded < revision) found.push({ kind: 'not-recorded', case: id, data: { engine: revision, recorded } });
  const data = { engine: revision, shown: shown.revision };
  if (shown.revision < recorded) found.push({ kind: 'projection-behind', case: id, data });
  if (shown.revision > revision) found.push({ kind: 'projection-ahead', case: id, data });
  if (!shown.closed && shown.nextAt !== undefined && shown.nextAt < now - LONG_MS) {
    found.push({ kind: 'step-late', case: id, data: { lateMs: now - shown.nextAt } });
  }
  return found;
}
