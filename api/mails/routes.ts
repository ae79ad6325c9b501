import { caseId } from '../../domain/kinds';
import type { EffectDoc, MailDoc } from '../../store/documents';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { opaqueId } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { iso } from '../present/time';
import { deadOrderSchema, mailSchema, presentMails, zoneOf } from './present';

const tag = 'mails';
const MOST_DEAD = 500;
/** Ids of outbox rows are those of cases, with slashes in them. */
const anyId = z.object({ id: z.string().min(1).max(200).openapi({ description: 'Percent-encoded.' }) });

export const mailRoutes: Route[] = [
  route({
    method: 'get',
    path: '/mails',
    tag,
    permission: 'read-mails',
    summary: 'The mail log, latest first',
    query: pageQuery.extend({ campaign: opaqueId.optional(), person: opaqueId.optional() }),
    answers: pageOf(mailSchema),
    async handle({ query, who, services }) {
      const [, at, after] = /^(\d+) (.+)$/.exec(afterOf(query.cursor) ?? '') ?? [];
      const found = await services.store.mails
        .find({
          ...(query.campaign !== undefined && { campaign: caseId('campaign', query.campaign) }),
          ...(query.person !== undefined && { person: query.person }),
          ...(after !== undefined && { $or: [{ at: { $lt: Number(at) } }, { at: Number(at), _id: { $lt: after } }] }),
        })
        .sort({ at: -1, _id: -1 })
        .limit(query.limit + 1)
        .lean<MailDoc[]>();
      const { rows, next } = cut(found, query.limit, (mail) => `${mail.at} ${mail._id}`);
      return { body: { items: await presentMails(rows, who, services), ...(next && { next }) } };
    },
  }),
  route({
    method: 'post',
    path: '/mails/{id}/resend',
    tag,
    permission: 'resend',
    summary: 'A mail that was given up is tried again',
    params: anyId,
    answers: z.object({ status: z.string() }),
    problems: [409],
    async handle({ params, services: { store } }) {
      const again = { status: 'queued' as const, attempts: 0, notBefore: 0 };
      const changed = await store.mails.updateOne({ _id: params.id, status: 'dead' }, { $set: again });
      if (changed.matchedCount === 0) throw notDead(await store.mails.exists({ _id: params.id }));
      return { body: { status: 'queued' } };
    },
  }),
  route({
    method: 'get',
    path: '/dead-letters',
    tag,
    permission: 'read-mails',
    summary: 'Mails and orders that were given up after many tries',
    answers: z.object({ mails: z.array(mailSchema), orders: z.array(deadOrderSchema) }),
    async handle({ who, services }) {
      const { store } = services;
      const [mails, orders] = await Promise.all([
        store.mails.find({ status: 'dead' }).sort({ at: 1 }).limit(MOST_DEAD).lean<MailDoc[]>(),
        store.outbox.find({ status: 'dead' }).sort({ at: 1 }).limit(MOST_DEAD).lean<EffectDoc[]>(),
      ]);
      const zone = await zoneOf(services, orders);
      return {
        body: {
          mails: await presentMails(mails, who, services),
          orders: orders.map(({ _id, campaign, type, at, attempts, lastError }) => ({
            id: _id,
            campaign: opaque(campaign),
            type,
            at: iso(at, zone(campaign)),
            attempts,
            ...(lastError !== undefined && { lastError }),
          })),
        },
      };
    },
  }),
  route({
    method: 'post',
    path: '/dead-letters/{id}/resend',
    tag,
    permission: 'resend',
    summary: 'An order that was given up is tried again',
    params: anyId,
    answers: z.object({ status: z.string() }),
    problems: [409],
    async handle({ params, services: { store } }) {
      const again = { status: 'new' as const, attempts: 0, notBefore: 0 };
      const changed = await store.outbox.updateOne({ _id: params.id, status: 'dead' }, { $set: again });
      if (changed.matchedCount === 0) throw notDead(await store.outbox.exists({ _id: params.id }));
      return { body: { status: 'new' } };
    },
  }),
];

function notDead(exists: object | null): Problem {
  return exists ? new Problem(409, 'not-dead') : new Problem(404, 'not-found');
}
