import { createHash } from 'node:crypto';
import type { ClientSession } from 'mongoose';
import { rulesOf } from '../../domain/kinds';
import { isOptional } from '../../domain/mail-duties';
import { calendarOf } from '../../domain/plan-dates';
import { recipientOf, sendingTime } from '../../domain/post';
import { dateOf, type Instant } from '../../domain/time';
import type { CaseDoc, EffectDoc, MailDoc, MailRow, PostDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import type { Store } from '../../store/store';
import { directoryOf } from './directory';
import { LEASE_MS, pauseAfter } from './lease';

const AT_ONCE = 200;

/**
 * Gives every new reason to write its person and its time. A reason for somebody without a usable address is put
 * on the administrator's list, never passed over. @returns whether there was anything.
 */
export async function planReasons(store: Store): Promise<boolean> {
  const rows = await store.outbox
    .find({ status: 'new', type: 'mail', notBefore: { $lte: Date.now() } })
    .sort({ at: 1, _id: 1 })
    .limit(AT_ONCE)
    .lean<MailRow[]>();
  for (const campaign of new Set(rows.map((row) => row.campaign))) {
    const ofCampaign = rows.filter((row) => row.campaign === campaign);
    const source = await store.plans.find(campaign);
    if (!source) {
      await setAside(store, ofCampaign, 'CampaignMissing');
      continue;
    }
    const directory = await directoryOf(store, source, ofCampaign);
    const calendar = calendarOf(source.plan);
    for (const row of ofCampaign) {
      const recipient = recipientOf(row.payload.to, directory);
      if (!recipient) {
        await store.outbox.updateOne({ _id: row._id, status: 'new' }, { $set: { status: 'unreachable' } });
        continue;
      }
      const person = personOf(recipient.email);
      const post = await store.post.findById(person).lean<PostDoc>();
      // One whose letter came back goes on from then, not from a morning that is long past.
      const reason = { ...row.payload, at: Math.max(row.payload.at, row.handedBackAt ?? 0) };
      const plannedAt = sendingTime(reason, post?.lastDigest, calendar, source.plan.post);
      await store.outbox.updateOne({ _id: row._id, status: 'new' }, { $set: { status: 'planned', person, plannedAt } });
    }
  }
  return rows.length > 0;
}

/**
 * Puts what is due for each person into one letter: every reason whose time has come, but for those that no
 * longer hold, which are withdrawn. @param now the campaign's now. @returns whether anything was due.
 */
export async function gatherLetters(store: Store, now: Instant): Promise<boolean> {
  const due = await store.outbox
    .find({ status: 'planned', plannedAt: { $lte: now } }, { person: 1, campaign: 1 })
    .sort({ plannedAt: 1 })
    .limit(AT_ONCE)
    .lean<Pick<MailRow, 'person' | 'campaign'>[]>();
  const letters = new Map(due.map((row) => [`${row.campaign} ${row.person}`, row]));
  for (const { person, campaign } of letters.values()) await gatherLetter(store, person!, now, campaign);
  return due.length > 0;
}

async function gatherLetter(store: Store, person: string, at: Instant, campaign: string): Promise<void> {
  const source = await store.plans.find(campaign);
  if (!source) return;
  await store.transaction(async (session) => {
    const rows = await store.outbox
      .find({ person, status: 'planned', plannedAt: { $lte: at }, campaign })
      .sort({ at: 1, _id: 1 })
      .session(session)
      .lean<MailRow[]>();
    if (rows.length === 0) return;
    const states = await store.cases
      .find({ _id: { $in: rows.map((row) => row.case) } }, { kind: 1, state: 1 })
      .session(session)
      .lean<Pick<CaseDoc, '_id' | 'kind' | 'state'>[]>();
    const holds = (row: MailRow) => {
      const one = states.find((state) => state._id === row.case);
      return one !== undefined && rulesOf(one.kind).holds(one.state, row.payload);
    };
    const holding = rows.filter(holds);
    const preferences = await store.post.findById(person).session(session).lean<PostDoc>();
    const unwanted =
      preferences?.unsubscribedAt === undefined ? [] : holding.filter((row) => isOptional(row.payload.kind));
    const standing = holding.filter((row) => !unwanted.includes(row));
    await withdraw(
      store,
      rows.filter((row) => !holding.includes(row)),
      'no-longer-holds',
      at,
      session,
    );
    await withdraw(store, unwanted, 'unsubscribed', at, session);
    const letterOf = (what: string, kinds: string[]) => ({
      // The letter's id follows from person and time, so two dispatchers at once meet on the same document.
      _id: createHash('sha256').update(`${campaign} ${person} ${at}${what}`).digest('hex').slice(0, 32),
      ...{ campaign, person, at, kinds, attempts: 0, notBefore: 0 },
    });
    if (unwanted.length > 0) {
      const entry = letterOf(
        ' unwanted',
        unwanted.map((row) => row.payload.kind),
      );
      const never = { status: 'withdrawn' as const, why: 'unsubscribed' as const, reasons: [] };
      await store.mails.insertMany([{ ...entry, ...never, messageId: messageIdOf(entry._id) }], { session });
    }
    if (standing.length === 0) return;
    const written = letterOf(
      '',
      standing.map((row) => row.payload.kind),
    );
    const { _id } = written;
    const letter: MailDoc = {
      ...written,
      reasons: standing.map((row) => row._id),
      status: 'queued',
      messageId: messageIdOf(_id),
    };
    await store.mails.insertMany([letter], { session });
    await store.outbox.updateMany(
      { _id: { $in: letter.reasons } },
      { $set: { status: 'mailed', mail: _id, settledAt: at } },
      { session },
    );
    const lastDigest = dateOf(at, source.plan.zone);
    await store.post.updateOne({ _id: person }, { $set: { lastDigest } }, { upsert: true, session });
  });
}

/** Settles reasons that go into no letter. */
async function withdraw(
  store: Store,
  rows: MailRow[],
  why: NonNullable<EffectDoc['why']>,
  at: Instant,
  session: ClientSession,
): Promise<void> {
  if (rows.length === 0) return;
  const change = { $set: { status: 'withdrawn' as const, why, settledAt: at } };
  await store.outbox.updateMany({ _id: { $in: rows.map((row) => row._id) } }, change, { session });
}

function messageIdOf(letter: string): string {
  return `<${letter}@xiaohao>`;
}

async function setAside(store: Store, rows: MailRow[], lastError: string): Promise<void> {
  for (const row of rows) {
    const notBefore = Date.now() + Math.max(LEASE_MS, pauseAfter(row.attempts + 1));
    await store.outbox.updateOne({ _id: row._id }, { $set: { notBefore, lastError }, $inc: { attempts: 1 } });
  }
}
