import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sha256 } from '../acting/digest';
import { Problem } from './problem';

const WINDOW_MS = 60_000;

/** So many requests per minute for each token, or each address where there is none. */
export function limit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: ({ headers, ip }) =>
      headers.authorization === undefined ? ipKeyGenerator(ip ?? '') : sha256(headers.authorization),
    handler: (_request, response, next) => {
      const retryAfter = Number(response.getHeader('Retry-After') ?? WINDOW_MS / 1000);
      next(new Problem(429, 'too-many-requests', { retryAfter }));
    },
  });
}
