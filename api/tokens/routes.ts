import type { Role } from '../../domain/case';
import { SECTOR_CODES } from '../../domain/plan';
import { isBoundToUnit } from '../../domain/policy';
import type { TokenDoc } from '../../store/documents';
import { createToken, revokeToken } from '../../store/tokens';
import { afterOf, cut, pageOf, pageQuery } from '../http/cursor';
import { idParams, unitCode } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { iso, NO_ZONE } from '../present/time';
import { loadUnit } from '../units/load';

const ROLES = ['admin', 'reviewer', 'leader', 'filer', 'head', 'investigator', 'auditor'] as const satisfies Role[];

const tokenSchema = z
  .object({
    id: z.string(),
    role: z.enum(ROLES),
    unit: z.string().optional().openapi({ description: 'Id of the unit.' }),
    sectors: z.array(z.string()),
    label: z.string(),
    createdAt: z.string(),
    expiresAt: z.string().optional(),
    revokedAt: z.string().optional(),
  })
  .openapi('Token');

const tag = 'tokens';

export const tokenRoutes: Route[] = [
  route({
    method: 'post',
    path: '/tokens',
    tag,
    permission: 'manage-tokens',
    summary: 'Makes a token; its secret is shown this once',
    body: z.strictObject({
      role: z.enum(ROLES),
      unit: unitCode.optional().openapi({ description: 'The authority’s code; for filers and heads.' }),
      sectors: z.array(z.enum(SECTOR_CODES)).default([]),
      label: z.string().trim().min(1).max(100),
      days: z.int().min(1).max(3660).optional(),
    }),
    answers: tokenSchema.extend({ secret: z.string() }),
    status: 201,
    async handle({ body, services: { store } }) {
      const { unit: code, ...grant } = body;
      if (isBoundToUnit(body.role) && code === undefined) throw new Problem(422, 'role-needs-unit');
      const unit = code === undefined ? {} : { unit: (await loadUnit(store, code)).id };
      const { id, secret } = await createToken(store, { ...grant, ...unit });
      const token = await store.tokens.findById(id).lean<TokenDoc>();
      return { body: { ...presentToken(token!), secret } };
    },
  }),
  route({
    method: 'get',
    path: '/tokens',
    tag,
    permission: 'read-tokens',
    summary: 'All tokens, without their secrets',
    query: pageQuery,
    answers: pageOf(tokenSchema),
    async handle({ query, services: { store } }) {
      const found = await store.tokens
        .find({ _id: { $gt: afterOf(query.cursor) ?? '' } })
        .sort({ _id: 1 })
        .limit(query.limit + 1)
        .lean<TokenDoc[]>();
      const { rows, next } = cut(found, query.limit, ({ _id }) => _id);
      return { body: { items: rows.map(presentToken), ...(next && { next }) } };
    },
  }),
  route({
    method: 'delete',
    path: '/tokens/{id}',
    tag,
    permission: 'manage-tokens',
    summary: 'Ends a token at once',
    params: idParams,
    answers: z.object({ id: z.string(), revoked: z.boolean() }),
    async handle({ params, services: { store } }) {
      if (!(await revokeToken(store, params.id))) throw new Problem(404, 'not-found');
      return { body: { id: params.id, revoked: true } };
    },
  }),
];

function presentToken({ _id, role, unit, sectors, label, ...at }: TokenDoc): z.output<typeof tokenSchema> {
  return {
    id: _id,
    role: role as Role,
    ...(unit !== undefined && { unit }),
    sectors,
    label,
    createdAt: iso(at.createdAt, NO_ZONE),
    ...(at.expiresAt !== undefined && { expiresAt: iso(at.expiresAt, NO_ZONE) }),
    ...(at.revokedAt !== undefined && { revokedAt: iso(at.revokedAt, NO_ZONE) }),
  };
}
