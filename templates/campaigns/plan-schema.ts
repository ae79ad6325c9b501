import { z } from 'zod';
import {
  type ApprovalRoute,
  type CalendarData,
  type Contact,
  type DueRule,
  type FormField,
  type Ladder,
  type ObligationPlan,
  type Part,
  type Plan,
  SECTOR_CODES,
  type Sector,
  type Text,
} from '../../domain/plan';
import { isLocalDate } from '../../domain/time';

/**
 * The form of a plan file, held to the domain's types by the compiler. It says only what a plan looks
 * like; whether it makes sense is the plan check's to say. Unknown keys are refused: a misspelt key
 * that is silently dropped would change a deadline without anybody noticing.
 */

/** What the schema says in its own words, Chinese first; an `error` below is a key of this table. */
export const SAYINGS: Record<string, Text> = {
  code: {
    zh: '代码只能用小写字母、数字、点和连字符',
    en: 'a code has lower-case letters, digits, dots and hyphens only',
  },
  date: { zh: '应为真实日期，格式 YYYY-MM-DD', en: 'must be a real day, written YYYY-MM-DD' },
  due: { zh: '应写 afterDays: 天数 或 date: YYYY-MM-DD', en: 'write either afterDays: N or date: YYYY-MM-DD' },
  quorum: { zh: '应为 one、all 或 any: 人数', en: 'must be one, all, or any: K' },
  time: { zh: '应为时刻，格式 HH:mm', en: 'must be a time of day, written HH:mm' },
  zone: { zh: '应为 IANA 时区名，如 Asia/Shanghai', en: 'must be an IANA time zone, e.g. Asia/Shanghai' },
  missing: { zh: '缺少此项', en: 'is missing' },
  columns: { zh: 'rows 必须有 columns，其他类型不得有', en: 'columns belong to rows and only to rows' },
};

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }) satisfies z.ZodType<Text>;
const code = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, { error: 'code' });
const date = z.string().refine(isLocalDate, { error: 'date' });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'time' });
const days = z.int().min(0).max(3660);
const sectorCode = z.enum(SECTOR_CODES);
const role = z.enum(['admin', 'reviewer', 'leader']);

const due = z.union([z.strictObject({ afterDays: days }), z.strictObject({ date })], {
  error: 'due',
}) satisfies z.ZodType<DueRule>;

export const calendarSchema = z.strictObject({
  source: z.string(),
  years: z.array(
    z.strictObject({
      year: z.int().min(1949).max(2999),
      source: z.string().min(1),
      daysOff: z.array(date),
      workdays: z.array(date),
    }),
  ),
}) satisfies z.ZodType<CalendarData>;

const part = z.strictObject({
  code,
  number: z.string(),
  title: z.string().min(1),
  present: z.boolean().default(true),
  refersTo: z.array(code).default([]),
}) satisfies z.ZodType<Part>;

const sector = z.strictObject({
  code: sectorCode,
  name: text,
  part: code,
  checklist: z.array(z.strictObject({ code, text, source: z.string().min(1), grade: z.enum(['general', 'major']) })),
}) satisfies z.ZodType<Sector>;

const plainField = {
  code,
  label: text,
  kind: z.enum(['text', 'paragraph', 'number', 'date', 'yes-no', 'rows']),
  required: z.boolean(),
  help: text.optional(),
};
// Rows within rows have no page and no import: one level is all a form may have.
const column = z.strictObject({ ...plainField, kind: plainField.kind.exclude(['rows']) });
const field = z
  .strictObject({ ...plainField, columns: z.array(column).min(1).optional() })
  .refine(({ kind, columns }) => (kind === 'rows') === (columns !== undefined), {
    error: 'columns',
  }) satisfies z.ZodType<FormField>;

const obligation = z.strictObject({
  code,
  name: text,
  source: z.string().min(1),
  owedBy: z.strictObject({ sectors: z.array(sectorCode) }),
  due,
  alsoStated: z.array(z.strictObject({ place: z.string().min(1), due })).default([]),
  everyDays: z.int().min(1).max(366).optional(),
  summary: z.boolean(),
  remindDaysBefore: z.array(days),
  ladder: code,
  signedByHead: z.boolean(),
  review: code.optional(),
  form: z.array(field),
}) satisfies z.ZodType<ObligationPlan>;

const ladder = z.strictObject({
  code,
  steps: z.array(
    z.strictObject({
      afterWorkingDays: z.int().min(1).max(250),
      act: z.enum(['remind', 'warn', 'propose-talk', 'propose-bulletin']),
      decidedBy: role.optional(),
      source: z.string().min(1),
    }),
  ),
}) satisfies z.ZodType<Ladder>;

const route = z.strictObject({
  code,
  steps: z.array(
    z.strictObject({
      code,
      name: text,
      by: role,
      quorum: z.union([z.enum(['one', 'all']), z.strictObject({ any: z.int().min(1).max(20) })], { error: 'quorum' }),
      workingDays: z.int().min(1).max(60),
      handOn: z.array(z.enum(['another', 'admin', 'reviewer', 'leader'])),
    }),
  ),
}) satisfies z.ZodType<ApprovalRoute>;

const contact = z.strictObject({
  role,
  name: z.string(),
  phone: z.string(),
  email: z.string(),
  sectors: z.array(sectorCode).default([]),
  lang: z.enum(['zh', 'en']).optional(),
}) satisfies z.ZodType<Contact>;

/** Whether the runtime knows a time zone; every deadline of a plan is an instant in it. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const planSchema = z.strictObject({
  code,
  version: z.string().min(1),
  template: z.boolean(),
  title: text,
  authority: text,
  source: z.string().min(1),
  zone: z.string().refine(isZone, { error: 'zone' }),
  start: date.optional(),
  months: z.int().min(1).max(36),
  calendar: calendarSchema,
  parts: z.array(part),
  sectors: z.array(sector).min(1),
  obligations: z.array(obligation).min(1),
  ladders: z.array(ladder),
  routes: z.array(route),
  contacts: z.array(contact),
  post: z.strictObject({ digestAt: time, quietFrom: time, mostPerMonth: z.int().min(1).max(1000).optional() }),
  waivers: z.array(z.strictObject({ code, place: z.string().min(1), reason: z.string() })).default([]),
}) satisfies z.ZodType<Plan>;
