import type { Approval } from '../approval';
import type { Calendar } from '../calendar';
import type { CaseState, Opening } from '../case';
import type { ApprovalRoute, Ladder, SectorCode } from '../plan';
import type { Instant, LocalDate, LocalTime } from '../time';

/** What the plan asks of one unit, worked out when its case opens and never looked up again. */
export interface UnitTerms {
  start: LocalDate;
  /** Last day of the campaign. */
  end: LocalDate;
  /** 24:00 of that day. */
  endAt: Instant;
  calendar: Calendar;
  digestAt: LocalTime;
  duties: Duty[];
  ladders: Ladder[];
  routes: ApprovalRoute[];
  /** One signature counts as both. */
  onePerson: boolean;
}

/** One occurrence of an obligation, as this unit owes it. */
export interface Duty {
  /** The obligation's code; for what recurs with its number, e.g. `self-inspection#2`. */
  code: string;
  obligation: string;
  due: LocalDate;
  source: string;
  remindDaysBefore: number[];
  ladder: string;
  signedByHead: boolean;
  review?: string;
  /** Whose desk reviews it. */
  sector: SectorCode;
}

export interface UnitCampaignOpening extends Opening {
  unit: string;
  /** The unit came in after the launch. */
  joinedLate: boolean;
  terms: UnitTerms;
  /** Revision of the campaign's facts that `terms` already contain. */
  campaignRevision: number;
}

export type UnitCampaignStatus =
  | 'running'
  | 'complete' // everything accepted or exempt; the campaign is not over yet
  | 'closed';

export interface UnitCampaignState extends CaseState {
  kind: 'unit-campaign';
  unit: string;
  status: UnitCampaignStatus;
  terms: UnitTerms;
  /** 签收 */
  receipt?: { at: Instant; by: string };
  obligations: ObligationState[];
  /** Newest facts of the campaign that were taken in. */
  campaignRevision: number;
  /** The last day of the campaign has passed. */
  over: boolean;
  outcome?: 'accepted' | 'unfinished' | 'left';
  reason?: string;
}

export type ObligationStatus =
  | 'pending'
  | 'filed' // 已填报, the head's signature is missing
  | 'signed' // 已签字, waiting for review
  | 'under-review' // 审核中
  | 'correcting' // a correction by the reviewer waits for the unit's consent
  | 'returned' // 退回
  | 'accepted' // 通过
  | 'exempt'; // 免报

export interface ObligationState {
  code: string;
  status: ObligationStatus;
  /** The day the assessment goes by: the plan's, or what it was extended or moved to. */
  due: LocalDate;
  /** The day set by the latest return. */
  redo?: LocalDate;
  /** 24:00 of the day that is being waited for: `redo`, else `due`. */
  dueAt: Instant;
  /** That instant passed without a complete, signed submission. */
  missed: boolean;
  /** Reminders still to come, earliest first. */
  reminders: { days: number; at: Instant }[];
  ladder: LadderPlace;
  proposals: Proposal[];
  versions: number;
  submission?: Submission;
  approval?: Approval;
  extension?: { to: LocalDate; reason: string; askedAt: Instant };
  correction?: { content: ContentRef; by: string; note: string };
  acceptedAt?: Instant;
  /** Whether the accepted version was complete and signed by 24:00 of `due`. */
  onTime?: boolean;
}

/** How far up the ladder an obligation is. */
export interface LadderPlace {
  /** Rungs taken. */
  step: number;
  /** The day the working days count from, and the rung that had been reached by then. */
  base: LocalDate;
  from: number;
  /** When the next rung comes; absent at the top, and while a bulletin waits for its talk. */
  nextAt?: Instant;
}

/** Content lives in MongoDB; a case knows it by id and digest. */
export interface ContentRef {
  id: string;
  /** SHA-256, hex. */
  digest: string;
}

/** 报送: one version of the answer to an obligation. */
export interface Submission extends ContentRef {
  version: number;
  filedAt: Instant;
  filedBy: string;
  /** Who filed for the unit, where it was not the unit itself. */
  onBehalf?: 'supervising-unit' | 'office';
  signedAt?: Instant;
  /** When the signature was received: what "on time" is judged by. */
  completeAt?: Instant;
  signedBy?: string;
}

/** What the ladder proposes; a person decides. */
export interface Proposal {
  measure: 'talk' | 'bulletin';
  step: number;
  at: Instant;
  /** `held`, `refused`, `rejected`: how a talk was settled; `withdrawn`: its reason fell away. */
  status: 'open' | 'held' | 'refused' | 'rejected' | 'withdrawn';
}

/** A talk that was proposed and of which nobody has said yet how it ended. */
export function isOpenTalk(proposal: Proposal): boolean {
  return proposal.measure === 'talk' && proposal.status === 'open';
}

/** States in which the unit still owes something. */
export const OWED: readonly ObligationStatus[] = ['pending', 'filed', 'returned'];

export function isOwed(status: ObligationStatus): boolean {
  return OWED.includes(status);
}

/** The plan's terms of one obligation. @throws Error for a code the unit does not owe. */
export function dutyOf(terms: UnitTerms, code: string): Duty {
  const duty = terms.duties.find((one) => one.code === code);
  if (!duty) throw new Error(`no duty ${code}`);
  return duty;
}
