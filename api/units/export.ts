import { Readable } from 'node:stream';
import { writeUnitList } from '../../domain/unit-list/write-unit-list';
import type { UnitDoc } from '../../store/documents';
import { byteSource, type Route, route } from '../http/route';
import { z } from '../http/z';
import { encodeCsv, encodeXlsx } from '../lists/encode-list';
import { unitOf } from '../present/unit';

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

export const exportRoute: Route = route({
  method: 'get',
  path: '/units/export',
  tag: 'units',
  permission: 'import-units',
  summary: 'All units in the form in which they are taken in; taken in again, nothing changes',
  query: z.strictObject({ format: z.enum(['csv', 'xlsx']).default('csv') }),
  answers: byteSource,
  streamsOut: { types: Object.values(TYPES) },
  async handle({ query: { format }, services: { store } }) {
    const found = await store.units.find({}).sort({ code: 1 }).lean<UnitDoc[]>();
    const rows = writeUnitList(found.map(unitOf));
    const bytes = format === 'csv' ? encodeCsv(rows) : await encodeXlsx(rows, '单位名单');
    return {
      body: () => Readable.from([bytes]),
      headers: {
        'Content-Type': TYPES[format],
        'Content-Length': String(bytes.length),
        'Content-Disposition': `attachment; filename="units.${format}"`,
        'Cache-Control': 'no-store',
      },
    };
  },
});
