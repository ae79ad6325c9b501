import { type Action, can } from '../../domain/policy';
import type { Unit } from '../../domain/unit';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { UNIT_TABLE } from '../../domain/unit-campaign/unit-table';
import type { CaseDoc } from '../../store/documents';
import { z } from '../http/z';
import { opaque } from './ids';
import { obligationSchema, presentObligation, type Viewing } from './obligation';
import { iso } from './time';
import { presentUnitRef, unitRefSchema } from './unit';

export type UnitCampaignDoc = CaseDoc<UnitCampaignState>;

export const unitCampaignSchema = z
  .object({
    id: z.string(),
    campaign: z.string(),
    unit: unitRefSchema,
    status: z.enum(['running', 'complete', 'closed']),
    revision: z.int(),
    start: z.string(),
    end: z.string(),
    receipt: z.object({ at: z.string(), by: z.string() }).optional(),
    obligations: z.array(obligationSchema),
    outcome: z.enum(['accepted', 'unfinished', 'left']).optional(),
    reason: z.string().optional(),
    nextAt: z.string().optional().openapi({ description: 'The earliest thing time alone will cause.' }),
    possible: z.array(z.string()).openapi({ description: 'What whoever asks may try in its present state.' }),
  })
  .openapi('UnitCampaign');

export type UnitCampaignJson = z.output<typeof unitCampaignSchema>;

/** One unit's campaign with all its obligations. */
export function presentUnitCampaign(doc: UnitCampaignDoc, unit: Unit | undefined, viewing: Viewing): UnitCampaignJson {
  const { state } = doc;
  const { zone } = viewing.plan;
  return {
    id: opaque(doc._id),
    campaign: opaque(doc.campaign),
    unit: presentUnitRef(unit, state.unit),
    status: state.status,
    revision: doc.revision,
    start: state.terms.start,
    end: state.terms.end,
    ...(state.receipt && { receipt: { at: iso(state.receipt.at, zone), by: state.receipt.by } }),
    obligations: state.obligations.map((one) => presentObligation(state, one, viewing)),
    ...(state.outcome !== undefined && { outcome: state.outcome }),
    ...(state.reason !== undefined && { reason: state.reason }),
    ...(doc.nextAt !== undefined && { nextAt: iso(doc.nextAt, zone) }),
    possible: possibleFor(state, viewing),
  };
}

/** Policy and transition table use words of their own for the same acts of a unit as a whole. */
const ACTIONS: Record<string, Action> = {
  acknowledge: 'acknowledge',
  'record-call': 'record-call',
  leave: 'drop-unit',
  close: 'close-unit-campaign',
};

function possibleFor(state: UnitCampaignState, { who, subject }: Viewing): string[] {
  return Object.keys(UNIT_TABLE[state.status]).filter((message) => {
    const action = ACTIONS[message];
    if (message === 'acknowledge' && state.receipt) return false;
    return action !== undefined && can(who, action, subject);
  });
}
