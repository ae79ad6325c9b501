import { can } from '../../domain/policy';
import type { Unit } from '../../domain/unit';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import type { EffectDoc } from '../../store/documents';
import { subjectOf } from '../auth/authorise';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { idParams } from '../http/fields';
import { type Asked, type Route, route } from '../http/route';
import { z } from '../http/z';
import { bouncedOf } from '../present/bounced';
import { opaque } from '../present/ids';
import { iso } from '../present/time';
import { presentUnitRef, unitRefSchema } from '../present/unit';
import type { UnitCampaignDoc } from '../present/unit-campaign';
import { unitsById } from '../units/load';
import { loadCampaign, unitCasesOf } from './load';

const telephone = z.object({ role: z.enum(['filer', 'deputyFiler', 'head']), name: z.string(), phone: z.string() });
export const telephonesSchema = z
  .array(telephone)
  .optional()
  .openapi({ description: 'Whom to call; only for the office.' });

const receiptSchema = z.object({
  id: z.string(),
  unit: unitRefSchema,
  receiptAt: z.string().optional(),
  telephones: telephonesSchema,
});
const unreachableSchema = z.object({
  unit: unitRefSchema,
  reasons: z.array(z.string()),
  bounced: z
    .array(z.object({ role: z.string(), code: z.string(), at: z.string(), source: z.string() }))
    .openapi({ description: 'Whose address letters came back from, and what the mail server said.' }),
  telephones: telephonesSchema,
});
const proposalSchema = z.object({
  id: z.string(),
  unit: unitRefSchema,
  obligation: z.string(),
  measure: z.enum(['talk', 'bulletin']),
  step: z.int(),
  at: z.string(),
});

const common = { method: 'get' as const, tag: 'campaigns', permission: 'read-campaign-records' as const };
type Query = { limit: number; cursor?: string };

/** Lists the office works through. */
export const campaignLists: Route[] = [
  route({
    ...common,
    path: '/campaigns/{id}/receipts',
    summary: 'Which units have taken note of the plan, and which have not',
    params: idParams,
    query: pageQuery.extend({ missing: z.stringbool().default(false) }),
    answers: pageOf(receiptSchema),
    async handle(asked) {
      const filter = asked.query.missing ? { 'state.receipt': { $exists: false } } : {};
      const { zone, rows, units, next } = await unitsOf(asked, filter, { 'state.receipt': 1 });
      const items = rows.map(({ _id, unit, state }) => ({
        id: opaque(_id),
        unit: presentUnitRef(units.get(unit!), unit!),
        ...(state.receipt && { receiptAt: iso(state.receipt.at, zone) }),
        ...telephonesOf(asked, units.get(unit!)),
      }));
      return { body: { items, ...(next && { next }) } };
    },
  }),
  route({
    ...common,
    path: '/campaigns/{id}/proposals',
    summary: 'Talks and bulletins that are proposed and wait for a person’s decision',
    params: idParams,
    query: pageQuery,
    answers: pageOf(proposalSchema).openapi({ description: 'Pages by units; a unit may have several.' }),
    async handle(asked) {
      const open = { 'state.obligations.proposals': { $elemMatch: { status: 'open' } } };
      const { zone, rows, units, next } = await unitsOf(asked, open, { 'state.obligations': 1 });
      const items = rows.flatMap(({ _id, unit, state }) =>
        state.obligations.flatMap((one) =>
          one.proposals
            .filter(({ status }) => status === 'open')
            .map(({ measure, step, at }) => ({
              id: opaque(_id),
              unit: presentUnitRef(units.get(unit!), unit!),
              obligation: one.code,
              measure,
              step,
              at: iso(at, zone),
            })),
        ),
      );
      return { body: { items, ...(next && { next }) } };
    },
  }),
  route({
    ...common,
    path: '/campaigns/{id}/unreachable',
    summary: 'Units for whose mails nobody has a usable address: to be telephoned',
    params: idParams,
    answers: z.object({ items: z.array(unreachableSchema) }),
    async handle(asked) {
      const { params, who, services } = asked;
      const { doc, zone } = await loadCampaign(services, who, 'read-campaign-records', params.id);
      const rows = await services.store.outbox
        .find({ campaign: doc._id, status: 'unreachable' }, { unit: 1, payload: 1 })
        .lean<Pick<EffectDoc, 'unit' | 'payload'>[]>();
      const reasons = new Map<string, Set<string>>();
      for (const { unit = '', payload } of rows) {
        reasons.set(unit, (reasons.get(unit) ?? new Set()).add('kind' in payload ? payload.kind : payload.type));
      }
      const units = await unitsById(services.store, [...reasons.keys()]);
      const bounced = await bouncedOf(services.store, [...units.values()], zone);
      const items = [...reasons].map(([unit, kinds]) => ({
        unit: presentUnitRef(units.get(unit), unit),
        reasons: [...kinds],
        bounced: bounced(units.get(unit)),
        ...telephonesOf(asked, units.get(unit)),
      }));
      return { body: { items } };
    },
  }),
];

/** One page of the cases of a campaign's units. */
export async function unitsOf(
  { params, query, who, services }: Asked<{ id: string }, Query, unknown>,
  filter: object,
  wanted: Record<string, 1>,
) {
  const loaded = await loadCampaign(services, who, 'read-campaign-records', params.id);
  const found = await services.store.cases
    .find({ ...unitCasesOf(loaded), _id: { $gt: afterOf(query.cursor) ?? '' }, ...filter }, { unit: 1, ...wanted })
    .sort({ _id: 1 })
    .limit(query.limit + 1)
    .lean<(Pick<UnitCampaignDoc, '_id' | 'unit'> & { state: Pick<UnitCampaignState, 'receipt' | 'obligations'> })[]>();
  const { rows, next } = cut(found, query.limit, ({ _id }) => _id);
  const units = await unitsById(
    services.store,
    rows.map(({ unit }) => unit!),
  );
  return { zone: loaded.zone, rows, units, next };
}

/** Whom to call, for those who may know. */
export function telephonesOf({ who }: Pick<Asked<unknown, unknown, unknown>, 'who'>, unit: Unit | undefined) {
  if (!unit || !can(who, 'read-telephones', subjectOf(unit))) return {};
  const people = (['filer', 'deputyFiler', 'head'] as const).map((role) => ({ role, ...unit[role] }));
  const telephones = people.filter(({ phone }) => phone !== '').map(({ role, name, phone }) => ({ role, name, phone }));
  return { telephones };
}
