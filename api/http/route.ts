import type { Readable } from 'node:stream';
import type { Action, Person } from '../../domain/policy';
import type { Services } from '../services';
import type { Lang } from './problem';
import { z } from './z';

/** A request that has been read, and whose sender is known. */
export interface Asked<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  who: Person;
  lang: Lang;
  services: Services;
  /** Of a route that acts on a case: the sender's key, and the digest of what it was used for. */
  key: string;
  fingerprint: string;
  /** Of a route that is `conditional`: the tags of `If-Match`, without their quotes; absent when it was not sent. */
  ifMatch?: string[];
  /** A header of the request. */
  header(name: string): string | undefined;
  /** Puts the case's id into the log line of the request. */
  about(caseId: string): void;
}

export interface Reply<T> {
  /** Else the route's own. */
  status?: number;
  body: T;
  headers?: Record<string, string>;
}

/** A route, once: from this it is served, and from this it is described in the OpenAPI document. */
export interface RouteDefinition<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** As in OpenAPI: `/campaigns/{id}`. */
  path: string;
  tag: string;
  permission: Action;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Types of a body that is taken as bytes rather than JSON, and how large it may be. */
  bytes?: { types: string[]; limit: string };
  /** Its body is any bytes, read as they come: `body` is `byteStream`, and the route itself says how many. */
  streamsIn?: boolean;
  /** What it answers when all is well. */
  answers: R;
  /** It answers bytes of these types, and `body` makes the stream of them: `answers` is `byteSource`. */
  streamsOut?: { types: string[] };
  status?: 200 | 201;
  /** Statuses of problems it may answer beside those any route may. */
  problems?: number[];
  /** It acts on a case: `Idempotency-Key` is required, and the answer may be 202. */
  acts?: boolean;
  /** It heeds `If-Match`: what its sender looked at must still be so, else 412. */
  conditional?: boolean;
  /** Headers it heeds, for the description. */
  headers?: z.ZodObject;
  handle(asked: Asked<z.output<P>, z.output<Q>, z.output<B>>): Promise<Reply<z.input<R>>>;
}

// biome-ignore lint/suspicious/noExplicitAny: in a list of routes each has its own types, held together by `route`.
export type Route = RouteDefinition<any, any, any, any>;

export const byteStream = z.custom<Readable>();
/** Not called where only the headers are asked for. */
export const byteSource = z.custom<() => Readable>();

/** Declares a route; its types follow from its schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  definition: RouteDefinition<P, Q, B, R>,
): Route {
  return definition;
}
