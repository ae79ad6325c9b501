import type { ObligationState } from '../../domain/unit-campaign/state';
import type { AttachedRef, AttachmentDoc, ContentDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { INPUT_TROUBLES } from '../../templates/errors';
import { opaqueId } from '../http/fields';
import { Problem } from '../http/problem';
import { z } from '../http/z';

const MOST = 50;

export const attachedSchema = z
  .object({
    id: z.string().openapi({ description: 'For GET /attachments/{id}.' }),
    name: z.string(),
    type: z.string().openapi({ description: 'By its content.', example: 'application/pdf' }),
    size: z.int().openapi({ description: 'Bytes.' }),
    digest: z.string().openapi({ description: 'SHA-256.' }),
  })
  .openapi('Attachment');

export const attachmentIds = z
  .array(opaqueId)
  .max(MOST)
  .openapi({ description: 'Ids of attachments uploaded to this unit campaign; the version’s digest covers them.' });

/** An attachment as contents name it, and as its reader gets it. */
export function attached({ _id, name, type, size, digest }: AttachmentDoc): AttachedRef {
  return { id: _id, name, type, size, digest };
}

/**
 * The attachments of a unit's campaign with these ids, in this order, each once.
 * @throws Problem 422 that names each id that is not there, or belongs to another unit.
 */
export async function attachmentsNamed(store: Store, caseId: string, ids: string[] = []): Promise<AttachedRef[]> {
  if (ids.length === 0) return [];
  const found = await store.attachments.find({ _id: { $in: ids }, case: caseId }).lean<AttachmentDoc[]>();
  const byId = new Map(found.map((one) => [one._id, attached(one)]));
  const errors = ids.flatMap((id, index) =>
    byId.has(id)
      ? []
      : [{ field: `attachments.${index}`, code: 'unknown-attachment', message: INPUT_TROUBLES['input-attachment']! }],
  );
  if (errors.length > 0) throw new Problem(422, 'invalid-input', { errors });
  return [...new Set(ids)].map((id) => byId.get(id)!);
}

/** What came with the version of an obligation that is handed in now. */
export async function attachedTo(store: Store, { submission }: ObligationState): Promise<AttachedRef[]> {
  if (!submission) return [];
  const content = await store.contents
    .findById(submission.id, { attachments: 1 })
    .lean<Pick<ContentDoc, 'attachments'>>();
  return content?.attachments ?? [];
}
