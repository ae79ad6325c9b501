import { type Connection, type Model, Schema } from 'mongoose';
import type {
  AddressDoc,
  AlarmDoc,
  AttachmentDoc,
  CampaignDoc,
  CaseDoc,
  ClockDoc,
  ContentDoc,
  EffectDoc,
  FactDoc,
  FeedDoc,
  JournalDoc,
  MailDoc,
  MappingDoc,
  MemberDoc,
  MetaDoc,
  PostDoc,
  RehearsalDoc,
  TokenDoc,
  UnitDoc,
  UploadDoc,
} from './documents';

const id = String;
const instant = Number;
const json = Schema.Types.Mixed;
// A field called `type` is a field here; definitions say `$type`.
const options = { strict: 'throw' as const, versionKey: false as const, minimize: false, id: false, typeKey: '$type' };

/** The read model: one document a case, the newest state it has written down. Only moves forward by revision. */
const cases = new Schema(
  {
    _id: id,
    kind: String,
    campaign: String,
    unit: String,
    status: String,
    closed: Boolean,
    revision: Number,
    seq: Number,
    /** Digest of the latest batch, to tell a repeated one from another. */
    digest: String,
    state: json,
    nextAt: instant,
    openedAt: instant,
  },
  options,
);
cases.index({ campaign: 1, kind: 1, _id: 1 });
cases.index({ closed: 1, nextAt: 1 });

/** What happened in each case, in order. Never changed. */
const timeline = new Schema(
  {
    _id: id,
    case: String,
    campaign: String,
    unit: String,
    n: Number,
    at: instant,
    carriedOutAt: instant,
    type: String,
    by: json,
    about: String,
    data: json,
  },
  options,
);

/** 时限: the deadline ledger. */
const clocks = new Schema(
  { _id: id, case: String, campaign: String, unit: String, code: String, due: instant, basis: String, status: String },
  options,
);
clocks.index({ campaign: 1, status: 1, due: 1 });

/** What is to leave a case: reasons to write, and orders. Kept; a settled row says how it ended. */
const outbox = new Schema(
  {
    _id: id,
    case: String,
    campaign: String,
    unit: String,
    at: instant,
    /** `mail` or the type of an order. */
    type: String,
    payload: json,
    /**
     * Orders: new → done | dead. Mails: new → planned → mailed | withdrawn, or unreachable where nobody has a
     * usable address, or dead.
     */
    status: String,
    /** Of a mail: who gets it and when. */
    person: String,
    plannedAt: instant,
    mail: String,
    handedBackAt: instant,
    why: String,
    attempts: { $type: Number, default: 0 },
    /** Wall clock. */
    notBefore: { $type: Number, default: 0 },
    lastError: String,
    /** Where a roll-out or broadcast has come to. */
    cursor: String,
    settledAt: instant,
  },
  options,
);
outbox.index({ status: 1, type: 1, notBefore: 1, at: 1 });
outbox.index({ status: 1, plannedAt: 1 });
outbox.index({ person: 1, status: 1 });
outbox.index({ campaign: 1, status: 1 });

/** One letter to one person, with all its reasons. Its id makes its Message-ID, which stays the same in every try. */
const mails = new Schema(
  {
    _id: id,
    campaign: String,
    person: String,
    at: instant,
    reasons: [String],
    handedBack: { $type: [String], default: undefined },
    why: String,
    kinds: [String],
    status: String,
    attempts: { $type: Number, default: 0 },
    notBefore: { $type: Number, default: 0 },
    subject: String,
    text: String,
    messageId: String,
    response: String,
    lastError: String,
    sentAt: instant,
  },
  options,
);
mails.index({ status: 1, notBefore: 1 });
mails.index({ campaign: 1, at: -1 });
mails.index({ messageId: 1 });

/** Whether letters to an address arrive, as far as somebody said so. */
const addresses = new Schema({ _id: id, status: String, code: String, at: instant, source: String }, options);

/** When a person last got mail, and how they want it. */
const post = new Schema({ _id: id, lastDigest: String, lang: String, unsubscribedAt: instant }, options);

/** Every request that acts, before the case hears of it: key, digest of the body, instant, and later its answer. */
const journal = new Schema(
  {
    _id: id,
    token: String,
    key: String,
    body: String,
    case: String,
    envelope: json,
    opening: json,
    receivedAt: instant,
    /** open → settled | refused */
    status: String,
    answer: json,
    reply: json,
    attempts: { $type: Number, default: 0 },
    notBefore: { $type: Number, default: 0 },
  },
  options,
);
journal.index({ status: 1, notBefore: 1 });

