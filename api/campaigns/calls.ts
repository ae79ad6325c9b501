import { OWED } from '../../domain/unit-campaign/state';
import type { FactDoc } from '../../store/documents';
import { chatText } from '../../templates/chat-text';
import { pageOf, pageQuery } from '../http/cursor';
import { idParams } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { nameOf } from '../present/obligation';
import { iso } from '../present/time';
import { presentUnitRef, unitRefSchema } from '../present/unit';
import { unitsById } from '../units/load';
import { telephonesOf, telephonesSchema, unitsOf } from './lists';
import { loadCampaign, unitCasesOf } from './load';

const ofDuty = z.object({ obligation: z.string().max(90) });

const callSchema = z.object({
  id: z.string().openapi({ description: 'Of the unit’s campaign: where the result of a call is recorded.' }),
  unit: unitRefSchema,
  status: z.string(),
  due: z.string(),
  ladderStep: z.int(),
  lastCall: z.object({ at: z.string(), result: z.string() }).optional(),
  telephones: telephonesSchema,
});

const common = { method: 'get' as const, tag: 'campaigns', permission: 'read-campaign-records' as const };

/** What the office works through when mail has not been enough. */
export const callRoutes: Route[] = [
  route({
    ...common,
    path: '/campaigns/{id}/call-list',
    summary: 'Who still owes an obligation, with telephone numbers and the latest call',
    params: idParams,
    query: pageQuery.extend(ofDuty.shape),
    answers: pageOf(callSchema),
    async handle(asked) {
      const { obligation: code } = asked.query;
      const owing = { 'state.obligations': { $elemMatch: { code, status: { $in: OWED } } } };
      const { zone, rows, units, next } = await unitsOf(asked, { closed: false, ...owing }, { 'state.obligations': 1 });
      const calls = await asked.services.store.timeline
        .find({ case: { $in: rows.map(({ _id }) => _id) }, type: 'called' }, { case: 1, at: 1, data: 1 })
        .sort({ n: 1 })
        .lean<Pick<FactDoc, 'case' | 'at' | 'data'>[]>();
      const latest = new Map(calls.map((call) => [call.case, call]));
      const items = rows.map(({ _id, unit, state }) => {
        const owed = state.obligations.find((one) => one.code === code)!;
        const call = latest.get(_id);
        return {
          id: opaque(_id),
          unit: presentUnitRef(units.get(unit!), unit!),
          status: owed.status,
          due: owed.redo ?? owed.due,
          ladderStep: owed.ladder.step,
          ...(call && { lastCall: { at: iso(call.at, zone), result: String(call.data?.result) } }),
          ...telephonesOf(asked, units.get(unit!)),
        };
      });
      return { body: { items, ...(next && { next }) } };
    },
  }),
  route({
    ...common,
    path: '/campaigns/{id}/chat-text',
    summary: 'A text to paste into a chat group: which units have not filed yet (names of units only)',
    params: idParams,
    query: ofDuty,
    answers: z.object({ text: z.string() }),
    async handle({ params, query, who, lang, services }) {
      const loaded = await loadCampaign(services, who, 'read-campaign-records', params.id);
      const { plan } = loaded.doc;
      const duty = loaded.case?.state.duties.find((one) => one.code === query.obligation);
      if (!duty) throw new Problem(404, 'unknown-obligation');
      const owing = { $elemMatch: { code: duty.code, status: { $in: OWED } } };
      const rows = await services.store.cases
        .find({ ...unitCasesOf(loaded), closed: false, 'state.obligations': owing }, { unit: 1 })
        .lean<{ unit: string }[]>();
      const units = await unitsById(
        services.store,
        rows.map(({ unit }) => unit),
      );
      const obligation = nameOf(plan, duty.code.split('#')[0]!);
      const names = [...units.values()].sort((a, b) => (a.code < b.code ? -1 : 1)).map((unit) => unit.name);
      return { body: { text: chatText({ campaign: plan.title, obligation, due: duty.due, units: names }, lang) } };
    },
  }),
];
