import { type ResultCounts, resultSheet } from '../../domain/unit-campaign/result';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import { afterOf, pageQuery } from '../http/cursor';
import { idParams, textSchema } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { nameOf } from '../present/obligation';
import { presentUnitRef, unitRefSchema } from '../present/unit';
import type { UnitCampaignDoc } from '../present/unit-campaign';
import { unitsById } from '../units/load';
import { loadCampaign, unitCasesOf } from './load';

const figures = {
  owed: z.int(),
  accepted: z.int(),
  onTime: z.int(),
  late: z.int(),
  exempt: z.int(),
  unfinished: z.int(),
};
const resultSchema = z.object({
  units: z.int(),
  totals: z.object(figures),
  obligations: z.array(
    z.object({
      code: z.string(),
      name: textSchema,
      owed: z.int(),
      accepted: z.int(),
      late: z.int(),
      missed: z.int().openapi({ description: 'Its day passed without a complete, signed submission.' }),
      exempt: z.int(),
      unfinished: z.int(),
    }),
  ),
  items: z.array(
    z.object({ id: z.string(), unit: unitRefSchema, outcome: z.string().optional(), status: z.string(), ...figures }),
  ),
  next: z.string().optional(),
});
type Result = z.output<typeof resultSchema>;
type Row = Pick<UnitCampaignDoc, '_id' | 'unit' | 'status' | 'state'>;

export const resultRoute: Route = route({
  method: 'get',
  path: '/campaigns/{id}/result',
  tag: 'campaigns',
  permission: 'read-campaign-records',
  summary: 'The result sheets of all units added up, and each unit’s row',
  params: idParams,
  query: pageQuery,
  answers: resultSchema,
  async handle({ params, query, who, services }) {
    const { store } = services;
    const loaded = await loadCampaign(services, who, 'read-campaign-records', params.id);
    const after = afterOf(query.cursor) ?? '';
    const result: Result = {
      units: 0,
      totals: { owed: 0, accepted: 0, onTime: 0, late: 0, exempt: 0, unfinished: 0 },
      obligations: [],
      items: [],
    };
    const page: { row: Row; counts: ResultCounts }[] = [];
    const rows = store.cases
      .find(unitCasesOf(loaded), { unit: 1, status: 1, 'state.obligations': 1, 'state.outcome': 1 })
      .sort({ _id: 1 })
      .lean<Row>()
      .cursor();
    for await (const found of rows) {
      const row = found as unknown as Row;
      const counts = resultSheet(row.state);
      addTo(result, row.state, counts);
      if (row._id <= after) continue;
      if (page.length < query.limit) page.push({ row, counts });
      else result.next ??= Buffer.from(page.at(-1)!.row._id).toString('base64url');
    }
    const units = await unitsById(
      store,
      page.map(({ row }) => row.unit!),
    );
    for (const one of result.obligations) one.name = nameOf(loaded.doc.plan, one.code.split('#')[0]!);
    result.items = page.map(({ row, counts }) => presentRow(row, counts, units));
    return { body: result };
  },
});

function addTo(result: Result, state: UnitCampaignState, counts: ResultCounts): void {
  result.units += 1;
  for (const name of Object.keys(result.totals) as (keyof ResultCounts)[]) result.totals[name] += counts[name];
  for (const one of state.obligations) {
    let sum = result.obligations.find(({ code }) => code === one.code);
    if (!sum) {
      const none = { owed: 0, accepted: 0, late: 0, missed: 0, exempt: 0, unfinished: 0 };
      sum = { code: one.code, name: { zh: one.code, en: one.code }, ...none };
      result.obligations.push(sum);
    }
    sum.owed += 1;
    if (one.missed) sum.missed += 1;
    if (one.status === 'accepted') {
      sum.accepted += 1;
      if (!one.onTime) sum.late += 1;
    } else sum[one.status === 'exempt' ? 'exempt' : 'unfinished'] += 1;
  }
}

function presentRow(
  { _id, unit, status, state }: Row,
  counts: ResultCounts,
  units: Awaited<ReturnType<typeof unitsById>>,
) {
  const { owed, accepted, onTime, late, exempt, unfinished } = counts;
  return {
    id: opaque(_id),
    unit: presentUnitRef(units.get(unit!), unit!),
    ...(state.outcome !== undefined && { outcome: state.outcome }),
    status,
    ...{ owed, accepted, onTime, late, exempt, unfinished },
  };
}
