import type { ContentDoc, FactDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { attachedSchema, attachedTo } from '../attachments/of-content';
import { textSchema } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { obligationSchema, presentObligation } from '../present/obligation';
import { iso } from '../present/time';
import { formOf } from './filing';
import { loadObligation, viewing } from './load';
import { obligationParams } from './obligation-acts';
import { etagOf } from './precondition';

const columnSchema = z.object({
  code: z.string(),
  label: textSchema,
  kind: z.string(),
  required: z.boolean(),
  help: textSchema.optional(),
});
const fieldSchema = columnSchema.extend({ columns: z.array(columnSchema).optional() }).openapi('FormField');

const versionSchema = z.object({
  version: z.int(),
  content: z.string().openapi({ description: 'Id, for GET /contents/{id}.' }),
  digest: z.string(),
  at: z.string(),
  by: z.string(),
  onBehalf: z.string().optional(),
  attachments: z.array(attachedSchema),
  paper: z.string().optional().openapi({ description: 'Id of the scan.' }),
});

export const obligationReads: Route[] = [
  route({
    method: 'get',
    path: '/unit-campaigns/{id}/obligations/{code}',
    tag: 'obligations',
    permission: 'read-unit-campaign',
    summary: 'One obligation with its form and all versions handed in',
    description:
      'Its `ETag` changes with what is decided on (status, versions, days, corrections, decisions), not with reminders. ' +
      'Sent back as `If-Match`, an act is done only if nobody has changed it meanwhile.',
    params: obligationParams,
    answers: obligationSchema.extend({ form: z.array(fieldSchema), history: z.array(versionSchema) }),
    async handle({ params, who, services }) {
      const loaded = await loadObligation(services, who, 'read-unit-campaign', params);
      const { doc, obligation, plan } = loaded;
      const body = {
        ...presentObligation(doc.state, obligation, await viewing(services, who, loaded)),
        attachments: await attachedTo(services.store, obligation),
        form: formOf(plan, doc.state, params.code),
        history: await versionsOf(services.store, doc._id, params.code, plan.zone),
      };
      return { body, headers: { ETag: await etagOf(services.store, doc, obligation) } };
    },
  }),
];

/** Versions as the timeline has them: what was refused never became one, though its content is stored. */
async function versionsOf(store: Store, caseId: string, obligation: string, zone: string) {
  const [facts, contents] = await Promise.all([
    store.timeline
      .find({
        _id: { $gt: `${caseId}/`, $lt: `${caseId}/:` },
        about: obligation,
        type: { $in: ['filed', 'correction-agreed'] },
      })
      .sort({ _id: 1 })
      .lean<FactDoc[]>(),
    store.contents
      .find({ case: caseId, obligation }, { digest: 1, attachments: 1 })
      .lean<Pick<ContentDoc, '_id' | 'digest' | 'attachments'>[]>(),
  ]);
  const contentOf = (digest: unknown) => contents.find((one) => one.digest === digest);
  return facts.map(({ at, by, data = {} }) => ({
    version: Number(data.version),
    content: contentOf(data.digest)?._id ?? '',
    digest: String(data.digest),
    attachments: contentOf(data.digest)?.attachments ?? [],
    at: iso(at, zone),
    by: by.id,
    ...(data.onBehalf !== undefined && { onBehalf: String(data.onBehalf) }),
    ...(data.paper !== undefined && { paper: contentOf(data.paper)?._id }),
  }));
}
