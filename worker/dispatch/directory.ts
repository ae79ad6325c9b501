import type { Directory } from '../../domain/post';
import type { Unit } from '../../domain/unit';
import type { CampaignDoc, MailRow, UnitDoc } from '../../store/documents';
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
  return {
    unit: (id) => byId.get(id),
    unitByCode: (code) => byCode.get(code),
    contacts: campaign.plan.contacts,
  };
}

function unitOf({ _id, ...unit }: UnitDoc): Unit {
  return { id: _id, ...unit };
}
