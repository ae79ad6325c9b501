import { differencesOf, LONG_MS } from '../../domain/differences';
import type { AlarmDoc, CaseDoc, ClockDoc, EffectDoc } from '../../store/documents';
import { GONE_AFTER_MS, processesOf } from '../../store/processes';
import { zoneOf } from '../mails/present';
import { iso, NO_ZONE } from '../present/time';
import type { Services } from '../services';

/** Open cases the engine is asked about for the lag of the read model. */
const SAMPLE = 20;
const MOST = 50;
const DAY_MS = 86_400_000;
/** A batch is on its way for so long while all is well. */
const SETTLE_MS = 1_000;

/** Everything whoever runs the service wants to know first; ids only, no names. */
export async function statusOf(services: Services) {
  const { store, engine } = services;
  const now = await store.now();
  const [workers, processes, outbox, queued, journal, dead, stuck, clocks, alarms, lag] = await Promise.all([
    engine.workers().catch(() => undefined),
    processesOf(store),
    outboxOf(services),
    store.mails.findOne({ status: 'queued' }, { at: 1 }).sort({ at: 1 }).lean<{ at: number }>(),
    store.journal.findOne({ status: 'open' }, { receivedAt: 1 }).sort({ receivedAt: 1 }).lean<{ receivedAt: number }>(),
    deadOf(services),
    store.cases
      .find({ closed: false, nextAt: { $lt: now - LONG_MS } }, { campaign: 1, nextAt: 1 })
      .sort({ nextAt: 1 })
      .limit(MOST)
      .lean<Pick<CaseDoc, '_id' | 'campaign' | 'nextAt'>[]>(),
    store.clocks
      .find({ status: 'open', due: { $lt: now + DAY_MS } })
      .sort({ due: 1 })
      .limit(MOST)
      .lean<ClockDoc[]>(),
    store.alarms.find({}).sort({ at: -1 }).limit(MOST).lean<AlarmDoc[]>(),
    lagOf(services, now),
  ]);
  const zone = await zoneOf(services, [...stuck, ...clocks]);
  const seconds = (since: number, until = now) => Math.max(0, Math.round((until - since) / 1000));
  return {
    now: iso(now, NO_ZONE),
    ...(store.rehearsal !== undefined && { rehearsal: store.rehearsal }),
    engine: { answers: workers !== undefined, workers: workers ?? 0 },
    processes: processes.map(({ name, host, pid, build, startedAt, seenAt }) => ({
      name,
      host,
      pid,
      ...(build !== undefined && { build }),
      startedAt: iso(startedAt, NO_ZONE),
      seenAt: iso(seenAt, NO_ZONE),
      alive: seenAt > Date.now() - GONE_AFTER_MS,
    })),
    outbox: outbox.map(({ type, waiting, oldest }) => ({ type, waiting, oldestSeconds: seconds(oldest) })),
    ...(queued && { oldestLetterSeconds: seconds(queued.at) }),
    ...(journal && { oldestRequestSeconds: seconds(journal.receivedAt, Date.now()) }),
    deadLetters: dead,
    readModel: lag,
    stuck: stuck.map(({ _id, campaign, nextAt }) => ({
      case: _id,
      nextAt: iso(nextAt!, zone(campaign)),
      lateSeconds: seconds(nextAt!),
    })),
    clocksAtRisk: clocks.map(({ case: id, campaign, code, due }) => ({
      case: id,
      code,
      due: iso(due, zone(campaign)),
    })),
    alarms: alarms.map(({ _id, at, code }) => ({ id: _id, at: iso(at, NO_ZONE), code })),
  };
}

/** Rows nobody has carried out, by type. */
async function outboxOf({ store }: Services): Promise<{ type: EffectDoc['type']; waiting: number; oldest: number }[]> {
  const groups = await store.outbox.aggregate<{ _id: EffectDoc['type']; waiting: number; oldest: number }>([
    { $match: { status: 'new' } },
    { $group: { _id: '$type', waiting: { $sum: 1 }, oldest: { $min: '$at' } } },
    { $sort: { _id: 1 } },
  ]);
  return groups.map(({ _id: type, waiting, oldest }) => ({ type, waiting, oldest }));
}

async function deadOf({ store }: Services): Promise<{ mails: number; orders: number; unreachable: number }> {
  const [mails, orders, unreachable] = await Promise.all([
    store.mails.countDocuments({ status: 'dead' }),
    store.outbox.countDocuments({ status: 'dead' }),
    store.outbox.countDocuments({ status: 'unreachable' }),
  ]);
  return { mails, orders, unreachable };
}

/** Of a few open cases taken at random, those whose decisions the read model does not show. */
async function lagOf({ store, cases }: Services, now: number) {
  const sample = await store.cases.aggregate<{ _id: string }>([
    { $match: { closed: false } },
    { $sample: { size: SAMPLE } },
    { $project: { _id: 1 } },
  ]);
  const behind: { case: string; decided: number; shown: number }[] = [];
  let unanswered = 0;
  const ask = async (id: string, patient: boolean): Promise<void> => {
    const sight = await cases.sight(id);
    const doc = await store.cases.findById(id, { revision: 1, closed: 1 }).lean<Pick<CaseDoc, 'revision' | 'closed'>>();
    if (typeof sight === 'string') unanswered += 1;
    const engine = typeof sight === 'string' ? sight : { ...sight, closed: sight.state.closed };
    const late = differencesOf({ id, engine, now, ...(doc && { shown: doc }) });
    if (!late.some(({ kind }) => kind === 'not-recorded' || kind === 'projection-behind')) return;
    if (patient) {
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      await ask(id, false);
    } else if (typeof engine !== 'string') {
      behind.push({ case: id, decided: engine.revision, shown: doc?.revision ?? 0 });
    }
  };
  await Promise.all(sample.map(({ _id }) => ask(_id, true)));
  return { sampled: sample.length, unanswered, behind };
}
