import { type RequestHandler, Router } from 'express';
import { mayEver, type Person } from '../../domain/policy';
import type { FeedDoc } from '../../store/documents';
import { findFeed } from '../../store/feeds';
import { feedFile } from '../../templates/calendar/feed';
import { sha256 } from '../acting/digest';
import { holderOf } from '../auth/authenticate';
import { Problem } from '../http/problem';
import type { Services } from '../services';
import { unitsById } from '../units/load';
import { changesOf } from './changes';
import { entriesOf } from './entries';

const SECRET = /^([\w-]{40,50})\.ics$/;
const NAME = { zh: '集中整治', en: 'Rectification campaign' };

/**
 * `GET /calendar/<secret>.ics`: a person's calendar for the calendar program that subscribes to it. The address is
 * all there is to show; whatever is wrong with it is the same 404.
 */
export function calendarFeed(services: Services): Router {
  const router = Router();
  const answer: RequestHandler<{ file: string }> = async (request, response) => {
    // The secret must not come into the log.
    response.locals.route = '/calendar/{secret}.ics';
    const secret = SECRET.exec(request.params.file)?.[1];
    const found = secret && (await services.pulse.during(() => findFeed(services.store, secret)));
    if (!found) throw new Problem(404, 'not-found');
    const who = holderOf(found.token);
    if (!mayEver(who.role, 'keep-calendar-feeds')) throw new Problem(404, 'not-found');
    const file = await services.pulse.during(() => calendarOf(services, who, found.feed));
    response.set({
      // To be asked again each time: a revoked address must not live on in a cache.
      'Cache-Control': 'private, no-cache',
      'Content-Disposition': 'inline; filename="xiaohao.ics"',
      'X-Robots-Tag': 'noindex',
      ETag: `"${sha256(file).slice(0, 32)}"`,
    });
    // Answers 304 by itself where the reader has it already.
    response.type('text/calendar; charset=utf-8').send(file);
  };
  router.get('/:file', answer);
  return router;
}

async function calendarOf(services: Services, who: Person, { lang }: FeedDoc): Promise<string> {
  const { store, config } = services;
  const { entries, campaigns, cut } = await entriesOf(services, who);
  const [units, changedOf] = await Promise.all([
    unitsById(store, [...new Set(entries.flatMap(({ unit }) => (unit === undefined ? [] : [unit])))]),
    changesOf(store, entries, campaigns),
  ]);
  return feedFile(entries, {
    lang,
    name: NAME,
    baseUrl: config.BASE_URL,
    plans: new Map([...campaigns.values()].map(({ _id, plan }) => [_id, plan])),
    unitNames: new Map([...units.values()].map(({ id, name }) => [id, name])),
    changedOf,
    cut,
  });
}
