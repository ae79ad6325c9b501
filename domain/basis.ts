import type { CaseState, Envelope, Refusal } from './case';
import { contentTag } from './unit-campaign/content-tag';
import type { ObligationState } from './unit-campaign/state';

/**
 * Refuses a message that was sent on the strength of something that is no longer so (`If-Match`): the envelope names
 * the tags of what its sender looked at. Beside the rules, not in them: what is possible is theirs to say, and an
 * envelope without a basis, as in every history before there was one, is never looked at here.
 * @param revision of the case before the message, up to which a reader can wait for what changed
 */
export function movedOn(state: CaseState, { basis, message }: Envelope, revision: number): Refusal | undefined {
  if (basis === undefined || !('obligations' in state) || !('obligation' in message)) return undefined;
  const obligation = (state.obligations as ObligationState[]).find(({ code }) => code === message.obligation);
  if (!obligation || basis.includes(contentTag(obligation))) return undefined;
  return { refused: 'precondition-failed', data: { revision } };
}
