import type { Data, Envelope, Message, Opening } from '../../domain/case';
import type { Answer } from '../../domain/case-runner';
import type { Instant } from '../../domain/time';
import { CaseNotOpen, CaseRefusal, OutcomeUnknown } from '../../engine/cases';
import type { JournalDoc } from '../../store/documents';
import { findEntry, openEntry, refuseEntry, settleEntry } from '../../store/journal';
import type { Store } from '../../store/store';
import { isStoreAway } from '../http/away';
import { Problem } from '../http/problem';
import type { Asked, Reply } from '../http/route';
import { type Decision, presentDecision } from '../present/decision';
import type { Services } from '../services';
import { sha256 } from './digest';
import { refusalProblem } from './refusals';

/** How long a request waits for the read model before it answers 202. */
const READ_MODEL_MS = 2_000;

/** What is to be done to a case. */
export interface Act<T> {
  case: string;
  /** Zone its instants are shown in; asked for once the case has decided. */
  zone(): Promise<string> | string;
  /** The message, or for a new case its opening; stores what it refers to. `id` names the act, `at` its receipt. */
  message?(act: { id: string; at: Instant }): Promise<Message> | Message;
  opening?(act: { id: string; at: Instant }): Promise<Opening>;
  /** Tags of what the sender looked at; the case refuses when none of them holds any more. */
  basis?: string[];
  /** What is shown beside the decision, once the read model shows it. */
  present(): Promise<T>;
}

type Acting = Pick<Asked<unknown, unknown, unknown>, 'who' | 'key' | 'fingerprint' | 'services' | 'about'>;

/** Names an act: the same sender with the same key means the same act. */
export function actId({ who, key }: Pick<Acting, 'who' | 'key'>): string {
  return sha256(`${who.id}\n${key}`);
}

/**
 * Does one thing to a case, once however often it is asked: journals it with the instant it was received, has the case
 * decide, waits until the read model shows the decision.
 * @returns 200 with the decision and what it led to, or 202 with the decision alone, which is durable all the same.
 * @throws Problem 422 when the key was used for something else; Refused when the case would not; OutcomeUnknown when
 *   nobody answered: the act stays in the journal and is seen through, by a repeated request or without one.
 */
export async function act<T extends object>(asked: Acting, what: Act<T>): Promise<Reply<{ decision: Decision } & T>> {
  const { services, who, key, fingerprint } = asked;
  const { store, metrics } = services;
  asked.about(what.case);
  const id = actId(asked);
  const known = await findEntry(store, id);
  const entry = sameRequest(known ?? (await journalOnce()), fingerprint);
  if (entry.reply) return entry.reply as Reply<{ decision: Decision } & T>;
  if (entry.status === 'refused') throw refusalOf(entry);
  const answer = entry.status === 'settled' ? (entry.answer as Answer) : await deliver(services, entry);
  const decision = presentDecision(answer, await what.zone());
  const reply = await shown();
  // The decision is in the engine's history; that the journal hears of it can wait for the sweeper.
  const settled = settleEntry(store, id, answer, reply).catch(() => metrics.acts.inc({ outcome: 'settled-later' }));
  if (reply) await settled;
  metrics.acts.inc({ outcome: reply ? 'shown' : 'accepted' });
  return reply ?? { status: 202, body: { decision } as { decision: Decision } & T };

  async function journalOnce(): Promise<JournalDoc> {
    try {
      return await journal();
    } catch (error) {
      // Sent twice at once: what this one came too late for may be what its twin did.
      const twin = await findEntry(store, id);
      if (twin) return twin;
      throw error;
    }
  }

  async function journal(): Promise<JournalDoc> {
    const at = await store.now();
    // Content first, then the journal: an act that is in the journal can be seen through by anybody.
    const opening = await what.opening?.({ id, at });
    const message = await what.message?.({ id, at });
    const { role, unit } = who;
    const by = { id: who.id, role, ...(unit !== undefined && { unit }) };
    const envelope: Envelope | undefined = message && { id, at, by, message, ...(what.basis && { basis: what.basis }) };
    const acted = { ...(envelope && { envelope }), ...(opening && { opening }) };
    const { entry } = await openEntry(store, {
      id,
      token: who.id,
      key,
      body: fingerprint,
      case: what.case,
      receivedAt: at,
      ...acted,
    });
    return entry;
  }

  async function shown(): Promise<{ status: number; body: { decision: Decision } & T } | undefined> {
    if (!(await services.revisions.reached(entry.case, answer.revision, READ_MODEL_MS))) return undefined;
    try {
      return { status: 200, body: { decision, ...(await what.present()) } };
    } catch (error) {
      if (isStoreAway(error)) return undefined;
      throw error;
    }
  }
}

/** @throws Problem when the key was used for another request. */
function sameRequest(entry: JournalDoc, fingerprint: string): JournalDoc {
  if (entry.body !== fingerprint) throw new Problem(422, 'idempotency-key-reused');
  return entry;
}

/** Has the case decide; a refusal is journalled, so that a repeated request hears the same. */
async function deliver({ cases, store, metrics }: Services, entry: JournalDoc): Promise<Answer> {
  try {
    if (entry.opening) return await cases.open(entry.opening);
    return await cases.deliver(entry.case, entry.envelope!);
  } catch (error) {
    if (error instanceof OutcomeUnknown) metrics.acts.inc({ outcome: 'unknown' });
    const refusal = await refusalIn(store, entry, error);
    if (!refusal) throw error instanceof CaseNotOpen ? new OutcomeUnknown('the case is gone', { cause: error }) : error;
    await refuseEntry(store, entry._id, refusal.code, refusal.data);
    metrics.acts.inc({ outcome: 'refused' });
    throw refusalProblem(refusal.code, refusal.data);
  }
}

async function refusalIn(store: Store, entry: JournalDoc, error: unknown): Promise<CaseRefusal | undefined> {
  if (error instanceof CaseRefusal) return error;
  const ended = error instanceof CaseNotOpen && (await store.cases.exists({ _id: entry.case, closed: true }));
  return ended ? new CaseRefusal('case-closed', {}) : undefined;
}

function refusalOf(entry: JournalDoc) {
  const { code, data } = entry.answer as { code: string; data: Data };
  return refusalProblem(code, data);
}
