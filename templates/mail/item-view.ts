import { isWorkingDay } from '../../domain/calendar';
import type { Data, Json } from '../../domain/case';
import type { Text } from '../../domain/plan';
import { addDays, daysBetween, type LocalDate } from '../../domain/time';
import { MAY_LACK, mailKind } from './kinds';
import type { Letter, LetterReason } from './letter';
import { dueOf } from './order';
import { type Words, wordsOf } from './words';

/** What every reason of a letter is seen against. */
export interface Setting {
  letter: Letter;
  words: Words;
  /** The day the letter is sent, in the authority's zone. */
  today: LocalDate;
}

/** A row of a table of duties: the duty, and its day or state. */
export interface DutyRow {
  name: string;
  side: string;
}

/** One reason as templates see it: its `data`, with days and codes turned into words. */
export interface ItemView {
  [field: string]: unknown;
  /** Address of its page. */
  link: string;
  /** Name of the unit, and of the duty; absent where it is about neither. */
  unit?: string;
  duty?: string;
  /** Source of the duty. */
  source?: string;
  /** The earliest of `duties`. */
  first?: { due: LocalDate; duty: string; by: string };
}

const OUTCOMES = ['accepted', 'unfinished', 'left'];

/** Only fields a reason has are there: in strict mode a template that asks for another one fails. */
export function itemView(reason: LetterReason, setting: Setting): ItemView {
  const { words, today, letter } = setting;
  const data = cleaned(reason.data) as Data;
  const item: ItemView = { ...lacking(reason), ...data, link: linkOf(reason, letter.baseUrl) };
  delete item.unit;
  if (reason.unit) item.unit = oneLine(reason.unit.name);
  if (reason.obligation) {
    item.duty = dutyName(reason.obligation.code, reason.obligation.name, setting);
    item.source = oneLine(reason.obligation.source);
  }
  const due = dueOf(reason);
  if (due !== undefined) Object.assign(item, dueWords(due, setting));
  if (typeof data.from === 'string') item.from = words.day(data.from);
  if (typeof data.to === 'string') item.to = words.day(data.to);
  if (typeof data.end === 'string') item.end = words.day(data.end);
  if (typeof data.afterWorkingDays === 'number') item.late = words.late(lateBy(due, data.afterWorkingDays, setting));
  if (Array.isArray(data.reasons)) item.reasons = data.reasons.map((one) => placed(one as Data, reason, setting));
  if (Array.isArray(data.duties)) {
    const duties = [...(data.duties as { code: string; due: LocalDate }[])].sort((a, b) => a.due.localeCompare(b.due));
    item.duties = duties.map(({ code, due: day }) => ({
      name: named(code, reason, setting),
      side: words.shortDay(day, today),
    }));
    const first = duties[0];
    if (first) {
      const { due: day, code } = first;
      item.first = { due: day, duty: named(code, reason, setting), by: words.by(day, letter.campaign.zone) };
    }
  }
  if (Array.isArray(data.rows)) item.rows = data.rows.map((row) => resultRow(row as Data, reason, setting));
  if (typeof data.outcome === 'string') {
    item.ended = Object.fromEntries(OUTCOMES.map((one) => [one, one === data.outcome]));
  }
  return item;
}

function dueWords(due: LocalDate, { words, today, letter }: Setting) {
  const days = daysBetween(today, due);
  return {
    due: words.shortDay(due, today),
    dueDay: words.day(due),
    by: words.by(due, letter.campaign.zone),
    left: words.left(days),
    countdown: words.countdown(days),
  };
}

/** Working days after the due day, the day of the letter included. The ladder's own number where no calendar came along. */
function lateBy(due: LocalDate | undefined, ladder: number, { letter, today }: Setting): number {
  const { calendar } = letter.campaign;
  if (!calendar || due === undefined) return ladder;
  let count = 0;
  for (let day = addDays(due, 1); day <= today; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count += 1;
  return count;
}

/** What a reason of this kind may lack is there as nothing, so that `#if` can ask. */
function lacking(reason: LetterReason): Record<string, undefined> {
  return Object.fromEntries((MAY_LACK[mailKind(reason.kind)] ?? []).map((field) => [field, undefined]));
}

/** A deep link to the duty, the unit campaign or the campaign. It names the page and nothing else: no session. */
export function linkOf(reason: LetterReason, baseUrl: string): string {
  return pageOf(reason.case, reason.obligation?.code, baseUrl);
}

/** @param caseId process id, e.g. `unit-campaign/c1-u7` */
export function pageOf(caseId: string, obligation: string | undefined, baseUrl: string): string {
  const slash = caseId.indexOf('/');
  const page = `${caseId.slice(0, slash)}s/${encodeURIComponent(caseId.slice(slash + 1))}`;
  const duty = obligation === undefined ? '' : `/obligations/${encodeURIComponent(obligation)}`;
  return `${baseUrl.replace(/\/+$/, '')}/${page}${duty}`;
}

/** The plan's name, with the turn of what recurs. */
export function dutyName(code: string, name: Text, { letter, words }: Pick<Setting, 'letter' | 'words'>): string {
  const turn = code.split('#')[1];
  const plain = oneLine(name[letter.lang]);
  return turn === undefined ? plain : words.turn(plain, oneLine(turn));
}

/** @throws Error for a duty whose name did not come along: a code is not for people. */
export function named(code: string, reason: LetterReason, setting: Pick<Setting, 'letter' | 'words'>): string {
  const exact = reason.obligationNames[code];
  if (exact) return oneLine(exact[setting.letter.lang]);
  const name = reason.obligationNames[code.split('#')[0]!];
  if (!name) throw new Error(`no name for duty ${code} of ${reason.case}`);
  return dutyName(code, name, setting);
}

function placed(one: Data, reason: LetterReason, { letter, words }: Setting) {
  const [field, row] = typeof one.place === 'string' ? one.place.split('/') : [];
  const label = field === undefined ? undefined : (reason.placeNames?.[field]?.[letter.lang] ?? field);
  return { place: words.place(label && oneLine(label), row), text: one.text };
}

function resultRow(row: Data, reason: LetterReason, setting: Setting): DutyRow {
  const { words } = setting;
  const state = words.states[row.status as string] ?? String(row.status);
  const name = named(row.obligation as string, reason, setting);
  if (row.onTime === undefined) return { name, side: state };
  return { name, side: words.list([state, row.onTime ? words.onTime : words.afterDue]) };
}

/**
 * What people wrote stays in its line: it must not look like a heading or another mail header, nor turn the direction
 * of what follows. Control characters, line and paragraph separators and direction marks become spaces.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

function cleaned(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return value.map((one) => cleaned(one) as Json);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)]));
}

export function settingOf(letter: Letter, today: LocalDate): Setting {
  return { letter, words: wordsOf(letter.lang), today };
}
