import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Services } from '../services';

/** Gives each request an id, and when it is over one log line and one measurement: no query, no body, no header. */
export function observe({ log, metrics }: Pick<Services, 'log' | 'metrics'>): RequestHandler {
  return (request, response, next) => {
    const began = process.hrtime.bigint();
    response.locals.requestId = randomUUID();
    response.set('X-Request-Id', response.locals.requestId);
    response.on('close', () => {
      const seconds = Number(process.hrtime.bigint() - began) / 1e9;
      const route: string = response.locals.route ?? 'none';
      // 499 as in nginx: the sender went away before there was an answer.
      const status = response.writableFinished ? response.statusCode : 499;
      metrics.requests.observe({ method: request.method, route, status }, seconds);
      const line = {
        request: response.locals.requestId,
        method: request.method,
        route,
        status,
        ms: Math.round(seconds * 1000),
        ...(response.locals.caseId !== undefined && { case: response.locals.caseId }),
      };
      // Probes come every few seconds and say nothing while all is well.
      const level = status >= 500 ? 'warn' : route.startsWith('/api/') ? 'info' : 'debug';
      log[level](line, 'request');
    });
    next();
  };
}
