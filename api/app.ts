import express, { type Express } from 'express';
import helmet from 'helmet';
import { Revisions } from './acting/revisions';
import { calendarFeed } from './calendar-feeds/feed';
import { docsPage } from './docs/page';
import { makeMetrics } from './health/metrics';
import { Pulse } from './health/pulse';
import { healthRoutes } from './health/routes';
import { problems } from './http/errors';
import { limit } from './http/limit';
import { observe } from './http/observe';
import { openApiOf } from './http/openapi';
import { Problem } from './http/problem';
import { serve } from './http/serve';
import { ROUTES } from './routes';
import type { ApiParts, Services } from './services';
import { unsubscribeRoutes } from './unsubscribe/routes';

/** The API as an express application; `close` lets go of what it watches. */
export type Api = Express & { close(): Promise<void> };

/** Makes the API of one database and one engine. */
export function makeApp(parts: ApiParts): Api {
  const pulse = new Pulse(parts.store);
  const services: Services = {
    ...parts,
    revisions: new Revisions(parts.store),
    plans: parts.store.plans,
    metrics: makeMetrics(parts.store, pulse),
    pulse,
  };
  const document = openApiOf(ROUTES);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(observe(services));
  app.use(helmet());
  app.use(healthRoutes(services));
  app.use('/api/v1', limit(parts.config.RATE_LIMIT_PER_MINUTE));
  app.get('/api/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use('/api/v1', docsPage());
  app.use('/api/v1', serve(ROUTES, services));
  app.use('/calendar', limit(parts.config.RATE_LIMIT_PER_MINUTE), calendarFeed(services));
  app.use('/unsubscribe', limit(parts.config.RATE_LIMIT_PER_MINUTE), unsubscribeRoutes(services));
  app.use(() => {
    throw new Problem(404, 'no-such-route');
  });
  app.use(problems(services.log));
  return Object.assign(app, {
    async close() {
      pulse.stop();
      await services.revisions.close();
    },
  });
}