/** What a campaign was launched with. The plan never changes; moved days are facts of the campaign's case. */
const campaigns = new Schema(
  { _id: id, plan: json, digest: String, launchedAt: instant, launchedBy: String, units: Number },
  options,
);

const units = new Schema(
  {
    _id: id,
    code: { $type: String, unique: true },
    name: String,
    kind: String,
    town: String,
    sectors: [String],
    filer: json,
    deputyFiler: json,
    head: json,
    supervisingUnit: String,
    onePerson: Boolean,
    places: [json],
  },
  options,
);

/** What the headers of unit lists mean, by the name it was kept under. Headers are values: as keys they might hold dots. */
const mappings = new Schema({ _id: id, columns: [json], keptAt: instant }, options);

/** Which units a campaign has. `case` is set once its case is started: each unit exactly once. */
const roster = new Schema(
  { _id: id, campaign: String, unit: String, rollOut: Number, status: String, joinedAt: instant },
  options,
);
roster.index({ campaign: 1, status: 1, unit: 1 });

/** Versions of answers to obligations. Never changed. */
const contents = new Schema(
  {
    _id: id,
    case: String,
    obligation: String,
    digest: String,
    form: json,
    attachments: { $type: [json], default: undefined },
    receivedAt: instant,
    by: String,
  },
  options,
);
contents.index({ case: 1, obligation: 1 });

/** What is known of attached files; `file` is the file in GridFS (`attachments.files`, `attachments.chunks`). */
const attachments = new Schema(
  {
    _id: id,
    case: String,
    digest: String,
    size: Number,
    type: String,
    name: String,
    receivedAt: instant,
    by: String,
    file: Schema.Types.ObjectId,
  },
  options,
);
attachments.index({ file: 1 });

const uploads = new Schema({ _id: Schema.Types.ObjectId, beganAt: instant }, options);

const tokens = new Schema(
  {
    _id: id,
    /** SHA-256 of the secret; the secret itself is shown once and kept nowhere. */
    hash: { $type: String, unique: true },
    role: String,
    unit: String,
    sectors: [String],
    label: String,
    createdAt: instant,
    expiresAt: instant,
    revokedAt: instant,
  },
  options,
);

const feeds = new Schema(
  {
    _id: id,
    /** SHA-256 of the secret, as of a token. */
    hash: { $type: String, unique: true },
    token: String,
    lang: String,
    label: String,
    createdAt: instant,
    revokedAt: instant,
  },
  options,
);
feeds.index({ token: 1, _id: 1 });

const rehearsals = new Schema(
  {
    _id: id,
    campaign: String,
    seed: Number,
    now: instant,
    personas: json,
    autopilot: Boolean,
    /** Wall clock until which somebody is moving it. */
    leaseUntil: instant,
    target: instant,
  },
  options,
);

/** Things that must not happen, and did. */
const alarms = new Schema({ _id: id, at: instant, code: String, data: json }, options);

/** What this database is for: a rehearsal's is never opened for real campaigns, nor the other way round. */
const meta = new Schema({ _id: id, mode: String, rehearsal: String, createdAt: instant, key: String }, options);

/** All collections of one database. */
export function models(connection: Connection) {
  // biome-ignore lint/suspicious/noExplicitAny: the schemas above say less than the documents' types, which are what counts.
  const of = <Doc>(collection: string, schema: Schema<any>): Model<Doc> =>
    connection.model<Doc>(collection, schema as Schema<Doc>, collection);
  return {
    cases: of<CaseDoc>('cases', cases),
    timeline: of<FactDoc>('timeline', timeline),
    clocks: of<ClockDoc>('clocks', clocks),
    outbox: of<EffectDoc>('outbox', outbox),
    mails: of<MailDoc>('mails', mails),
    addresses: of<AddressDoc>('addresses', addresses),
    post: of<PostDoc>('post', post),
    journal: of<JournalDoc>('journal', journal),
    campaigns: of<CampaignDoc>('campaigns', campaigns),
    units: of<UnitDoc>('units', units),
    mappings: of<MappingDoc>('unit-mappings', mappings),
    roster: of<MemberDoc>('roster', roster),
    contents: of<ContentDoc>('contents', contents),
    attachments: of<AttachmentDoc>('attachments', attachments),
    uploads: of<UploadDoc>('uploads', uploads),
    tokens: of<TokenDoc>('tokens', tokens),
    feeds: of<FeedDoc>('feeds', feeds),
    rehearsals: of<RehearsalDoc>('rehearsals', rehearsals),
    alarms: of<AlarmDoc>('alarms', alarms),
    meta: of<MetaDoc>('meta', meta),
  };
}

export type Models = ReturnType<typeof models>;
