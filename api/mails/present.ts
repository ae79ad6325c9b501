import { can, type Person } from '../../domain/policy';
import type { MailDoc, UnitDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { iso, NO_ZONE } from '../present/time';
import type { Services } from '../services';

export const mailSchema = z
  .object({
    id: z.string(),
    campaign: z.string(),
    person: z.string().openapi({ description: 'Opaque; the same person has the same.' }),
    recipient: z
      .object({ name: z.string(), email: z.string() })
      .optional()
      .openapi({ description: 'Only for the admin, and while the lists still have the address.' }),
    at: z.string(),
    kinds: z.array(z.string()),
    status: z.string(),
    attempts: z.int(),
    subject: z.string().optional(),
    sentAt: z.string().optional().openapi({ description: 'By the wall clock, also in a rehearsal.' }),
    lastError: z.string().optional(),
    why: z.string().optional().openapi({ description: 'Of one that is `withdrawn`: `unsubscribed`.' }),
  })
  .openapi('Mail');

export const deadOrderSchema = z
  .object({
    id: z.string(),
    campaign: z.string(),
    type: z.string(),
    at: z.string(),
    attempts: z.int(),
    lastError: z.string().optional(),
  })
  .openapi('DeadOrder');

/** Mails as their reader may see them: who got one only the admin may know. */
export async function presentMails(
  mails: MailDoc[],
  who: Person,
  services: Services,
): Promise<z.output<typeof mailSchema>[]> {
  const zone = await zoneOf(services, mails);
  const recipients = can(who, 'read-mail-persons') ? await addressBook(services, mails) : undefined;
  return mails.map((mail) => {
    const { _id, campaign, person, at, kinds, status, attempts, subject, sentAt, lastError, why } = mail;
    const recipient = recipients?.get(person);
    return {
      id: _id,
      campaign: opaque(campaign),
      person,
      ...(recipient && { recipient }),
      at: iso(at, zone(campaign)),
      kinds,
      status,
      attempts,
      ...(subject !== undefined && { subject }),
      ...(sentAt !== undefined && { sentAt: iso(sentAt, zone(campaign)) }),
      ...(lastError !== undefined && { lastError }),
      ...(why !== undefined && { why }),
    };
  });
}

/** The zone of each campaign some rows belong to. */
export async function zoneOf({ plans }: Services, rows: { campaign: string }[]): Promise<(campaign: string) => string> {
  const ids = [...new Set(rows.map(({ campaign }) => campaign))];
  const found = await Promise.all(ids.map(async (id) => [id, (await plans.find(id))?.plan.zone] as const));
  const zones = new Map(found);
  return (campaign) => zones.get(campaign) ?? NO_ZONE;
}

/** Whose key is whose: mails hold keys only, names and addresses stand in the lists of units and staff. */
async function addressBook({ store, plans }: Services, mails: MailDoc[]) {
  const wanted = new Set(mails.map(({ person }) => person));
  const book = new Map<string, { name: string; email: string }>();
  const note = ({ name, email }: { name: string; email: string }) => {
    const person = personOf(email);
    if (wanted.has(person)) book.set(person, { name, email });
  };
  for (const id of new Set(mails.map(({ campaign }) => campaign))) {
    const campaign = await plans.find(id);
    for (const contact of campaign?.plan.contacts ?? []) note(contact);
  }
  const units = await store.units
    .find({}, { filer: 1, deputyFiler: 1, head: 1 })
    .lean<Pick<UnitDoc, 'filer' | 'deputyFiler' | 'head'>[]>();
  for (const unit of units) for (const one of [unit.filer, unit.deputyFiler, unit.head]) note(one);
  return book;
}
