import type { UnitDoc } from '../../store/documents';
import { authorise, subjectOf, unitsSeenBy } from '../auth/authorise';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { unitKey } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { presentUnit, unitOf, unitSchema } from '../present/unit';
import { exportRoute } from './export';
import { importRoute } from './import';
import { loadUnit } from './load';
import { mappingRoutes } from './mappings';

const tag = 'units';

export const unitRoutes: Route[] = [
  importRoute,
  exportRoute,
  ...mappingRoutes,
  route({
    method: 'get',
    path: '/units',
    tag,
    permission: 'list-units',
    summary: 'The units one sees, by code',
    query: pageQuery,
    answers: pageOf(unitSchema),
    async handle({ query, who, services: { store } }) {
      const seen = await unitsSeenBy(store, who);
      const found = await store.units
        .find({ code: { $gt: afterOf(query.cursor) ?? '' }, ...(seen && { _id: { $in: seen } }) })
        .sort({ code: 1 })
        .limit(query.limit + 1)
        .lean<UnitDoc[]>();
      const { rows, next } = cut(found, query.limit, ({ code }) => code);
      return { body: { items: rows.map((row) => presentUnit(unitOf(row), who)), ...(next && { next }) } };
    },
  }),
  route({
    method: 'get',
    path: '/units/{unit}',
    tag,
    permission: 'read-unit',
    summary: 'One unit, by its id or the authority’s code',
    params: z.object({ unit: unitKey }),
    answers: unitSchema,
    async handle({ params, who, services }) {
      const unit = await loadUnit(services.store, params.unit);
      authorise(who, 'read-unit', subjectOf(unit));
      return { body: presentUnit(unit, who) };
    },
  }),
];
