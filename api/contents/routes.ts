import { caseId } from '../../domain/kinds';
import type { ContentDoc } from '../../store/documents';
import { attachedSchema } from '../attachments/of-content';
import { idParams } from '../http/fields';
import { Problem } from '../http/problem';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { iso } from '../present/time';
import { loadUnitCampaign } from '../unit-campaigns/load';

const contentSchema = z
  .object({
    id: z.string(),
    unitCampaign: z.string(),
    obligation: z.string(),
    digest: z.string(),
    receivedAt: z.string(),
    by: z.string(),
    form: z.record(z.string(), z.unknown()),
    attachments: z.array(attachedSchema),
  })
  .openapi('Content');

export const contentRoutes: Route[] = [
  route({
    method: 'get',
    path: '/contents/{id}',
    tag: 'contents',
    permission: 'read-unit-campaign',
    summary: 'What was handed in: the form of a version, or the scan of a paper',
    params: idParams,
    answers: contentSchema,
    async handle({ params, who, services }) {
      const content = await services.store.contents.findById(params.id).lean<ContentDoc>();
      if (!content) throw new Problem(404, 'not-found');
      const id = opaque(content.case);
      if (content.case !== caseId('unit-campaign', id)) throw new Problem(404, 'not-found');
      const { plan } = await loadUnitCampaign(services, who, 'read-unit-campaign', id);
      const { obligation, digest, by, form, attachments = [] } = content;
      const receivedAt = iso(content.receivedAt, plan.zone);
      return { body: { id: content._id, unitCampaign: id, obligation, digest, receivedAt, by, form, attachments } };
    },
  }),
];
