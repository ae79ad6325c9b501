import { openApproval } from '../approval';
import type { Refusal } from '../case';
import { endOfDay } from '../time';
import type { ObligationMessage } from './messages';
import { resumed, targetOf } from './schedule';
import type { ObligationState, Submission } from './state';
import { mail, type ObligationOutcome, type ObligationTurn, toHead, toOffice } from './turn';

type Of<T extends ObligationMessage['type']> = ObligationTurn<Extract<ObligationMessage, { type: T }>>;

/** A version is handed in. It is complete at once where no second signature is asked for. */
export function file(turn: Of<'file'>): ObligationOutcome | Refusal {
  const { message, obligation, duty, terms, by, at } = turn;
  const version = obligation.versions + 1;
  const submission: Submission = {
    ...message.content,
    version,
    filedAt: at,
    filedBy: by.id,
    ...(message.onBehalf && { onBehalf: message.onBehalf }),
  };
  const filed = {
    type: 'filed',
    data: {
      version,
      digest: message.content.digest,
      ...(message.onBehalf && { onBehalf: message.onBehalf }),
      ...(message.paper && { paper: message.paper.digest }),
    },
  };
  const change = { versions: version, submission };
  if (duty.signedByHead && !terms.onePerson && !message.paper) {
    return { to: 'filed', change, facts: [filed], mails: [mail(turn, 'sign-asked', toHead(turn))] };
  }
  const done = complete(turn, submission);
  return { ...done, change: { ...change, ...done.change }, facts: [filed, ...done.facts] };
}

/** The head signs what was filed. */
export function sign(turn: Of<'sign'>): ObligationOutcome | Refusal {
  const stale = otherVersion(turn);
  return stale ?? complete(turn, turn.obligation.submission!);
}

/**
 * The submission is complete: it halts the ladder and goes to its desk, or is simply recorded
 * where the plan asks for no review.
 */
function complete(turn: ObligationTurn<unknown>, filed: Submission): ObligationOutcome {
  const { obligation, duty, terms, by, at, receivedAt } = turn;
  const submission: Submission = { ...filed, signedAt: at, completeAt: receivedAt, signedBy: by.id };
  const onTime = isOnTime(turn, submission);
  const signed = { type: 'signed', data: { version: submission.version, digest: submission.digest, onTime } };
  // The last-minute filing that reached us late: what was recorded as missed was not.
  const missed = obligation.missed && receivedAt > obligation.dueAt;
  const change: Partial<ObligationState> = { submission, missed };
  const route = terms.routes.find((one) => one.code === duty.review);
  if (!route) {
    return {
      to: 'accepted',
      change: { ...change, ...acceptance(turn, submission) },
      facts: [signed, { type: 'recorded', data: { onTime } }],
    };
  }
  const approval = openApproval(route, at, terms.calendar);
  return {
    to: 'signed',
    change: { ...change, approval },
    facts: [signed],
    mails: [mail(turn, 'review-asked', reviewer(turn, 0), { version: submission.version })],
  };
}

/** Judged by the day in force when it was complete, moved and extended days included. */
function isOnTime(turn: ObligationTurn<unknown>, submission: Submission): boolean {
  return submission.completeAt! <= firstDueAt(turn);
}

/** 24:00 of the day the assessment goes by: a return gives a new day to work with, not a new measure. */
function firstDueAt({ obligation, terms }: ObligationTurn<unknown>): number {
  return obligation.redo ? endOfDay(obligation.due, terms.calendar.zone) : obligation.dueAt;
}

/** What an acceptance settles. Proposals that are still open lose their reason. */
export function acceptance(turn: ObligationTurn<unknown>, submission: Submission): Partial<ObligationState> {
  return {
    acceptedAt: turn.at,
    onTime: isOnTime(turn, submission),
    proposals: withdrawn(turn.obligation),
    extension: undefined,
    correction: undefined,
  };
}

/** The proposals after their reason fell away. */
export function withdrawn(obligation: ObligationState): ObligationState['proposals'] {
  return obligation.proposals.map((one) => (one.status === 'open' ? { ...one, status: 'withdrawn' as const } : one));
}

/** Taken back before anybody looked at it. */
export function withdraw(turn: Of<'withdraw'>): ObligationOutcome | Refusal {
  const { obligation, state, terms, at } = turn;
  const { reminders, ladder } = resumed(terms, state.unit, obligation, at);
  return {
    to: obligation.redo ? 'returned' : 'pending',
    change: { submission: undefined, approval: undefined, reminders, ladder },
    facts: [{ type: 'withdrawn', data: { version: obligation.submission!.version, reason: turn.message.reason } }],
  };
}

/** More time is asked for, before the day has passed. */
export function askExtension(turn: Of<'ask-extension'>): ObligationOutcome | Refusal {
  const { message, obligation, receivedAt, at } = turn;
  if (receivedAt > obligation.dueAt) return { refused: 'extension-too-late', data: { due: targetOf(obligation) } };
  if (message.to <= targetOf(obligation)) return { refused: 'date-not-later', data: { than: targetOf(obligation) } };
  return {
    change: { extension: { to: message.to, reason: message.reason, askedAt: at } },
    facts: [{ type: 'extension-asked', data: { to: message.to, reason: message.reason } }],
    mails: [mail(turn, 'extension-asked', toOffice(turn), { to: message.to, reason: message.reason })],
  };
}

/** The unit agrees with the reviewer's small correction; it becomes the next version. */
export function consent(turn: Of<'consent'>): ObligationOutcome | Refusal {
  const { obligation, by, at, message } = turn;
  const correction = obligation.correction!;
  if (message.seen !== correction.content.digest)
    return { refused: 'stale-version', data: { now: correction.content.digest } };
  const version = obligation.versions + 1;
  const submission: Submission = { ...obligation.submission!, ...correction.content, version };
  return {
    change: { versions: version, submission, correction: undefined },
    facts: [{ type: 'correction-agreed', data: { version, digest: submission.digest, agreedBy: by.id, at } }],
  };
}

export function decline(turn: Of<'decline'>): ObligationOutcome | Refusal {
  return {
    change: { correction: undefined },
    facts: [{ type: 'correction-declined', data: { reason: turn.message.reason } }],
  };
}

/** A decision names the version it was made on; another one in between makes it void. */
export function otherVersion(turn: ObligationTurn<{ seen: string }>): Refusal | undefined {
  const now = turn.obligation.submission!.digest;
  return turn.message.seen === now ? undefined : { refused: 'stale-version', data: { now } };
}

export function reviewer(turn: ObligationTurn<unknown>, nth: number) {
  return { campaign: turn.state.campaign, role: 'reviewer' as const, sector: turn.duty.sector, nth };
}
