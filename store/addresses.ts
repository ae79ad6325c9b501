import type { ClientSession } from 'mongoose';
import { type Verdict, verdictOf } from '../domain/bounce';
import type { AddressDoc, MailDoc } from './documents';
import { personOf } from './person';
import type { Store } from './store';

/** What somebody says became of a letter. */
export interface DeliveryReport {
  /** `Message-ID` of the letter, with or without its angle brackets. */
  messageId?: string;
  /** The address it was for; may be another than ours where mail is forwarded. */
  recipient?: string;
  /** RFC 3463, e.g. `5.1.1`, or a reply code. */
  status: string;
  source: AddressDoc['source'];
}

/** What a report changed: nothing where neither letter nor address is ours to know. */
export interface Taken {
  verdict: Verdict;
  person?: string;
  mail?: string;
}

/** Takes a report. One that names a letter of ours is about whom that was sent to. Taking it again changes nothing. */
export async function takeReport(store: Store, report: DeliveryReport): Promise<Taken> {
  const verdict = verdictOf(report.status);
  const mail = report.messageId === undefined ? null : await mailOf(store, report.messageId);
  // Anybody can write to the mailbox: there only a letter's own id, which only its recipient knows, counts.
  const named = report.source === 'mailbox' ? undefined : report.recipient;
  const person = mail?.person ?? (named && personOf(named));
  if (person === undefined) return { verdict };
  const fresh = mail?.status !== 'bounced';
  const about = { person, code: report.status, source: report.source };
  if (verdict === 'bad' && fresh) await markBad(store, { ...about, ...(mail && { mail }) });
  if (verdict === 'good') await mark(store, { ...about, status: 'good' });
  if (verdict === 'refused' && mail) {
    // It is the letter's own fault: an administrator looks at it among the dead letters.
    const dead = { $set: { status: 'dead' as const, lastError: `returned ${report.status}` } };
    await store.mails.updateOne({ _id: mail._id, status: 'sent' }, dead);
  }
  return { verdict, person, ...(mail && { mail: mail._id }) };
}

/** Nobody is behind an address: what was on its way to it looks for somebody else. */
export async function markBad(
  store: Store,
  { mail, ...about }: { person: string; code: string; source: AddressDoc['source']; mail?: MailDoc },
): Promise<void> {
  await mark(store, { ...about, status: 'bad' });
  const at = await store.now();
  await store.outbox.updateMany(
    { person: about.person, type: 'mail', status: 'planned' },
    { $set: { status: 'new', handedBackAt: at }, $unset: { person: 1, plannedAt: 1 } },
  );
  if (mail) await handBack(store, mail, about.code);
}

/** Takes the reasons out of a letter that did not arrive. */
export async function handBack(store: Store, mail: MailDoc, code: string): Promise<void> {
  const at = await store.now();
  await store.transaction(async (session: ClientSession) => {
    const bounced = {
      status: 'bounced' as const,
      lastError: `returned ${code}`,
      reasons: [],
      handedBack: mail.reasons,
    };
    const open = { _id: mail._id, status: { $in: ['queued' as const, 'sent' as const] } };
    const changed = await store.mails.updateOne(open, { $set: bounced }, { session });
    if (changed.modifiedCount === 0) return;
    await store.outbox.updateMany(
      { _id: { $in: mail.reasons }, status: 'mailed', mail: mail._id },
      { $set: { status: 'new', handedBackAt: at, notBefore: 0 }, $unset: { person: 1, plannedAt: 1, mail: 1 } },
      { session },
    );
  });
}

async function mark(store: Store, { person, ...said }: { person: string } & Omit<AddressDoc, '_id' | 'at'>) {
  await store.addresses.updateOne({ _id: person }, { $set: { ...said, at: await store.now() } }, { upsert: true });
}

async function mailOf(store: Store, messageId: string): Promise<MailDoc | null> {
  return store.mails.findOne({ messageId: `<${messageId.trim().replace(/^<|>$/g, '')}>` }).lean<MailDoc>();
}
