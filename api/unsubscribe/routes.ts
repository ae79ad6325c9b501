import { type Request, Router } from 'express';
import { personOfLink, unsubscribe } from '../../store/unsubscribe';
import { unsubscribePage } from '../../templates/unsubscribe-page';
import { languageOf } from '../http/language';
import { Problem } from '../http/problem';
import type { Services } from '../services';

/**
 * Where `List-Unsubscribe` leads (RFC 8058): a POST is the one click and needs no sign-in, whatever its body; a GET
 * changes nothing. Who it is stands in the link, signed.
 */
export function unsubscribeRoutes({ store, pulse }: Pick<Services, 'store' | 'pulse'>): Router {
  const router = Router();
  const personIn = async (request: Request) => {
    const person = await pulse.during(() => personOfLink(store, String(request.params.token)));
    if (person === undefined) throw new Problem(404, 'not-found');
    return person;
  };
  router.use((_request, response, next) => {
    // The link itself is a secret: it goes neither into metrics nor to other sites.
    response.locals.route = '/unsubscribe/{token}';
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
    next();
  });
  router.get('/:token', async (request, response) => {
    await personIn(request);
    response.type('html').send(unsubscribePage(languageOf(request), false));
  });
  router.post('/:token', async (request, response) => {
    const person = await personIn(request);
    await pulse.during(() => unsubscribe(store, person));
    response.type('html').send(unsubscribePage(languageOf(request), true));
  });
  return router;
}
