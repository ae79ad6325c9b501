import type { CaseState } from '../../domain/case';
import { kindOf, rulesOf } from '../../domain/kinds';
import { CaseNotOpen } from '../../engine/cases';
import type { CaseDoc, ClockDoc, EffectDoc, FactDoc } from '../../store/documents';
import { resendOf } from '../../store/redrive';
import { Problem } from '../http/problem';
import { iso, NO_ZONE, presentData } from '../present/time';
import type { Services } from '../services';

const LATEST_FACTS = 50;

/**
 * A case by its process id or the id the API has for it.
 * @throws Problem 404 where neither read model nor engine has it.
 */
export async function caseFor(services: Services, id: string): Promise<{ id: string; doc: CaseDoc | undefined }> {
  const named = id.includes('/') ? [id] : [`unit-campaign/${id}`, `campaign/${id}`];
  const doc = await services.store.cases.findOne({ _id: { $in: named } }).lean<CaseDoc>();
  if (doc) return { id: doc._id, doc };
  for (const one of named)
    if (typeof (await services.cases.sight(one)) !== 'string') return { id: one, doc: undefined };
  throw new Problem(404, 'not-found');
}

/** One case as an operator needs it: what it is, what comes next, what it waits for, what happened. */
export async function caseView(services: Services, asked: string) {
  const { store, cases, plans, config } = services;
  const { id, doc } = await caseFor(services, asked);
  const [sight, clocks, waiting, facts] = await Promise.all([
    cases.sight(id),
    store.clocks.find({ case: id, status: 'open' }).sort({ due: 1 }).lean<ClockDoc[]>(),
    store.outbox
      .find({ case: id, status: { $in: ['new', 'dead'] } })
      .sort({ _id: 1 })
      .lean<EffectDoc[]>(),
    store.timeline.find({ case: id }).sort({ _id: -1 }).limit(LATEST_FACTS).lean<FactDoc[]>(),
  ]);
  // The engine's own where it answers: the read model may be what is wrong.
  const state = typeof sight === 'string' ? (doc?.state as CaseState | undefined) : sight.state;
  const zone = (doc && (await plans.find(doc.campaign))?.plan.zone) ?? NO_ZONE;
  const rules = rulesOf(kindOf(id));
  const next = state && !state.closed ? rules.next(state) : undefined;
  const { TEMPORAL_UI_URL: ui, namespace } = config;
  return {
    case: id,
    ...(doc && { campaign: doc.campaign, ...(doc.unit !== undefined && { unit: doc.unit }) }),
    status: state?.status ?? 'unknown',
    closed: state?.closed ?? false,
    summary: state ? rules.describe(state).split('\n') : [],
    revision: {
      ...(doc && { shown: doc.revision }),
      ...(typeof sight !== 'string' && { decided: sight.revision, recorded: sight.recorded }),
    },
    engine: typeof sight === 'string' ? sight : ('answers' as const),
    ...(next && { next: { type: next.type, at: iso(next.at, zone), ...(next.about && { about: next.about }) } }),
    clocks: clocks.map(({ code, due, basis }) => ({ code, due: iso(due, zone), basis })),
    waiting: waiting.map(({ _id, type, status, attempts, lastError }) => ({
      id: _id,
      type,
      status,
      attempts,
      ...(lastError !== undefined && { lastError }),
    })),
    timeline: facts.reverse().map(({ n, at, type, by, about, data }) => ({
      n,
      at: iso(at, zone),
      type,
      by: { id: by.id, role: by.role },
      ...(about !== undefined && { about }),
      ...(data && { data: presentData(data, zone) }),
    })),
    ...(ui !== undefined &&
      namespace !== undefined && {
        history: `${ui.replace(/\/$/, '')}/namespaces/${namespace}/workflows/${encodeURIComponent(id)}`,
      }),
  };
}

/** Has a case go on with a fresh run, which writes down what is not, and everything it sent tried again. */
export async function redrive(services: Services, asked: string) {
  const { id } = await caseFor(services, asked);
  const refreshed = await services.cases.refresh(id).then(
    () => true,
    (error) => {
      // One that has ended may still have something on its way.
      if (error instanceof CaseNotOpen) return false;
      throw error;
    },
  );
  return { case: id, refreshed, resent: await resendOf(services.store, id) };
}
