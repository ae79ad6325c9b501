import { caseId } from '../../domain/kinds';
import { readAttachment } from '../../store/attachments';
import type { AttachmentDoc } from '../../store/documents';
import { refusalProblem } from '../acting/refusals';
import { authorise } from '../auth/authorise';
import { idParams } from '../http/fields';
import { Problem } from '../http/problem';
import { byteSource, byteStream, type Route, route } from '../http/route';
import { z } from '../http/z';
import { opaque } from '../present/ids';
import { loadUnitCampaign } from '../unit-campaigns/load';
import { dispositionOf } from './disposition';
import { attached, attachedSchema } from './of-content';
import { rangeOf } from './range';
import { receive, refuseDeclared } from './receive';
import { ACCEPTED } from './type-by-content';

const fileName = z
  .string()
  .trim()
  // Old browsers send the whole path.
  .transform((name) => name.split(/[\\/]/).at(-1)!.normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1)
      .max(200)
      .regex(/^\P{Cc}+$/u, { error: 'input-file-name' }),
  );

export const attachmentRoutes: Route[] = [
  route({
    method: 'post',
    path: '/unit-campaigns/{id}/attachments',
    tag: 'attachments',
    permission: 'file',
    summary: 'Uploads a file, to be handed in with a form',
    description:
      `The body is the file itself: ${ACCEPTED}, by its content; what the sender calls it does not count. It needs no ` +
      'Idempotency-Key: the same bytes for the same unit campaign are the same attachment. `file` then names its id.',
    params: idParams,
    query: z.object({ name: fileName.openapi({ type: 'string', description: 'File name, shown to readers.' }) }),
    body: byteStream,
    streamsIn: true,
    answers: attachedSchema,
    problems: [409],
    async handle({ params, query, body, who, services, header }) {
      const { store, config } = services;
      const { doc, subject } = await loadUnitCampaign(services, who, 'read-unit-campaign', params.id);
      authorise(who, 'file', subject);
      if (doc.closed) throw refusalProblem('case-closed', {});
      refuseDeclared(header('content-length'), config.ATTACHMENT_LIMIT_MB);
      const of = { case: doc._id, name: query.name, by: who.id, receivedAt: await store.now() };
      return { body: attached(await receive(store, body, of, config.ATTACHMENT_LIMIT_MB)) };
    },
  }),
  route({
    method: 'get',
    path: '/attachments/{id}',
    tag: 'attachments',
    permission: 'read-unit-campaign',
    summary: 'The bytes of an attachment, or a range of them',
    description: 'Its `ETag` is the SHA-256 of its bytes.',
    params: idParams,
    headers: z.object({
      Range: z.string().optional().openapi({ description: 'One range, e.g. `bytes=0-1023`.' }),
      'If-Range': z.string().optional(),
      'If-None-Match': z.string().optional(),
    }),
    answers: byteSource,
    streamsOut: { types: ['*/*'] },
    problems: [416],
    async handle({ params, who, services, header }) {
      const { store } = services;
      const found = await store.attachments.findById(params.id).lean<AttachmentDoc>();
      const unitCampaign = found && opaque(found.case);
      if (!found || found.case !== caseId('unit-campaign', unitCampaign!)) throw new Problem(404, 'not-found');
      await loadUnitCampaign(services, who, 'read-unit-campaign', unitCampaign!);
      return download(found, header, (part) => readAttachment(store, found, part));
    },
  }),
];

type Header = (name: string) => string | undefined;

/** @throws Problem 416 for a range beyond the end. */
function download(
  found: AttachmentDoc,
  header: Header,
  read: (part?: { first: number; last: number }) => ReturnType<typeof readAttachment>,
) {
  const { digest, name, size, type } = found;
  const tag = `"${digest}"`;
  const headers = {
    ETag: tag,
    'Accept-Ranges': 'bytes',
    'Content-Type': type,
    'Content-Disposition': dispositionOf(name),
    'X-Content-Type-Options': 'nosniff',
    // Kept by the reader, but never shown to them again without asking whether they still may.
    'Cache-Control': 'private, no-cache',
  };
  const has = header('if-none-match')
    ?.split(',')
    .map((one) => one.trim().replace(/^W\//, ''));
  if (has?.some((one) => one === tag || one === '*')) return { status: 304, headers, body: () => read() };
  const whole = header('if-range') !== undefined && header('if-range') !== tag;
  const range = whole ? undefined : rangeOf(header('range'), size);
  if (range === 'unsatisfiable') {
    throw new Problem(416, 'range-not-satisfiable', {
      data: { size },
      headers: { 'Content-Range': `bytes */${size}`, 'Accept-Ranges': 'bytes' },
    });
  }
  if (!range) return { headers: { ...headers, 'Content-Length': String(size) }, body: () => read() };
  const { first, last } = range;
  return {
    status: 206,
    headers: {
      ...headers,
      'Content-Length': String(last - first + 1),
      'Content-Range': `bytes ${first}-${last}/${size}`,
    },
    body: () => read(range),
  };
}
