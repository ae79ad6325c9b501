import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { POLICY } from '../../domain/policy';
import { STATUS_TITLES } from '../../templates/errors';
import { problemSchema } from './problem';
import type { Route } from './route';
import { z } from './z';

const KEY_HEADER = z.object({
  'Idempotency-Key': z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/)
    .openapi({ description: 'New for each act; repeated with the same body it gives the same answer.' }),
});

const IF_MATCH = {
  'If-Match': z.string().optional().openapi({
    description: '`ETag` of the obligation that was looked at; 412 and nothing is done when it has changed since.',
  }),
};

/** The OpenAPI 3.1 document of all routes, from the same schemas they are served by. */
export function openApiOf(routes: Route[]) {
  const registry = new OpenAPIRegistry();
  registry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  for (const route of routes) registry.registerPath(describe(route));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '销号 Xiaohao',
      version: 'v1',
      description:
        'Instants are ISO 8601 with the offset of the campaign’s zone, days YYYY-MM-DD. In paths, an obligation’s code ' +
        'is percent-encoded: `self-inspection%232`. Every POST that acts on a case needs an Idempotency-Key.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
  });
}

function describe(route: Route): RouteConfig {
  const { method, path, tag, permission, summary, description, params, query, body, bytes, acts, answers } = route;
  const roles = [...new Set(POLICY[permission].map(({ role }) => role))];
  const types = bytes?.types ?? (route.streamsIn ? ['*/*'] : undefined);
  const content = types ? binary(types) : body && { 'application/json': { schema: body } };
  const answer = route.streamsOut ? binary(route.streamsOut.types) : { 'application/json': { schema: answers } };
  return {
    method,
    path,
    tags: [tag],
    summary,
    description: [description, `Permission: \`${permission}\` (${roles.join(', ')}).`].filter(Boolean).join('\n\n'),
    'x-permission': permission,
    'x-roles': roles,
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(acts && { headers: route.conditional ? KEY_HEADER.extend(IF_MATCH) : KEY_HEADER }),
      ...(route.headers && { headers: route.headers }),
      ...(content && { body: { content, required: true } }),
    },
    responses: {
      [route.status ?? 200]: { description: summary, content: answer },
      ...(route.streamsOut && {
        206: { description: 'The range that was asked for.', content: answer },
        304: { description: 'The reader has it.' },
      }),
      ...(acts && {
        202: {
          description: 'Decided and durable; not to be read yet. Only `decision`.',
          content: { 'application/json': { schema: answers } },
        },
      }),
      ...Object.fromEntries(problemsOf(route).map((status) => [status, problemResponse(status)])),
    },
  };
}

function binary(types: string[]) {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const, format: 'binary' } }]));
}

function problemsOf({ params, query, body, acts, conditional, problems = [] }: Route): number[] {
  return [
    ...new Set([
      401,
      403,
      429,
      503,
      ...(params ? [404] : []),
      ...(params || query || body ? [422] : []),
      ...(body ? [400, 413, 415] : []),
      ...(acts ? [400, 409, 422] : []),
      ...(conditional ? [412] : []),
      ...problems,
    ]),
  ].sort();
}

function problemResponse(status: number) {
  const description = STATUS_TITLES[status]?.en ?? String(status);
  const retry = status === 503 || status === 429;
  return {
    description,
    content: { 'application/problem+json': { schema: problemSchema } },
    ...(retry && {
      headers: { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' as const } } },
    }),
  };
}
