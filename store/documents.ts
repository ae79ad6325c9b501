import type { Types } from 'mongoose';
import type { Clock, Data, Envelope, Fact, MailReason, Opening, Order } from '../domain/case';
import type { Answer } from '../domain/case-runner';
import type { Lang, Plan } from '../domain/plan';
import type { Instant, LocalDate } from '../domain/time';
import type { Unit } from '../domain/unit';
import type { ColumnUse } from '../domain/unit-list/fields';

/** The shapes of stored documents as lean reads give them. */
export interface CaseDoc<S = Data> {
  _id: string;
  kind: string;
  campaign: string;
  unit?: string;
  status: string;
  closed: boolean;
  revision: number;
  seq: number;
  digest: string;
  state: S;
  nextAt?: Instant;
}

export interface FactDoc extends Fact {
  _id: string;
  case: string;
  campaign: string;
  unit?: string;
  n: number;
  carriedOutAt: Instant;
}

export interface EffectDoc {
  _id: string;
  case: string;
  campaign: string;
  unit?: string;
  at: Instant;
  type: 'mail' | Order['type'];
  payload: MailReason | Order;
  status: 'new' | 'planned' | 'mailed' | 'withdrawn' | 'unreachable' | 'done' | 'dead';
  person?: string;
  plannedAt?: Instant;
  mail?: string;
  /** Since when a reason whose letter came back looks for somebody else. */
  handedBackAt?: Instant;
  /** Of a reason that was withdrawn. */
  why?: 'no-longer-holds' | 'unsubscribed';
  attempts: number;
  notBefore: number;
  lastError?: string;
  cursor?: string;
}

export interface MailRow extends EffectDoc {
  type: 'mail';
  payload: MailReason;
}

export interface MailDoc {
  _id: string;
  campaign: string;
  person: string;
  at: Instant;
  reasons: string[];
  /** Of one that came back: the reasons it had, which now look for another letter. */
  handedBack?: string[];
  /** Of one that was never sent, and carries no reasons: an entry of the log for what the person does without. */
  why?: 'unsubscribed';
  kinds: string[];
  /** `bounced`: it came back, and its reasons were handed on. */
  status: 'queued' | 'sent' | 'dead' | 'withdrawn' | 'bounced';
  attempts: number;
  notBefore: number;
  subject?: string;
  text?: string;
  messageId: string;
  response?: string;
  lastError?: string;
  sentAt?: Instant;
}

export interface JournalDoc {
  _id: string;
  token: string;
  key: string;
  body: string;
  case: string;
  envelope?: Envelope;
  opening?: Opening;
  receivedAt: Instant;
  status: 'open' | 'settled' | 'refused';
  answer?: Answer | { code: string; data: Data };
  /** What the sender was told. */
  reply?: { status: number; body: unknown };
  attempts: number;
  notBefore: number;
}

export interface CampaignDoc {
  _id: string;
  plan: Plan;
  digest: string;
  launchedAt: Instant;
  launchedBy: string;
  units: number;
}

export type UnitDoc = Omit<Unit, 'id'> & { _id: string };

export interface MemberDoc {
  _id: string;
  campaign: string;
  unit: string;
  rollOut: number;
  /** waiting → starting → started */
  status: 'waiting' | 'starting' | 'started';
  joinedAt: Instant;
}

export interface TokenDoc {
  _id: string;
  hash: string;
  role: string;
  unit?: string;
  sectors: string[];
  label: string;
  createdAt: Instant;
  expiresAt?: Instant;
  revokedAt?: Instant;
}

/** A private calendar: whoever has its secret reads the calendar of the token it belongs to. */
export interface FeedDoc {
  _id: string;
  hash: string;
  /** Id of the token whose rights it has, as long as that is valid. */
  token: string;
  lang: 'zh' | 'en';
  label: string;
  createdAt: Instant;
  revokedAt?: Instant;
}

export interface RehearsalDoc {
  _id: string;
  campaign?: string;
  seed: number;
  now: Instant;
  /** How each unit of the campaign behaves, by unit; one without a persona is left to whoever plays along. */
  personas: Record<string, unknown>;
  autopilot: boolean;
  leaseUntil?: number;
  target?: Instant;
}

export interface ClockDoc extends Clock {
  _id: string;
  case: string;
  campaign: string;
  unit?: string;
}

/** What the post keeps about a person, by `personOf` their address. */
export interface PostDoc {
  _id: string;
  lastDigest?: LocalDate;
  /** As the person chose; it comes before what a list says. */
  lang?: Lang;
  /** Since when (wall clock) they want no mails that are no duty. */
  unsubscribedAt?: number;
}

/** An attachment as a content names it. */
export type AttachedRef = Pick<AttachmentDoc, 'name' | 'type' | 'size' | 'digest'> & { id: string };

export interface ContentDoc {
  _id: string;
  case: string;
  obligation: string;
  digest: string;
  form: Data;
  /** As they are covered by the digest. */
  attachments?: AttachedRef[];
  receivedAt: Instant;
  by: string;
}

/** What a unit's campaign is handed beside its forms. Its bytes are a file of GridFS. Never changed. */
export interface AttachmentDoc {
  _id: string;
  case: string;
  digest: string;
  size: number;
  type: string;
  name: string;
  receivedAt: Instant;
  by: string;
  file: Types.ObjectId;
}

/** A file of GridFS that is being written, or was forgotten on the way. */
export interface UploadDoc {
  _id: Types.ObjectId;
  /** Wall clock. */
  beganAt: number;
}

/** What the headers of a list mean, as it was kept under its name. */
export interface MappingDoc {
  _id: string;
  columns: { column: string; field: ColumnUse }[];
  keptAt: Instant;
}

export interface AlarmDoc {
  _id: string;
  at: Instant;
  code: string;
  data: Data;
}

export interface MetaDoc {
  _id: string;
  mode?: string;
  rehearsal?: string;
  createdAt: Instant;
  /** Of `unsubscribe`: what links are signed with. */
  key?: string;
}

/** What is known of an address, by `personOf`: one that is changed in a list is another one, and good again. */
export interface AddressDoc {
  _id: string;
  status: 'bad' | 'good';
  /** Enhanced status (RFC 3463) or reply code, as it was reported. */
  code: string;
  at: Instant;
  source: 'webhook' | 'mailbox' | 'smtp';
}
