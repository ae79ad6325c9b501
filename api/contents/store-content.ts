import type { Data } from '../../domain/case';
import type { Instant } from '../../domain/time';
import type { ContentRef } from '../../domain/unit-campaign/state';
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
}

/** Stores what was handed in, before the case hears of it. */
export async function storeContent(store: Store, content: NewContent): Promise<ContentRef> {
  const { act, form, ...of } = content;
  const digest = sha256(canonicalJson(form));
  const id = `f-${sha256(`${act.id}\n${digest}`).slice(0, 24)}`;
  await store.contents.updateOne(
    { _id: id },
    { $setOnInsert: { ...of, digest, form, receivedAt: act.at } },
    { upsert: true },
  );
  return { id, digest };
}
