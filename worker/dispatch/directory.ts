import type { Directory } from '../../domain/post';
import type { Unit } from '../../domain/unit';
import type { AddressDoc, CampaignDoc, MailRow, UnitDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import type { Store } from '../../store/store';

/** The units some reasons are about, those that file for them, and the campaign's staff. */
export async function directoryOf(
  store: Store,
  campaign: CampaignDoc,
  rows: Pick<MailRow, 'payload'>[],
): Promise<Directory> {
  const ids = rows.flatMap(({ payload }) => ('unit' in payload.to ? [payload.to.unit] : []));
  const named = (await store.units.find({ _id: { $in: ids } }).lean<UnitDoc[]>()).map(unitOf);
  const codes = named.flatMap((unit) => (unit.supervisingUnit ? [unit.supervisingUnit] : []));
  const supervising = (await store.units.find({ code: { $in: codes } }).lean<UnitDoc[]>()).map(unitOf);
  const byId = new Map(named.map((unit) => [unit.id, unit]));
  const byCode = new Map(supervising.map((unit) => [unit.code, unit]));
  const people = [...named, ...supervising].flatMap((unit) => [unit.filer, unit.deputyFiler, unit.head]);
  const bad = await badOf(
    store,
    [...people, ...campaign.plan.contacts].map((one) => one.email),
  );
  return {
    unit: (id) => byId.get(id),
    unitByCode: (code) => byCode.get(code),
    contacts: campaign.plan.contacts,
    isBad: (email) => bad.has(personOf(email)),
  };
}

/** Which of some addresses letters come back from. */
async function badOf(store: Store, emails: string[]): Promise<Set<string>> {
  const bad = { _id: { $in: emails.map(personOf) }, status: 'bad' as const };
  const found = await store.addresses.find(bad, { _id: 1 }).lean<Pick<AddressDoc, '_id'>[]>();
  return new Set(found.map(({ _id }) => _id));
}

function unitOf({ _id, ...unit }: UnitDoc): Unit {
  return { id: _id, ...unit };
}
