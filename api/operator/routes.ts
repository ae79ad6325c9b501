import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { caseView, redrive } from './case';
import { caseSchema, redriveSchema, statusSchema } from './schemas';
import { statusOf } from './status';

const tag = 'operator';
/** Ids of processes have a slash in them. */
const caseParams = z.object({
  id: z
    .string()
    .regex(/^[\w/-]{1,200}$/)
    .openapi({ description: 'Id of the process, percent-encoded, or of the case.' }),
});

export const operatorRoutes: Route[] = [
  route({
    method: 'get',
    path: '/operator/status',
    tag,
    permission: 'operate',
    summary: 'What runs, what waits, what is late',
    answers: statusSchema,
    handle: async ({ services }) => ({ body: await statusOf(services) }),
  }),
  route({
    method: 'get',
    path: '/operator/cases/{id}',
    tag,
    permission: 'operate',
    summary: 'One case: state, next step, clocks, what waits, timeline',
    params: caseParams,
    answers: caseSchema,
    async handle({ params, services, about }) {
      const body = await caseView(services, params.id);
      about(body.case);
      return { body };
    },
  }),
  route({
    method: 'post',
    path: '/operator/cases/{id}/redrive',
    tag,
    permission: 'operate',
    summary: 'A case goes on with a fresh run, and what it sent is tried again',
    description: 'Does no harm to a case that is well, however often it is asked.',
    params: caseParams,
    answers: redriveSchema,
    async handle({ params, services, about }) {
      const body = await redrive(services, params.id);
      about(body.case);
      return { body };
    },
  }),
];
