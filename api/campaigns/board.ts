import { type ObligationState, OWED, type UnitCampaignState } from '../../domain/unit-campaign/state';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { idParams } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { isOverdue } from '../present/obligation';
import { iso } from '../present/time';
import { presentUnitRef, unitRefSchema } from '../present/unit';
import type { UnitCampaignDoc } from '../present/unit-campaign';
import { unitsById } from '../units/load';
import { loadCampaign, unitCasesOf } from './load';

const STATUSES = [
  'pending',
  'filed',
  'signed',
  'under-review',
  'correcting',
  'returned',
  'accepted',
  'exempt',
] as const;

const rowSchema = z
  .object({
    id: z.string().openapi({ description: 'Of the unit’s campaign.' }),
    unit: unitRefSchema,
    status: z.string(),
    receiptAt: z.string().optional(),
    obligations: z.array(
      z.object({
        code: z.string(),
        status: z.enum(STATUSES),
        due: z.string(),
        overdue: z.boolean(),
        missed: z.boolean(),
        ladderStep: z.int(),
        onTime: z.boolean().optional(),
      }),
    ),
  })
  .openapi('BoardRow');

const query = pageQuery.extend({
  status: z
    .enum([...STATUSES, 'overdue'])
    .optional()
    .openapi({ description: 'Units with an obligation in this status, and only those obligations.' }),
  obligation: z.string().max(90).optional(),
});

export const boardRoute: Route = route({
  method: 'get',
  path: '/campaigns/{id}/board',
  tag: 'campaigns',
  permission: 'read-campaign',
  summary: 'Units and their obligations: who stands where',
  params: idParams,
  query,
  answers: pageOf(rowSchema),
  async handle({ params, query, who, services }) {
    const { store } = services;
    const loaded = await loadCampaign(services, who, 'read-campaign', params.id);
    const now = await store.now();
    const matching = {
      ...(query.obligation !== undefined && { code: query.obligation }),
      ...(query.status === 'overdue' && { status: { $in: OWED }, dueAt: { $lt: now } }),
      ...(query.status !== undefined && query.status !== 'overdue' && { status: query.status }),
    };
    const found = await store.cases
      .find(
        {
          ...unitCasesOf(loaded),
          _id: { $gt: afterOf(query.cursor) ?? '' },
          ...(Object.keys(matching).length > 0 && { 'state.obligations': { $elemMatch: matching } }),
        },
        { unit: 1, status: 1, 'state.receipt': 1, 'state.obligations': 1 },
      )
      .sort({ _id: 1 })
      .limit(query.limit + 1)
      .lean<Pick<UnitCampaignDoc, '_id' | 'unit' | 'state'>[]>();
    const { rows, next } = cut(found, query.limit, ({ _id }) => _id);
    const units = await unitsById(
      store,
      rows.map(({ unit }) => unit!),
    );
    const items = rows.map((row) => presentRow(row, units.get(row.unit!), loaded.zone, now, query));
    return { body: { items, ...(next && { next }) } };
  },
});

type Filter = z.output<typeof query>;

function presentRow(
  row: Pick<UnitCampaignDoc, '_id' | 'unit'> & {
    status?: string;
    state: Pick<UnitCampaignState, 'receipt' | 'obligations'>;
  },
  unit: Parameters<typeof presentUnitRef>[0],
  zone: string,
  now: number,
  filter: Filter,
): z.output<typeof rowSchema> {
  const { receipt, obligations } = row.state;
  return {
    id: opaque(row._id),
    unit: presentUnitRef(unit, row.unit!),
    status: row.status ?? '',
    ...(receipt && { receiptAt: iso(receipt.at, zone) }),
    obligations: obligations
      .filter((one) => matches(one, now, filter))
      .map((one) => ({
        code: one.code,
        status: one.status,
        due: one.redo ?? one.due,
        overdue: isOverdue(one, now),
        missed: one.missed,
        ladderStep: one.ladder.step,
        ...(one.onTime !== undefined && { onTime: one.onTime }),
      })),
  };
}

function matches(one: ObligationState, now: number, { status, obligation }: Filter): boolean {
  if (obligation !== undefined && one.code !== obligation) return false;
  return status === undefined || (status === 'overdue' ? isOverdue(one, now) : one.status === status);
}
