import { type Approval, decide, handOn, holderOf } from '../approval';
import { isRefusal, type Refusal, type Step } from '../case';
import { acceptance, otherVersion, reviewer } from './filing';
import type { ObligationMessage } from './messages';
import { newTarget } from './schedule';
import type { ObligationState, Proposal } from './state';
import { mail, type ObligationOutcome, type ObligationTurn, today, toFiler } from './turn';

type Of<T extends ObligationMessage['type']> = ObligationTurn<Extract<ObligationMessage, { type: T }>>;

/** Somebody begins to look at it; the unit can no longer take it back. */
export function startReview(turn: Of<'start-review'>): ObligationOutcome | Refusal {
  const { obligation, by } = turn;
  const trouble = mayNotReview(turn);
  if (trouble) return trouble;
  return {
    change: { approval: { ...obligation.approval!, takenBy: by.id } },
    facts: [{ type: 'review-started', data: { version: obligation.submission!.version } }],
  };
}

export function accept(turn: Of<'accept'>): ObligationOutcome | Refusal {
  const { obligation, message } = turn;
  const decided = decideOn(turn, 'approve', message.note);
  if (isRefusal(decided)) return decided;
  const { approval, result } = decided;
  const version = obligation.submission!.version;
  if (result === 'pending') {
    return {
      to: 'under-review',
      change: { approval },
      facts: [{ type: 'step-approved', data: { version, step: approval.decisions.at(-1)!.step } }],
      mails: [deskMail(turn, approval)],
    };
  }
  const settled = acceptance(turn, obligation.submission!);
  const fact = {
    type: 'accepted',
    data: { version, digest: message.seen, onTime: settled.onTime, note: message.note },
  };
  return {
    to: 'accepted',
    change: { approval, ...settled },
    facts: [fact],
    mails: [mail(turn, 'accepted', toFiler(turn), { version, onTime: settled.onTime })],
  };
}

/** Sent back with reasons and a new day. The first due day stays the measure, the ladder keeps its rung. */
export function sendBack(turn: Of<'return'>): ObligationOutcome | Refusal {
  const { obligation, message, state, terms, at } = turn;
  if (message.redo <= today(turn)) return { refused: 'date-not-later', data: { than: today(turn) } };
  const reasons = message.reasons.map((reason) => ({ ...reason }));
  const decided = decideOn(turn, 'return', reasons.map((reason) => reason.text).join('\n'));
  if (isRefusal(decided)) return decided;
  const waiting = { ...obligation, redo: message.redo };
  const version = obligation.submission!.version;
  return {
    to: 'returned',
    change: {
      redo: message.redo,
      approval: decided.approval,
      correction: undefined,
      // The new day answers what was asked about the old one.
      extension: undefined,
      ...newTarget(terms, state.unit, waiting, at, obligation.ladder.step),
    },
    facts: [{ type: 'returned', data: { version, digest: message.seen, reasons, redo: message.redo } }],
    mails: [mail(turn, 'returned', toFiler(turn), { version, reasons, due: message.redo })],
  };
}

export function correct(turn: Of<'correct'>): ObligationOutcome | Refusal {
  const { message, by } = turn;
  const trouble = mayNotReview(turn) ?? otherVersion(turn);
  if (trouble) return trouble;
  return {
    change: { correction: { content: message.content, by: by.id, note: message.note } },
    facts: [{ type: 'correction-proposed', data: { digest: message.content.digest, note: message.note } }],
    mails: [mail(turn, 'correction-proposed', toFiler(turn), { note: message.note })],
  };
}

/** Accepted by mistake: the acceptance is undone and the reviewer has it again. */
export function reopen(turn: Of<'reopen'>): ObligationOutcome | Refusal {
  const { obligation, message, terms, at } = turn;
  const route = terms.routes.find((one) => one.code === turn.duty.review);
  if (!route) return { refused: 'nothing-to-review' };
  const approval: Approval = {
    ...handOn({ ...obligation.approval!, holder: -1, step: 0 }, at, terms.calendar),
    decisions: [],
  };
  return {
    change: { approval, acceptedAt: undefined, onTime: undefined, proposals: revived(obligation) },
    facts: [{ type: 'reopened', data: { reason: message.reason } }],
    mails: [
      mail(turn, 'review-asked', reviewer(turn, 0), {
        version: obligation.submission!.version,
        reason: message.reason,
      }),
    ],
  };
}

/** What the undone acceptance had settled: the latest proposal of each kind, if the ladder still stands on it. */
function revived({ proposals, ladder }: ObligationState): Proposal[] {
  return proposals.map((one, index) => {
    const latest = !proposals.slice(index + 1).some((later) => later.measure === one.measure);
    return latest && one.status === 'withdrawn' && one.step <= ladder.step ? { ...one, status: 'open' } : one;
  });
}

/** The reviewer's working days are over: another one, then the office; never an approval by silence. */
export function reviewOverdue(turn: ObligationTurn<Step>): ObligationOutcome {
  const approval = handOn(turn.obligation.approval!, turn.at, turn.terms.calendar);
  const holder = holderOf(approval);
  return {
    change: { approval },
    facts: [{ type: 'review-handed-on', data: { to: holder.role, nth: holder.nth } }],
    mails: [deskMail(turn, approval, 'review-handed-on')],
  };
}

function deskMail(turn: ObligationTurn<unknown>, approval: Approval, kind = 'review-asked') {
  const holder = holderOf(approval);
  const to =
    holder.role === 'reviewer' ? reviewer(turn, holder.nth) : { campaign: turn.state.campaign, role: holder.role };
  return mail(turn, kind, to, { version: turn.obligation.submission!.version });
}

/** Nobody reviews what they filed themselves (代录 by the office included). */
function mayNotReview(turn: ObligationTurn<unknown>): Refusal | undefined {
  const submission = turn.obligation.submission!;
  const own = submission.filedBy === turn.by.id || submission.signedBy === turn.by.id;
  return own ? { refused: 'own-submission' } : undefined;
}

function decideOn(turn: ObligationTurn<{ seen: string }>, decision: 'approve' | 'return', reason?: string) {
  const trouble = mayNotReview(turn) ?? otherVersion(turn);
  if (trouble) return trouble;
  const { obligation, by, message, at, terms } = turn;
  return decide(obligation.approval!, by, decision, message.seen, at, terms.calendar, reason);
}
