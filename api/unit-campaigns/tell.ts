import type { Action } from '../../domain/policy';
import type { UnitMessage } from '../../domain/unit-campaign/messages';
import { act } from '../acting/act';
import type { Asked } from '../http/route';
import { presentUnitCampaign } from '../present/unit-campaign';
import { loadUnitCampaign, viewing } from './load';

type Asking = Asked<unknown, unknown, unknown>;

/** Gives a unit's campaign a message about the unit as a whole, and shows it as it then is. */
export async function tellUnit(asked: Asking, action: Action, id: string, messageOf: () => UnitMessage) {
  const { doc, plan } = await loadUnitCampaign(asked.services, asked.who, action, id);
  return act(asked, {
    case: doc._id,
    zone: () => plan.zone,
    message: messageOf,
    present: async () => ({ unitCampaign: await shown(id, asked) }),
  });
}

/** A unit's campaign as its reader gets it. */
export async function shown(id: string, { who, services }: Pick<Asking, 'who' | 'services'>) {
  const loaded = await loadUnitCampaign(services, who, 'read-unit-campaign', id);
  return presentUnitCampaign(loaded.doc, loaded.unit, await viewing(services, who, loaded));
}
