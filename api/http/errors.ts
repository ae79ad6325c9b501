import type { ErrorRequestHandler, Response } from 'express';
import { OutcomeUnknown } from '../../engine/cases';
import type { Log } from '../../engine/log';
import { RehearsalBusy } from '../../rehearsal/engine-control';
import { RehearsalStuck } from '../../rehearsal/settling';
import { isStoreAway } from './away';
import { languageOf } from './language';
import { Problem, presentProblem } from './problem';

const SOON_S = 2;
const LATER_S = 5;

/** Ends every request that was not answered as asked, with problem JSON in the reader's language. */
export function problems(log: Log): ErrorRequestHandler {
  return (error, request, response, _next) => {
    const problem = problemOf(error);
    if (problem.status >= 500 && problem.code === 'internal') {
      log.error({ request: requestId(response), route: response.locals.route, err: error }, 'a request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { retryAfter, headers } = problem.details;
    if (headers) response.set(headers);
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    if (problem.status === 401) response.set('WWW-Authenticate', 'Bearer');
    response
      .status(problem.status)
      .type('application/problem+json')
      .set('Content-Language', languageOf(request))
      .send(JSON.stringify(presentProblem(problem, languageOf(request), requestId(response))));
  };
}

export function requestId(response: Response): string {
  return response.locals.requestId as string;
}

/** What any error means to whoever asked. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof OutcomeUnknown) return new Problem(503, 'outcome-unknown', { retryAfter: SOON_S });
  if (error instanceof RehearsalBusy) return new Problem(409, 'rehearsal-busy');
  if (error instanceof RehearsalStuck) return new Problem(503, 'rehearsal-stuck', { retryAfter: LATER_S });
  if (isStoreAway(error)) return new Problem(503, 'store-away', { retryAfter: LATER_S });
  return problemOfReading(error) ?? new Problem(500, 'internal', {}, { cause: error });
}

/** Errors of express and its body parsers, which carry a status. */
function problemOfReading(error: unknown): Problem | undefined {
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (type === 'entity.too.large') return new Problem(413, 'body-too-large');
  if (type === 'entity.parse.failed') return new Problem(400, 'malformed-json');
  if (status === 415) return new Problem(415, 'unsupported-media-type', { data: { expected: 'UTF-8' } });
  if (typeof status === 'number' && status >= 400 && status < 500) return new Problem(400, 'malformed-request');
  return undefined;
}
