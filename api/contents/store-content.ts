import type { Data } from '../../domain/case';
import type { Instant } from '../../domain/time';
import type { ContentRef } from '../../domain/unit-campaign/state';
import type { AttachedRef } from '../../store/documents';
import type { Store } from '../../store/store';
import { canonicalJson, sha256 } from '../acting/digest';

/** Something a case is to know by id and digest only. */
export interface NewContent {
  /** Of the act that brings it: storing it again changes nothing. */
  act: { id: string; at: Instant };
  case: string;
  obligation: string;
  by: string;
  form: Data;
  attachments?: AttachedRef[];
}

/** Stores what was handed in, before the case hears of it. */
export async function storeContent(store: Store, content: NewContent): Promise<ContentRef> {
  const { act, form, attachments = [], ...of } = content;
  // A form alone is digested as it always was. No form is like the other: no field of one is an object.
  const digested = attachments.length === 0 ? form : { form, attachments };
  const digest = sha256(canonicalJson(digested));
  const id = `f-${sha256(`${act.id}\n${digest}`).slice(0, 24)}`;
  await store.contents.updateOne(
    { _id: id },
    { $setOnInsert: { ...of, digest, form, ...(attachments.length > 0 && { attachments }), receivedAt: act.at } },
    { upsert: true },
  );
  return { id, digest };
}
