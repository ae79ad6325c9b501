import type { Transporter } from 'nodemailer';
import { isOptional } from '../../domain/mail-duties';
import type { Text } from '../../domain/plan';
import { calendarOf } from '../../domain/plan-dates';
import { recipientOf } from '../../domain/post';
import { errorText, type Log } from '../../engine/log';
import { handBack, markBad } from '../../store/addresses';
import type { AddressDoc, CampaignDoc, MailDoc, MailRow, PostDoc, UnitDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import type { Store } from '../../store/store';
import { unsubscribeToken } from '../../store/unsubscribe';
import { type LetterReason, renderLetter } from '../../templates/mail/letter';
import { addressRefused } from './bounces/smtp-refusal';
import { directoryOf } from './directory';
import { MOST_ATTEMPTS, pauseAfter } from './lease';

/** Longer than a mail server usually takes over one letter: being overtaken would send it twice. */
const SENDING_MS = 40_000;

export interface PostOffice {
  store: Store;
  transport: Transporter;
  from: string;
  baseUrl: string;
  log?: Log;
}

/** Sends the next letter that is due. @returns whether there was one. */
export async function sendLetter(office: PostOffice): Promise<boolean> {
  const { store } = office;
  const now = Date.now();
  const mail = await store.mails
    .findOneAndUpdate(
      { status: 'queued', notBefore: { $lte: now } },
      { $set: { notBefore: now + SENDING_MS }, $inc: { attempts: 1 } },
      { sort: { at: 1, _id: 1 }, returnDocument: 'after' },
    )
    .lean<MailDoc>();
  if (!mail) return false;
  const line = { mail: mail._id, campaign: mail.campaign, reasons: mail.reasons.length, attempt: mail.attempts };
  try {
    await post(office, mail);
    office.log?.info(line, 'letter done with');
  } catch (error) {
    office.log?.warn({ ...line, error: errorText(error) }, 'letter not sent');
    const status = addressRefused(error);
    if (status !== undefined) {
      await markBad(store, { person: mail.person, code: status, source: 'smtp', mail });
      return true;
    }
    const { responseCode } = error as { responseCode?: number };
    // 5xx is the server's last word on this letter; everything else may pass.
    const dead = mail.attempts >= MOST_ATTEMPTS || (responseCode !== undefined && responseCode >= 500);
    await store.mails.updateOne(
      { _id: mail._id, status: 'queued' },
      {
        $set: {
          lastError: errorText(error),
          notBefore: Date.now() + pauseAfter(mail.attempts),
          ...(dead && { status: 'dead' as const }),
        },
      },
    );
  }
  return true;
}

async function post(office: PostOffice, mail: MailDoc): Promise<void> {
  const { store, transport } = office;
  const refused = await store.addresses.findOne({ _id: mail.person, status: 'bad' }).lean<AddressDoc>();
  // Written before its address was known to be bad.
  if (refused) return handBack(store, mail, refused.code);
  const campaign = await store.plans.find(mail.campaign);
  if (!campaign) throw new Error('no such campaign');
  const rows = await store.outbox
    .find({ _id: { $in: mail.reasons } })
    .sort({ at: 1, _id: 1 })
    .lean<MailRow[]>();
  // The address as it is now: a mended one is used at the next try.
  const directory = await directoryOf(store, campaign, rows);
  const recipient = rows.map((row) => recipientOf(row.payload.to, directory)).find((one) => one !== undefined);
  if (!recipient) throw new Error('nobody to send it to');
  const person = personOf(recipient.email);
  // Whose letter it is must be known when it comes back.
  if (person !== mail.person) await store.mails.updateOne({ _id: mail._id }, { $set: { person } });
  mail.person = person;
  const chosen = await store.post.findById(person).lean<PostDoc>();
  const { plan } = campaign;
  const admin = plan.contacts.find((one) => one.role === 'admin') ?? { name: '', phone: '', email: '' };
  const units = await unitsOf(store, rows);
  const letter = renderLetter({
    lang: chosen?.lang ?? recipient.lang ?? 'zh',
    recipient: { name: recipient.name },
    campaign: { title: plan.title, authority: plan.authority, zone: plan.zone, calendar: calendarOf(plan) },
    contact: { name: admin.name, phone: admin.phone, email: admin.email },
    baseUrl: office.baseUrl,
    sentAt: mail.at,
    reasons: rows.map((row) => reasonOf(row, campaign, units)),
  });
  const sent = await transport.sendMail({
    from: office.from,
    to: { name: recipient.name, address: recipient.email },
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    // The same in every try: a crash after the server took it repeats this id, and can be told by it.
    messageId: mail.messageId,
    date: new Date(mail.at),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(mail.kinds.every(isOptional) && (await unsubscribing(office, person))),
    },
    ...(letter.ics !== undefined && {
      attachments: [
        { filename: 'due.ics', content: letter.ics, contentType: 'text/calendar; charset=utf-8; method=PUBLISH' },
      ],
    }),
  });
  await store.mails.updateOne(
    { _id: mail._id },
    {
      $set: {
        status: 'sent',
        subject: letter.subject,
        text: letter.text,
        response: String(sent.response).slice(0, 3),
        sentAt: Date.now(),
      },
      $unset: { lastError: 1 },
    },
  );
}

/** One click, without signing in (RFC 8058); only on letters in which nothing is a duty. */
async function unsubscribing({ store, baseUrl }: PostOffice, person: string): Promise<Record<string, string>> {
  const link = `${baseUrl.replace(/\/+$/, '')}/unsubscribe/${await unsubscribeToken(store, person)}`;
  return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

async function unitsOf(store: Store, rows: MailRow[]): Promise<Map<string, UnitDoc>> {
  const ids = rows.flatMap((row) => (row.unit === undefined ? [] : [row.unit]));
  const units = await store.units.find({ _id: { $in: ids } }).lean<UnitDoc[]>();
  return new Map(units.map((unit) => [unit._id, unit]));
}

/** What the template may say about one reason: the names its case does not carry come from list and plan. */
function reasonOf(row: MailRow, { plan }: CampaignDoc, units: Map<string, UnitDoc>): LetterReason {
  const { kind, at, about, data } = row.payload;
  const unit = row.unit === undefined ? undefined : units.get(row.unit);
  const obligation = plan.obligations.find((one) => one.code === about?.split('#')[0]);
  const obligationNames: Record<string, Text> = Object.fromEntries(plan.obligations.map((one) => [one.code, one.name]));
  const placeNames: Record<string, Text> = Object.fromEntries(
    (obligation?.form ?? []).map((field) => [field.code, field.label]),
  );
  return {
    kind,
    at,
    case: row.case,
    data,
    obligationNames,
    placeNames,
    ...(unit && { unit: { id: unit._id, name: unit.name } }),
    ...(obligation && about && { obligation: { code: about, name: obligation.name, source: obligation.source } }),
  };
}
