import { takeReport } from '../../store/addresses';
import { type Route, route } from '../http/route';
import { z } from '../http/z';

const reportSchema = z.object({
  messageId: z.string().trim().min(3).max(300).optional().openapi({ description: 'Of the letter, when it is known.' }),
  recipient: z
    .string()
    .trim()
    .max(300)
    .regex(/^[^\s@]+@[^\s@]+$/),
  status: z
    .string()
    .trim()
    .regex(/^([245]\.\d{1,3}\.\d{1,3}|[245]\d\d)$/)
    .openapi({ description: 'RFC 3463 (`5.1.1`), or the reply code of the mail server (`550`).' }),
});

const takenSchema = z.object({
  verdict: z.enum(['bad', 'refused', 'passing', 'good']),
  person: z.string().optional(),
  mail: z.string().optional().openapi({ description: 'The letter, where the Message-ID is one of ours.' }),
});

/** A webhook for whoever delivers the mail. */
export const bounceRoute: Route = route({
  method: 'post',
  path: '/bounces',
  tag: 'mails',
  permission: 'manage-people',
  summary: 'What became of a letter: an address nobody is behind is passed over from now on',
  description:
    'A permanent failure of the address (5.1, 5.4, 550 …) marks it bad, and what was in the letter goes to the deputy, ' +
    'or onto the list of the unreachable. 2.x marks it good again; 4.x changes nothing.',
  body: reportSchema,
  answers: takenSchema,
  async handle({ body: { messageId, ...report }, services: { store } }) {
    const named = messageId !== undefined && { messageId };
    return { body: await takeReport(store, { ...report, ...named, source: 'webhook' }) };
  },
});
