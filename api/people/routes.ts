import type { PostDoc } from '../../store/documents';
import { personOf } from '../../store/person';
import { unsubscribe } from '../../store/unsubscribe';
import { opaqueId } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';

const tag = 'people';
const lang = z.enum(['zh', 'en']);

const personSchema = z
  .object({
    person: z.string().openapi({ description: 'As in the mail log; the address itself is never repeated.' }),
    lang: lang.optional().openapi({ description: 'What the person chose; else the lists decide, else Chinese.' }),
    optionalMails: z.boolean().openapi({ description: 'False once they unsubscribed from what is no duty.' }),
    lastDigest: z.string().optional().openapi({ format: 'date', description: 'Day of the latest mail.' }),
  })
  .openapi('Person');

const preferences = z.object({
  email: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\s@]+@[^\s@]+$/)
    .openapi({ description: 'One address is one person, whatever roles they have.' }),
  lang: lang.optional().openapi({ description: 'Left as it is when absent.' }),
  optionalMails: z.boolean().optional().openapi({ description: 'Mails that are no duty. Left as it is when absent.' }),
});

/** How people want their mail. What they are written about is not theirs to choose, but for what is no duty. */
export const peopleRoutes: Route[] = [
  route({
    method: 'post',
    path: '/people/preferences',
    tag,
    permission: 'manage-people',
    summary: 'Keeps in which language a person is written to, and whether of what is no duty',
    body: preferences,
    answers: personSchema,
    async handle({ body: { email, lang, optionalMails }, services: { store } }) {
      const _id = personOf(email);
      const change = {
        ...(lang !== undefined && { $set: { lang } }),
        ...(optionalMails === true && { $unset: { unsubscribedAt: 1 as const } }),
      };
      if (optionalMails === false) await unsubscribe(store, _id);
      const kept = await store.post
        .findOneAndUpdate({ _id }, change, { upsert: true, returnDocument: 'after' })
        .lean<PostDoc>();
      return { body: present(kept!) };
    },
  }),
  route({
    method: 'get',
    path: '/people/{person}',
    tag,
    permission: 'manage-people',
    summary: 'What the post keeps about a person',
    params: z.object({ person: opaqueId }),
    answers: personSchema,
    async handle({ params: { person }, services: { store } }) {
      return { body: present((await store.post.findById(person).lean<PostDoc>()) ?? { _id: person }) };
    },
  }),
];

function present({ _id, lang, unsubscribedAt, lastDigest }: PostDoc): z.output<typeof personSchema> {
  return {
    person: _id,
    ...(lang !== undefined && { lang }),
    optionalMails: unsubscribedAt === undefined,
    ...(lastDigest !== undefined && { lastDigest }),
  };
}
