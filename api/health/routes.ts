import { Router } from 'express';
import type { Services } from '../services';

/** A probe that hangs is as good as one that fails. */
const PATIENCE_MS = 2_500;

/** For whoever runs the service: is it alive, may it be given work, how is it doing. No permission, no names. */
export function healthRoutes({ store, engine, metrics }: Services): Router {
  const router = Router();
  router.use(['/healthz', '/readyz', '/metrics'], (request, response, next) => {
    response.locals.route = request.baseUrl;
    next();
  });

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });

  router.get('/readyz', async (_request, response) => {
    const [mongo, workers] = await Promise.all([within(store.ping().then(() => 1)), within(engine.workers())]);
    const parts = {
      mongo: mongo !== undefined,
      temporal: workers !== undefined,
      workers: workers ?? 0,
    };
    const ready = parts.mongo && parts.temporal && parts.workers > 0;
    if (!ready) response.set('Retry-After', '2');
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not-ready', parts });
  });

  router.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  return router;
}

async function within<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
  });
  return Promise.race([work.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
