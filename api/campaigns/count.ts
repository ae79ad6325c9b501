import type { ObligationState } from '../../domain/unit-campaign/state';
import type { EffectDoc } from '../../store/documents';
import { isOverdue } from '../present/obligation';
import type { Services } from '../services';
import { type LoadedCampaign, unitCasesOf } from './load';

/** How a campaign stands, over the units its reader sees. */
export interface Counts {
  units: { roster: number; started: number; closed: number };
  receipts: { given: number; missing: number };
  unreachable: number;
  proposals: number;
  /** By code of the duty: how many in each status, and how many of them overdue. */
  duties: Map<string, { byStatus: Record<string, number>; overdue: number }>;
}

type Row = {
  unit: string;
  closed: boolean;
  state: { receipt?: object; obligations: Pick<ObligationState, 'code' | 'status' | 'dueAt' | 'proposals'>[] };
};

export async function countCampaign({ store }: Services, loaded: LoadedCampaign): Promise<Counts> {
  const now = await store.now();
  const ofRoster = { campaign: loaded.doc._id, ...(loaded.seen && { unit: { $in: loaded.seen } }) };
  const [roster, started, unreachable] = await Promise.all([
    store.roster.countDocuments(ofRoster),
    store.roster.countDocuments({ ...ofRoster, status: 'started' }),
    unitsUnreachable(store.outbox.find({ ...ofRoster, status: 'unreachable' }, { unit: 1 }).lean<EffectDoc[]>()),
  ]);
  const counts: Counts = {
    units: { roster, started, closed: 0 },
    receipts: { given: 0, missing: 0 },
    unreachable,
    proposals: 0,
    duties: new Map(),
  };
  const wanted = { code: 1, status: 1, dueAt: 1, proposals: 1 };
  const rows = store.cases
    .find(unitCasesOf(loaded), { unit: 1, closed: 1, 'state.receipt': 1, 'state.obligations': wanted })
    .lean<Row[]>()
    .cursor();
  for await (const row of rows) count(counts, row as unknown as Row, now);
  return counts;
}

function count(counts: Counts, { closed, state }: Row, now: number): void {
  if (closed) counts.units.closed += 1;
  counts.receipts[state.receipt ? 'given' : 'missing'] += 1;
  for (const one of state.obligations) {
    const duty = counts.duties.get(one.code) ?? { byStatus: {}, overdue: 0 };
    duty.byStatus[one.status] = (duty.byStatus[one.status] ?? 0) + 1;
    if (!closed && isOverdue(one, now)) duty.overdue += 1;
    counts.duties.set(one.code, duty);
    counts.proposals += one.proposals.filter(({ status }) => status === 'open').length;
  }
}

async function unitsUnreachable(rows: Promise<Pick<EffectDoc, 'unit'>[]>): Promise<number> {
  return new Set((await rows).map(({ unit }) => unit)).size;
}
