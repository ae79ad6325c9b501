import { fnv1a64 } from '../id';
import type { ObligationState } from './state';

/** Facts about an obligation that leave what a person decides on as it was: what clocks do, and words to hurry. */
export const QUIET_FACTS: readonly string[] = [
  'reminded',
  'urged',
  'due-missed',
  'ladder-step',
  'proposed',
  'review-handed-on',
];

/**
 * Names what a person sees of an obligation and decides on, in 16 hex digits: two states have the same tag when
 * whoever looked at one of them may act on the other. Reminders, the ladder, a day that has passed and the desk a
 * review was handed on to are no part of it: they come by themselves, and nobody is to be turned away for them.
 */
export function contentTag(one: ObligationState): string {
  const { code, status, due, redo, versions, submission, approval, extension, correction, acceptedAt } = one;
  // Lists, with null for what is absent: a state that has been through a database or a history has other key orders.
  const seen = [
    ...[code, status, due, redo, versions, acceptedAt].map((part) => part ?? null),
    submission ? [submission.id, submission.digest, submission.version, submission.signedAt ?? null] : null,
    // The route's step grows by decisions only; who holds it changes by the clock.
    approval ? [approval.step, approval.decisions.map(({ step, by, at, decision }) => [step, by, at, decision])] : null,
    extension ? [extension.to, extension.reason, extension.askedAt] : null,
    correction ? [correction.content.id, correction.content.digest, correction.note] : null,
    one.proposals.filter(({ status: how }) => PEOPLE_SETTLED.includes(how)).map(({ step, status: how }) => [step, how]),
  ];
  return fnv1a64(JSON.stringify(seen));
}

/** How a person ends a proposal; that one is opened or loses its reason comes with something else. */
const PEOPLE_SETTLED: readonly string[] = ['held', 'refused', 'rejected'];
