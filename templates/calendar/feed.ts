import type { CalendarEntry } from '../../domain/calendar-entries';
import type { Plan, Text } from '../../domain/plan';
import type { Instant } from '../../domain/time';
import { oneLine, pageOf } from '../mail/item-view';
import { wordsOf } from '../mail/words';
import { type CalendarEvent, calendarFile } from './icalendar';
import { dutyText } from './plan-words';

/** What the entries of a feed do not carry. */
export interface FeedSetting {
  lang: keyof Text;
  /** What the calendar is called. */
  name: Text;
  /** Where the pages are. */
  baseUrl: string;
  /** By process id of the campaign. */
  plans: Map<string, Pick<Plan, 'title' | 'authority' | 'zone' | 'obligations'>>;
  /** By id of the unit. */
  unitNames: Map<string, string>;
  /** When something last changed, and how often it has. */
  changedOf(entry: CalendarEntry): { at: Instant; count: number };
  /** Only the first are in it, because more would be of no use to anybody. */
  cut: boolean;
}

const REFRESH_HOURS = 1;

const CUT: Text = {
  zh: '事项太多，日历只列出最早的一部分，其余请在系统中查看',
  en: 'There is more than a calendar can show; these are the earliest, the rest is in the system',
};

/** Whoever has no campaign yet. */
const NOBODY: Text = { zh: '集中整治办公室', en: 'Campaign office' };

/**
 * A person's calendar as an iCalendar file: names of duties and units and links, no telephone, no address, no person.
 * The same entries give the same bytes, so that whoever has them already need not be sent them again.
 */
export function feedFile(entries: CalendarEntry[], setting: FeedSetting): string {
  const { lang, plans, name, cut } = setting;
  const events = entries.map((entry) => eventOf(entry, setting));
  const authority = [...plans.values()][0]?.authority ?? NOBODY;
  const organizer = { name: oneLine(authority[lang]) };
  return calendarFile(events, {
    organizer,
    name: name[lang],
    refreshHours: REFRESH_HOURS,
    ...(cut && { description: CUT[lang] }),
  });
}

function eventOf(entry: CalendarEntry, setting: FeedSetting): CalendarEvent {
  const { lang, baseUrl } = setting;
  const plan = setting.plans.get(entry.campaign);
  const obligation = plan?.obligations.find(({ code }) => code === entry.duty?.split('#')[0]);
  const duty =
    entry.duty === undefined ? '' : dutyText(entry.duty, obligation?.name ?? { zh: entry.duty, en: entry.duty }, lang);
  const unit = entry.unit === undefined ? '' : oneLine(setting.unitNames.get(entry.unit) ?? '');
  const url = pageOf(entry.case, entry.unit === undefined ? undefined : entry.duty, baseUrl);
  const hasDay = entry.kind === 'duty' || entry.kind === 'due' || entry.kind === 'review';
  const notes = [
    hasDay && plan && wordsOf(lang).by(entry.date, plan.zone),
    obligation && oneLine(obligation.source),
    plan && oneLine(plan.title[lang]),
    url,
  ];
  const waits = entry.state === 'open' || entry.state === 'unsigned';
  const { at, count } = setting.changedOf(entry);
  return {
    uid: entry.uid,
    at,
    changes: count,
    date: entry.date,
    summary: summaryOf(entry, duty, unit)[lang],
    description: notes.filter(Boolean).join('\n'),
    url,
    status: entry.state === 'off' ? 'CANCELLED' : 'CONFIRMED',
    rings: waits && (entry.kind === 'duty' || entry.kind === 'review'),
  };
}

function summaryOf({ kind, state, measure }: CalendarEntry, duty: string, unit: string): Text {
  const zh = unit === '' ? duty : `${duty}（${unit}）`;
  const en = unit === '' ? duty : `${duty} (${unit})`;
  switch (kind) {
    case 'duty':
      return { zh: `${DUTY[state].zh}：${zh}`, en: `${DUTY[state].en}: ${en}` };
    case 'review':
      return { zh: `审核截止：${zh}`, en: `Review by: ${en}` };
    case 'proposal':
      return measure === 'talk'
        ? { zh: `待决定：建议约谈，${zh}`, en: `To decide: proposed talk, ${en}` }
        : { zh: `待决定：建议通报，${zh}`, en: `To decide: proposed bulletin, ${en}` };
    case 'start':
      return { zh: '集中整治开始', en: 'Campaign starts' };
    case 'end':
      return { zh: '集中整治结束', en: 'Campaign ends' };
    case 'due':
      return { zh: `全体截止：${zh}`, en: `Due for all: ${en}` };
  }
}

const DUTY: Record<CalendarEntry['state'], Text> = {
  open: { zh: '截止', en: 'Due' },
  unsigned: { zh: '截止，待负责人签字', en: 'Due, to be signed' },
  'handed-in': { zh: '已报送，审核中', en: 'Handed in' },
  done: { zh: '已办结', en: 'Done' },
  off: { zh: '无需办理', en: 'No longer needed' },
};
