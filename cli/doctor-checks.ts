import type { EngineFacts } from '../engine/inspect';
import type { DatabaseFacts } from '../store/inspect';

/** One thing the doctor looked at. A warning can be lived with; what is wrong cannot. */
export interface Check {
  what: string;
  state: 'ok' | 'warning' | 'wrong';
  /** What was found, and where it is not ok what to do. */
  text: string;
}

const check = (what: string, state: Check['state'], text: string): Check => ({ what, state, text });

/** A campaign with its aftermath, with room: histories must outlive it to be looked at. */
const RETENTION_DAYS = 400;
const OLDEST_MONGO = 6;
/** Deadlines are minutes at their finest; beyond this an act near one may be dated wrongly. */
const SKEW_WARNING_MS = 1_000;
const SKEW_WRONG_MS = 10_000;
const DISK_WARNING = 0.8;
const DISK_WRONG = 0.95;

export function checkEngine(facts: EngineFacts, wanted: { namespace: string; taskQueue: string }): Check[] {
  const temporal = check('temporal', 'ok', `server ${facts.version}`);
  const { namespace } = facts;
  if (!namespace) {
    const todo = `there is none named ${wanted.namespace}: register it with a retention of ${RETENTION_DAYS} days`;
    return [temporal, check('namespace', 'wrong', todo)];
  }
  const { retentionDays: days, missingAttributes: missing, workers } = namespace;
  return [
    temporal,
    check('namespace', 'ok', wanted.namespace),
    days >= RETENTION_DAYS
      ? check('retention', 'ok', `${days} days`)
      : check('retention', 'warning', `${days} days; closed histories are wanted for ${RETENTION_DAYS}: raise it`),
    missing.length === 0
      ? check('search attributes', 'ok', 'all there')
      : check('search attributes', 'wrong', `add ${missing.join(', ')} (Keyword) to the namespace`),
    workers.length > 0
      ? check('workers', 'ok', `${workers.length} on task queue ${wanted.taskQueue}: ${workers.join(', ')}`)
      : check('workers', 'wrong', `nobody asks task queue ${wanted.taskQueue} for work: start one (npm run worker)`),
  ];
}

export function checkDatabase(facts: DatabaseFacts, wanted: { database: string; mode: string }): Check[] {
  const { version, replicaSet, primary, purpose, migrations, alarms } = facts;
  const [major] = version.split('.');
  return [
    Number(major) >= OLDEST_MONGO
      ? check('mongodb', 'ok', `server ${version}`)
      : check('mongodb', 'wrong', `server ${version}: ${OLDEST_MONGO}.0 or later is needed`),
    replicaSetOf(replicaSet, primary),
    purposeOf(purpose?.mode, wanted),
    migrationsIn(migrations),
    clockOf(facts.clock),
    ...(facts.disk ? [diskOf(facts.disk)] : []),
    alarms.length === 0
      ? check('alarms', 'ok', 'none')
      : check(
          'alarms',
          'wrong',
          `${alarms.map(({ code, count }) => `${count} × ${code}`).join(', ')}: what must not happen did; see collection alarms`,
        ),
  ];
}

function replicaSetOf(name: string | undefined, primary: boolean): Check {
  if (name === undefined) {
    return check('replica set', 'wrong', 'none: start mongod with --replSet and initiate it (one member is enough)');
  }
  return primary
    ? check('replica set', 'ok', name)
    : check('replica set', 'wrong', `${name} has no primary to write to`);
}

function purposeOf(mode: string | undefined, wanted: { database: string; mode: string }): Check {
  if (mode === undefined) return check('purpose', 'warning', `${wanted.database} is new: the first start sets it up`);
  if (mode === wanted.mode) return check('purpose', 'ok', `${wanted.database} is for mode ${mode}`);
  const todo = `${wanted.database} is for mode ${mode}, not ${wanted.mode}: set MONGODB_DATABASE or XIAOHAO_MODE`;
  return check('purpose', 'wrong', todo);
}

function migrationsIn({ pending, unknown }: DatabaseFacts['migrations']): Check {
  if (unknown.length > 0) {
    return check('migrations', 'warning', `${unknown.join(', ')} came with a newer release than this one`);
  }
  if (pending.length === 0) return check('migrations', 'ok', 'all applied');
  return check('migrations', 'warning', `${pending.join(', ')} not applied: the next start of a process does it`);
}

function clockOf({ aheadMs, withinMs }: DatabaseFacts['clock']): Check {
  const off = Math.max(0, Math.abs(aheadMs) - withinMs);
  const text = `${Math.round(Math.abs(aheadMs))} ms (± ${Math.round(withinMs)}) from the database’s`;
  if (off < SKEW_WARNING_MS) return check('clock', 'ok', text);
  return check('clock', off < SKEW_WRONG_MS ? 'warning' : 'wrong', `${text}: have both set by NTP`);
}

function diskOf({ used, total }: { used: number; total: number }): Check {
  const share = used / total;
  const text = `${Math.round(share * 100)} % used where the database is`;
  if (share < DISK_WARNING) return check('disk', 'ok', text);
  return check('disk', share < DISK_WRONG ? 'warning' : 'wrong', `${text}: make room`);
}
