import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { beginUpload } from '../../store/attachments';
import type { AttachmentDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { sha256 } from '../acting/digest';
import { Problem } from '../http/problem';
import { ACCEPTED, TypeByContent } from './type-by-content';

const MB = 1_000_000;

type Of = Pick<AttachmentDoc, 'case' | 'name' | 'by' | 'receivedAt'>;
type Arrived = Pick<AttachmentDoc, 'digest' | 'size' | 'type'>;

/**
 * Takes a file in as it comes, a chunk at a time. The same bytes for the same case are the same attachment, by the
 * name it had first.
 * @throws Problem 413 for what is too large, 415 for a type that is not taken, 400 where it breaks off. Nothing of it
 *   stays.
 */
export async function receive(store: Store, bytes: Readable, of: Of, mostMB: number): Promise<AttachmentDoc> {
  const upload = await beginUpload(store);
  let arrived: Arrived;
  try {
    arrived = await takeIn(bytes, mostMB * MB, (chunk) => upload.write(chunk));
  } catch (error) {
    await upload.drop();
    // What is still to come is let pass, so that the sender gets to read the answer.
    bytes.resume();
    throw error;
  }
  // Not dropped where this fails: whether it was kept is not known then, and what was not is cleared away later.
  return upload.keep({ ...of, ...arrived, _id: `a-${sha256(`${of.case}\n${arrived.digest}`).slice(0, 24)}` });
}

async function takeIn(bytes: Readable, most: number, write: (chunk: Buffer) => Promise<void>): Promise<Arrived> {
  const hash = createHash('sha256');
  const content = new TypeByContent();
  let size = 0;
  for await (const chunk of chunksOf(bytes)) {
    size += chunk.length;
    if (size > most) throw tooLarge(most);
    content.push(chunk);
    if (content.hopeless) throw unknownType();
    hash.update(chunk);
    await write(chunk);
  }
  const { type } = content;
  if (type === undefined) throw unknownType();
  return { type, size, digest: hash.digest('hex') };
}

/** @throws Problem 400 where the sender goes away in the middle. */
async function* chunksOf(bytes: Readable): AsyncGenerator<Buffer> {
  try {
    // Not destroyed when it is left early: that would close the connection before the answer.
    yield* bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new Problem(400, 'attachment-cut-off', {}, { cause: error });
  }
}

/** @throws Problem 413 before anything is read, where the sender says how much it is. */
export function refuseDeclared(length: string | undefined, mostMB: number): void {
  if (Number(length ?? 0) > mostMB * MB) throw tooLarge(mostMB * MB);
}

function tooLarge(most: number): Problem {
  return new Problem(413, 'attachment-too-large', { data: { mostMB: most / MB } });
}

function unknownType(): Problem {
  return new Problem(415, 'attachment-type', { data: { accepted: ACCEPTED } });
}
