import type { RequestListener } from 'node:http';
import type { Express } from 'express';
import { Problem, presentProblem } from './problem';

const RETRY_S = 2;

/**
 * Listens before there is a database to answer from: alive, not ready, and 503 for everything else until the app
 * comes in.
 */
export class WaitingRoom {
  private app: Express | undefined;

  readonly listener: RequestListener = (request, response) => {
    if (this.app) {
      this.app(request, response);
      return;
    }
    const alive = request.url === '/healthz';
    const problem = new Problem(503, 'starting', { retryAfter: RETRY_S });
    const lang = request.headers['accept-language']?.startsWith('en') ? 'en' : 'zh';
    const body = alive ? { status: 'alive' } : presentProblem(problem, lang, '');
    response.writeHead(alive ? 200 : 503, {
      'Content-Type': alive ? 'application/json' : 'application/problem+json',
      ...(!alive && { 'Retry-After': String(RETRY_S) }),
    });
    response.end(JSON.stringify(body));
  };

  admit(app: Express): void {
    this.app = app;
  }
}
