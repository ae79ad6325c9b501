import { holderOf } from '../../domain/approval';
import type { Plan, Text } from '../../domain/plan';
import { type Action, can, type Person, type Subject } from '../../domain/policy';
import type { Instant } from '../../domain/time';
import { dutyOf, isOwed, type ObligationState, type UnitCampaignState } from '../../domain/unit-campaign/state';
import { OBLIGATION_TABLE } from '../../domain/unit-campaign/table';
import { attachedSchema } from '../attachments/of-content';
import { textSchema } from '../http/fields';
import { z } from '../http/z';
import { iso } from './time';

const submission = z.object({
  version: z.int(),
  content: z.string().openapi({ description: 'Id, for GET /contents/{id}.' }),
  digest: z.string(),
  filedAt: z.string(),
  filedBy: z.string(),
  onBehalf: z.enum(['supervising-unit', 'office']).optional(),
  signedAt: z.string().optional(),
  signedBy: z.string().optional(),
});

export const obligationSchema = z
  .object({
    code: z.string().openapi({ example: 'self-inspection#2' }),
    name: textSchema,
    status: z.enum(['pending', 'filed', 'signed', 'under-review', 'correcting', 'returned', 'accepted', 'exempt']),
    due: z.string().openapi({ description: 'The day the assessment goes by.' }),
    redo: z.string().optional().openapi({ description: 'The day set by the latest return.' }),
    dueAt: z.string().openapi({ description: '24:00 of the day that is being waited for.' }),
    overdue: z.boolean(),
    missed: z.boolean(),
    source: z.string(),
    sector: z.string(),
    ladderStep: z.int(),
    proposals: z.array(z.object({ measure: z.string(), step: z.int(), at: z.string(), status: z.string() })),
    versions: z.int(),
    submission: submission.optional(),
    review: z
      .object({ with: z.string(), dueAt: z.string(), takenBy: z.string().optional() })
      .optional()
      .openapi({ description: 'On whose desk it lies.' }),
    attachments: z
      .array(attachedSchema)
      .optional()
      .openapi({ description: 'Of the version handed in; only where one obligation is shown by itself.' }),
    extension: z.object({ to: z.string(), reason: z.string(), askedAt: z.string() }).optional(),
    correction: z.object({ content: z.string(), digest: z.string(), by: z.string(), note: z.string() }).optional(),
    acceptedAt: z.string().optional(),
    onTime: z.boolean().optional(),
    reminders: z.array(z.string()).openapi({ description: 'Still to come.' }),
    possible: z.array(z.string()).openapi({ description: 'What whoever asks may try in its present state.' }),
  })
  .openapi('Obligation');

export type ObligationJson = z.output<typeof obligationSchema>;

/** What an obligation is looked at with. */
export interface Viewing {
  who: Person;
  /** The unit, as the policy looks at it. */
  subject: Subject;
  plan: Plan;
  now: Instant;
}

/** One obligation of a unit, with what its reader may do about it. */
export function presentObligation(state: UnitCampaignState, one: ObligationState, viewing: Viewing): ObligationJson {
  const { zone } = viewing.plan;
  const duty = dutyOf(state.terms, one.code);
  const { approval, correction, extension } = one;
  const onDesk = approval && !isOwed(one.status) && one.status !== 'accepted' && one.status !== 'exempt';
  return {
    code: one.code,
    name: nameOf(viewing.plan, duty.obligation),
    status: one.status,
    due: one.due,
    ...(one.redo !== undefined && { redo: one.redo }),
    dueAt: iso(one.dueAt, zone),
    overdue: isOverdue(one, viewing.now),
    missed: one.missed,
    source: duty.source,
    sector: duty.sector,
    ladderStep: one.ladder.step,
    proposals: one.proposals.map((made) => ({ ...made, at: iso(made.at, zone) })),
    versions: one.versions,
    ...(one.submission && { submission: presentSubmission(one.submission, zone) }),
    ...(onDesk && {
      review: {
        with: holderOf(approval).role,
        dueAt: iso(approval.dueAt, zone),
        ...(approval.takenBy !== undefined && { takenBy: approval.takenBy }),
      },
    }),
    ...(extension && { extension: { ...extension, askedAt: iso(extension.askedAt, zone) } }),
    ...(correction && {
      correction: {
        content: correction.content.id,
        digest: correction.content.digest,
        by: correction.by,
        note: correction.note,
      },
    }),
    ...(one.acceptedAt !== undefined && { acceptedAt: iso(one.acceptedAt, zone) }),
    ...(one.onTime !== undefined && { onTime: one.onTime }),
    reminders: isOwed(one.status) ? one.reminders.map(({ at }) => iso(at, zone)) : [],
    possible: state.closed ? [] : possibleFor(one, viewing, duty.sector),
  };
}

/** Still owed though its day has passed; judged by the clock of the campaign, not by what the case has noted. */
export function isOverdue(one: Pick<ObligationState, 'status' | 'dueAt'>, now: Instant): boolean {
  return isOwed(one.status) && one.dueAt < now;
}

/** The plan's name of an obligation; a turn of a recurring one has its obligation's. */
export function nameOf(plan: Plan, obligation: string): Text {
  const found = plan.obligations.find((one) => one.code === obligation);
  return found?.name ?? { zh: obligation, en: obligation };
}

/** Abilities travel with the data, so that a page never guesses. */
function possibleFor(one: ObligationState, { who, subject }: Viewing, sector: Subject['sector']): string[] {
  return Object.keys(OBLIGATION_TABLE[one.status])
    .filter((message) => !message.startsWith('clock:'))
    .filter((message) => can(who, message as Action, { ...subject, sector }));
}

function presentSubmission(made: NonNullable<ObligationState['submission']>, zone: string) {
  const { version, digest, filedBy, onBehalf, signedBy } = made;
  return {
    version,
    content: made.id,
    digest,
    filedAt: iso(made.filedAt, zone),
    filedBy,
    ...(onBehalf !== undefined && { onBehalf }),
    ...(made.signedAt !== undefined && { signedAt: iso(made.signedAt, zone) }),
    ...(signedBy !== undefined && { signedBy }),
  };
}
