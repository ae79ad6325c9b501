import { dateOf, daysBetween, type Instant, timeOf } from '../../domain/time';
import { type DutyRow, type ItemView, itemView, oneLine, type Setting } from './item-view';
import { type MailKind, mailKind } from './kinds';
import type { LetterReason } from './letter';
import { dueOf } from './order';
import { kindTemplate, type Part } from './templates';

/** One section as the layouts print it: all wording done, nothing escaped yet. */
export interface SectionView {
  title: string;
  /** Of its bar and title; the words say the same. */
  colour: string;
  before: Field[];
  /** One row for each reason, where there are several. */
  rows: { name: string; sub: string; notes: string[]; side: string[]; link: string }[];
  tables: { caption: string; head: [string, string]; rows: DutyRow[] }[];
  after: Field[];
  button?: { text: string; link: string };
}

/** Each at least 5:1 on white (WCAG AA wants 4.5:1). */
const COLOURS = { alarm: '#a61b12', soon: '#8a4b00', good: '#1b6635', plain: '#0b4f9e' } as const;

export interface Field {
  label: string;
  lines: string[];
}

/** @param reasons of one kind; at least one. */
export function sectionView(reasons: LetterReason[], setting: Setting, sentAt: Instant): SectionView {
  const { words, letter } = setting;
  const { campaign, lang } = letter;
  const kind = mailKind(reasons[0]!.kind);
  const template = kindTemplate(kind, lang);
  const items = reasons.map((reason) => itemView(reason, setting));
  const duties = distinct(items, 'duty');
  const units = distinct(items, 'unit');
  const oneDay = new Set(reasons.map(dueOf)).size === 1;
  const context = {
    many: items.length > 1,
    count: items.length,
    oneDay,
    item: items[0]!,
    ...shared(items, setting),
    about: words.about({ duties, units, count: items.length }),
    authority: oneLine(campaign.authority[lang]),
    campaign: oneLine(campaign.title[lang]),
    asOf: words.moment(dateOf(sentAt, campaign.zone), timeOf(sentAt, campaign.zone)),
  };
  const say = (part: Part, more: object = {}) => template[part]?.({ ...context, ...more }) ?? '';
  const field = (part: 'what' | 'byWhen' | 'why' | 'todo') => ({
    label: words.labels[part],
    lines: linesOf(say(part)),
  });
  const filled = (fields: Field[]) => fields.filter(({ lines }) => lines.length > 0);

  const row = (item: ItemView) => ({
    ...rowName(item, units.length, duties.length),
    notes: linesOf(say('note', { item })),
    // A day that is the same for all stands above the table.
    side: template.side
      ? linesOf(say('side', { item }))
      : template.byWhen && !oneDay
        ? [item.due, item.left].map(String)
        : [],
    link: item.link,
  });
  return {
    title: say('title'),
    colour: COLOURS[toneOf(kind, reasons, setting)],
    // Several days cannot be one sentence; they stand in the rows.
    before: filled(context.many && !oneDay ? [field('what')] : [field('what'), field('byWhen')]),
    rows: context.many ? items.map(row) : [],
    tables: tablesOf(items, setting),
    after: filled([field('why'), field('todo')]),
    button: context.many ? undefined : { text: say('button') || words.labels.open, link: items[0]!.link },
  };
}

/** What one sentence says about all of them: sources, ladder steps, the first duty; each only where there is one. */
function shared(items: ItemView[], { words }: Setting) {
  const sources = distinct(items, 'source');
  const rungs = new Map(items.filter((item) => item.basis).map((item) => [`${item.basis} ${item.step}`, item]));
  const firsts = items.flatMap((item) => item.first ?? []).sort((a, b) => a.due.localeCompare(b.due));
  return {
    ...(sources.length > 0 && { source: words.list(sources) }),
    ...(rungs.size > 0 && { rungs: [...rungs.values()] }),
    ...(firsts[0] && { first: firsts[0] }),
  };
}

/** What all rows share stands in the title; a row is named by what tells it from the others. */
function rowName(item: ItemView, units: number, duties: number): { name: string; sub: string } {
  if (units === 1 && item.duty) return { name: item.duty, sub: '' };
  return { name: item.unit ?? item.link, sub: duties > 1 && item.duty ? item.duty : '' };
}

/** Duties with their days, once for all units that owe the same; the rows of one result sheet. */
function tablesOf(items: ItemView[], { words }: Setting): SectionView['tables'] {
  const { duty, due, state } = words.labels;
  if (items.length === 1 && items[0]!.rows)
    return [{ caption: '', head: [duty, state], rows: items[0]!.rows as DutyRow[] }];
  const alike = new Map<string, ItemView[]>();
  for (const item of items) {
    if (!item.duties) continue;
    const key = JSON.stringify(item.duties);
    alike.set(key, [...(alike.get(key) ?? []), item]);
  }
  return [...alike.values()].map((same) => ({
    caption: alike.size > 1 ? words.list(distinct(same, 'unit')) : '',
    head: [duty, due] as [string, string],
    rows: same[0]!.duties as DutyRow[],
  }));
}

function toneOf(kind: MailKind, reasons: LetterReason[], { today }: Setting): keyof typeof COLOURS {
  if (kind === 'overdue' || kind === 'overdue-warning') return 'alarm';
  if (kind === 'accepted' || kind === 'exempted') return 'good';
  if (kind !== 'due-soon' && kind !== 'sign-due' && kind !== 'returned') return 'plain';
  const days = Math.min(...reasons.map((reason) => daysBetween(today, dueOf(reason)!)));
  return days <= 0 ? 'alarm' : 'soon';
}

function distinct(items: ItemView[], field: 'unit' | 'duty' | 'source'): string[] {
  return [...new Set(items.map((item) => item[field]).filter((one) => one !== undefined))];
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
