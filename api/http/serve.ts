import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { mayEver } from '../../domain/policy';
import { canonicalJson, sha256 } from '../acting/digest';
import { authenticate } from '../auth/authenticate';
import type { Services } from '../services';
import { ifMatchOf } from './if-match';
import { languageOf } from './language';
import { Problem } from './problem';
import type { Reply, Route } from './route';
import { validated } from './validate';

/** Enough for any form; a scan has to fit as well. */
const JSON_LIMIT = '1mb';

/** Serves routes: limit → authenticate → validate → authorise → command → present. */
export function serve(routes: Route[], services: Services): Router {
  const router = Router();
  const json = express.json({ limit: JSON_LIMIT });
  for (const one of routes) {
    const body = one.bytes ? express.raw({ type: one.bytes.types, limit: one.bytes.limit }) : json;
    const parsers = one.body && !one.streamsIn ? [body] : [];
    router[one.method](expressPath(one.path), enter(one, services), ...parsers, run(one, services));
  }
  for (const [path, methods] of methodsByPath(routes)) {
    router.all(path, (_request, response) => {
      const allow = methods.join(', ').toUpperCase();
      response.set('Allow', allow);
      throw new Problem(405, 'method-not-allowed', { data: { allow } });
    });
  }
  return router;
}

/** Before anything is read: who it is, and whether their role may do such a thing at all. */
function enter(route: Route, { store, pulse }: Services): RequestHandler {
  return async (request, response, next) => {
    response.locals.route = `/api/v1${route.path}`;
    const who = await pulse.during(() => authenticate(store, request.headers.authorization));
    if (!mayEver(who.role, route.permission)) throw new Problem(403, 'forbidden');
    response.locals.who = who;
    next();
  };
}

function run(route: Route, services: Services): RequestHandler {
  return async (request, response) => {
    const params = route.params ? validated(route.params, request.params) : {};
    const query = route.query ? validated(route.query, request.query) : {};
    const key = route.acts ? keyOf(request) : '';
    const body = route.body ? validated(route.body, bodyOf(request, route)) : undefined;
    const asked = {
      params,
      query,
      body,
      who: response.locals.who,
      lang: languageOf(request),
      ...(route.conditional && ifMatchOf(request)),
      services,
      key,
      fingerprint: route.acts ? sha256(canonicalJson([route.method, route.path, params, body])) : '',
      header: (name: string) => request.get(name),
      about: (caseId: string) => {
        response.locals.caseId = caseId;
      },
    };
    const reply: Reply<unknown> = await services.pulse.during(() => route.handle(asked));
    response.set(reply.headers ?? {});
    const status = reply.status ?? route.status ?? 200;
    if (route.streamsOut) await stream(request, response, status, reply.body as () => Readable);
    else answer(response, status, reply.body);
  };
}

function answer(response: Response, status: number, body: unknown): void {
  // Not `json()`, which answers 304 for a tag the reader has: a tag names what is decided on, not every clock shown.
  response.set('Cache-Control', 'no-store').status(status).type('json').end(JSON.stringify(body));
}

async function stream(request: Request, response: Response, status: number, source: () => Readable): Promise<void> {
  response.status(status);
  if (request.method === 'HEAD' || status === 304) {
    response.end();
    return;
  }
  await pipeline(source(), response).catch((error) => {
    // Whoever goes away in the middle has had what they wanted.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** @throws Problem 415 for a body of another type than is asked for. */
function bodyOf(request: Request, route: Route): unknown {
  if (route.streamsIn) return request;
  const types = route.bytes?.types ?? ['application/json'];
  const sentSomething =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length']) > 0;
  if (sentSomething && !request.is(types)) {
    throw new Problem(415, 'unsupported-media-type', { data: { expected: types.join(', ') } });
  }
  // Of an act that needs nothing said, the body may be left out.
  return request.body ?? (route.bytes ? Buffer.alloc(0) : {});
}

function keyOf(request: Request): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,128}$/.test(key)) throw new Problem(400, 'idempotency-key-missing');
  return key;
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: Route[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const served = methods.get(expressPath(path)) ?? [];
    methods.set(expressPath(path), [...served, method]);
  }
  return methods;
}
