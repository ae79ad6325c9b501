import { setTimeout as pause } from 'node:timers/promises';
import { type CaseSeen, type Difference, differencesOf, LONG_MS } from '../domain/differences';
import { unitCampaignId } from '../domain/kinds';
import type { Cases } from '../engine/cases';
import type { CaseDoc, MemberDoc } from '../store/documents';
import type { Store } from '../store/store';

/** Cases the engine is asked about at the same time. */
const AT_ONCE = 20;
/** A batch is on its way for so long while all is well. */
const SETTLE_MS = 1_500;

/** Every difference between engine, read model and what waits to leave, for open cases. Changes nothing. */
export async function survey(store: Store, cases: Cases): Promise<Difference[]> {
  const now = await store.now();
  const ids = await openCases(store);
  const suspects = (await each(ids, (id) => compare(store, cases, id, now))).flat();
  if (suspects.length > 0) await pause(SETTLE_MS);
  // What was on its way has arrived by now; what is still different is so.
  const again = [...new Set(suspects.map((one) => one.case))];
  const ofCases = (await each(again, (id) => compare(store, cases, id, now))).flat();
  return [...ofCases, ...(await ofRows(store, now))];
}

/** Open in the read model, or not in it though the roster or a launch says they were started. */
async function openCases(store: Store): Promise<string[]> {
  const shown = await store.cases.find({}, { closed: 1 }).lean<Pick<CaseDoc, '_id' | 'closed'>[]>();
  const known = new Set(shown.map(({ _id }) => _id));
  const campaigns = await store.campaigns.find({}, { _id: 1 }).lean<{ _id: string }[]>();
  const started = await store.roster
    .find({ status: 'started' }, { campaign: 1, unit: 1 })
    .lean<Pick<MemberDoc, 'campaign' | 'unit'>[]>();
  const expected = [
    ...campaigns.map(({ _id }) => _id),
    ...started.map((one) => unitCampaignId(one.campaign, one.unit)),
  ];
  const open = shown.filter(({ closed }) => !closed).map(({ _id }) => _id);
  return [...open, ...expected.filter((id) => !known.has(id))].sort();
}

async function compare(store: Store, cases: Cases, id: string, now: number): Promise<Difference[]> {
  const sight = await cases.sight(id);
  // Read after the engine: what is written meanwhile must not look as if it were ahead of it by a lot.
  const shown = await store.cases.findById(id, { revision: 1, closed: 1, nextAt: 1 }).lean<CaseSeen['shown']>();
  const engine = typeof sight === 'string' ? sight : { ...sight, closed: sight.state.closed };
  return differencesOf({ id, engine, now, ...(shown && { shown }) });
}

/** Rows whose turn is long past. A row that fails and is tried again is among them: somebody should know. */
async function ofRows(store: Store, now: number): Promise<Difference[]> {
  const long = now - LONG_MS;
  const [orders, planned, mails, requests, members] = await Promise.all([
    store.outbox.find({ status: 'new', at: { $lt: long } }, { case: 1, at: 1 }).lean<Row[]>(),
    store.outbox.find({ status: 'planned', plannedAt: { $lt: long } }, { case: 1, at: 1 }).lean<Row[]>(),
    store.mails.find({ status: 'queued', at: { $lt: long } }, { campaign: 1, at: 1 }).lean<Row[]>(),
    store.journal.find({ status: 'open', receivedAt: { $lt: long } }, { case: 1, receivedAt: 1 }).lean<Row[]>(),
    store.roster
      .find({ status: { $ne: 'started' }, joinedAt: { $lt: long } }, { campaign: 1, unit: 1, joinedAt: 1 })
      .lean<MemberDoc[]>(),
  ]);
  const late = (kind: Difference['kind']) => (row: Row) => ({
    kind,
    case: row.case ?? row.campaign ?? '',
    row: row._id,
    data: { lateMs: now - (row.at ?? row.receivedAt ?? now) },
  });
  return [
    ...members.map(({ _id, campaign, unit, joinedAt }) => ({
      kind: 'start-late' as const,
      case: unitCampaignId(campaign, unit),
      row: _id,
      data: { lateMs: now - joinedAt },
    })),
    ...[...orders, ...planned].map(late('outbox-late')),
    ...mails.map(late('mail-late')),
    ...requests.map(late('journal-late')),
  ];
}

interface Row {
  _id: string;
  case?: string;
  campaign?: string;
  at?: number;
  receivedAt?: number;
}

async function each<T, R>(all: T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let i = 0; i < all.length; i += AT_ONCE) {
    done.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(work))));
  }
  return done;
}
