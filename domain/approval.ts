import { addWorkingDays, type Calendar } from './calendar';
import type { Actor, Refusal } from './case';
import type { ApprovalRoute, ApprovalStep, StaffRole } from './plan';
import { dateOf, endOfDay, type Instant } from './time';

/** Where an approval stands. One engine for all kinds of cases (DOMAIN.md, Approval). */
export interface Approval {
  route: string;
  steps: ApprovalStep[];
  /** Index of the step that is being decided. */
  step: number;
  /** Place in the step's chain of holders: 0 is the step's own role, then `handOn` in order. */
  holder: number;
  /** When the holder's working days are over. */
  dueAt: Instant;
  /** Opaque id of whoever has begun to look at it. */
  takenBy?: string;
  decisions: ApprovalDecision[];
}

export interface ApprovalDecision {
  step: string;
  by: string;
  role: string;
  at: Instant;
  decision: 'approve' | 'return' | 'reject';
  reason?: string;
  /** Digest of the version that was seen. */
  seen: string;
}

/** Who holds a step: a role, and which of those who have it. */
export interface Holder {
  role: StaffRole;
  nth: number;
}

/** Opens a route at its first step. */
export function openApproval(route: ApprovalRoute, at: Instant, calendar: Calendar): Approval {
  const first = route.steps[0];
  if (!first) throw new Error(`route ${route.code} has no steps`);
  return {
    route: route.code,
    steps: route.steps,
    step: 0,
    holder: 0,
    dueAt: stepDue(first, at, calendar),
    decisions: [],
  };
}

/** Whose desk it lies on now. */
export function holderOf(approval: Approval): Holder {
  return chainOf(currentStep(approval))[approval.holder]!;
}

/**
 * One person's decision on the current step.
 * @returns the approval after it and how the whole stands; or a refusal: `not-your-turn` for a role
 *   the step has not (yet) come to, `already-decided` for a person who has decided this step.
 */
export function decide(
  approval: Approval,
  by: Actor,
  decision: ApprovalDecision['decision'],
  seen: string,
  at: Instant,
  calendar: Calendar,
  reason?: string,
): { approval: Approval; result: 'pending' | 'approved' | 'returned' | 'rejected' } | Refusal {
  const step = currentStep(approval);
  const reached = chainOf(step).slice(0, approval.holder + 1);
  if (!reached.some((holder) => holder.role === by.role)) {
    return { refused: 'not-your-turn', data: { step: step.code, with: holderOf(approval).role } };
  }
  const ofThisStep = approval.decisions.filter((made) => made.step === step.code);
  if (ofThisStep.some((made) => made.by === by.id)) return { refused: 'already-decided', data: { step: step.code } };

  const made: ApprovalDecision = { step: step.code, by: by.id, role: by.role, at, decision, seen, reason };
  const decisions = [...approval.decisions, made];
  if (decision === 'return') return { approval: { ...approval, decisions }, result: 'returned' };
  if (decision === 'reject') return { approval: { ...approval, decisions }, result: 'rejected' };

  const approvals = ofThisStep.length + 1;
  if (approvals < needed(step)) return { approval: { ...approval, decisions }, result: 'pending' };
  const nextStep = approval.steps[approval.step + 1];
  if (!nextStep) return { approval: { ...approval, decisions }, result: 'approved' };
  return {
    approval: {
      ...approval,
      decisions,
      step: approval.step + 1,
      holder: 0,
      takenBy: undefined,
      dueAt: stepDue(nextStep, at, calendar),
    },
    result: 'pending',
  };
}

/** The holder's clock ran out: the next in the chain holds it; the last one is urged again. Never an approval. */
export function handOn(approval: Approval, at: Instant, calendar: Calendar): Approval {
  const step = currentStep(approval);
  const last = chainOf(step).length - 1;
  return {
    ...approval,
    holder: Math.min(approval.holder + 1, last),
    takenBy: undefined,
    dueAt: stepDue(step, at, calendar),
  };
}

function currentStep(approval: Approval): ApprovalStep {
  return approval.steps[approval.step]!;
}

/** The step's own role first, then those it is handed on to; `another` is the next of the same role. */
function chainOf(step: ApprovalStep): Holder[] {
  const chain: Holder[] = [{ role: step.by, nth: 0 }];
  for (const next of step.handOn) {
    const role = next === 'another' ? step.by : next;
    chain.push({ role, nth: chain.filter((holder) => holder.role === role).length });
  }
  return chain;
}

function needed(step: ApprovalStep): number {
  if (step.quorum === 'one') return 1;
  if (step.quorum === 'all') return chainOf(step).filter((holder) => holder.role === step.by).length;
  return step.quorum.any;
}

function stepDue(step: ApprovalStep, at: Instant, calendar: Calendar): Instant {
  return endOfDay(addWorkingDays(calendar, dateOf(at, calendar.zone), step.workingDays), calendar.zone);
}
