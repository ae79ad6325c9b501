import type { FeedDoc } from '../../store/documents';
import { createFeed, feedsOf, revokeFeed } from '../../store/feeds';
import { idParams } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { iso, NO_ZONE } from '../present/time';

const feedSchema = z
  .object({
    id: z.string(),
    lang: z.enum(['zh', 'en']),
    label: z.string(),
    createdAt: z.string(),
  })
  .openapi('CalendarFeed');

/** A telephone, a computer, and some more; a page that makes one at every visit must not go on for ever. */
const MOST = 20;

const common = { tag: 'calendar feeds', permission: 'keep-calendar-feeds' as const };

export const calendarFeedRoutes: Route[] = [
  route({
    ...common,
    method: 'get',
    path: '/calendar-feeds',
    summary: 'One’s own calendar feeds, without their addresses',
    answers: z.object({ items: z.array(feedSchema) }),
    async handle({ who, services: { store } }) {
      return { body: { items: (await feedsOf(store, who.id)).map(presentFeed) } };
    },
  }),
  route({
    ...common,
    method: 'post',
    path: '/calendar-feeds',
    summary: 'Makes a private calendar feed; its address is shown this once',
    description:
      'Whoever has the address reads the calendar, without signing in: it is kept like a password. It can be read as ' +
      'long as neither it nor the token it was made with has ended. A filer or head sees the duties of their own unit ' +
      'and of those it supervises; a reviewer the review clocks on their desk; admin and leader the dates of campaigns, ' +
      'open proposals, and reviews handed on to them.',
    body: z.strictObject({
      lang: z.enum(['zh', 'en']).optional().openapi({ description: 'Else the language of the request.' }),
      label: z.string().trim().max(100).default('').openapi({ description: 'What it is for, e.g. “my phone”.' }),
    }),
    answers: feedSchema.extend({ url: z.string().openapi({ example: 'https://xiaohao.example/calendar/….ics' }) }),
    status: 201,
    problems: [409],
    async handle({ body, who, lang, services: { store, config } }) {
      if ((await feedsOf(store, who.id)).length >= MOST)
        throw new Problem(409, 'too-many-feeds', { data: { most: MOST } });
      const { doc, secret } = await createFeed(store, who.id, { lang: body.lang ?? lang, label: body.label });
      const url = `${config.BASE_URL.replace(/\/+$/, '')}/calendar/${secret}.ics`;
      return { body: { ...presentFeed(doc), url } };
    },
  }),
  route({
    ...common,
    method: 'delete',
    path: '/calendar-feeds/{id}',
    summary: 'Ends one of one’s own calendar feeds at once',
    params: idParams,
    answers: z.object({ id: z.string(), revoked: z.boolean() }),
    async handle({ params, who, services: { store } }) {
      if (!(await revokeFeed(store, who.id, params.id))) throw new Problem(404, 'not-found');
      return { body: { id: params.id, revoked: true } };
    },
  }),
];

function presentFeed({ _id, lang, label, createdAt }: FeedDoc): z.output<typeof feedSchema> {
  return { id: _id, lang, label, createdAt: iso(createdAt, NO_ZONE) };
}
