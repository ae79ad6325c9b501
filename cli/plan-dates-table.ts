import { isWorkingDay } from '../domain/calendar';
import type { DueRule, ObligationPlan, Plan, Text } from '../domain/plan';
import { calendarOf, endOf, occurrences } from '../domain/plan-dates';
import { addDays, type LocalDate } from '../domain/time';

type Lang = keyof Text;

/** The days of a plan as text: its start and end, and every day on which something is due. */
export function describePlan(plan: Plan, lang: Lang): string {
  const { zh, en } = plan.title;
  const header = [lang === 'zh' ? zh : en, `${plan.code} ${plan.version}, ${plan.zone}`];
  const owner = ownerOf(plan, lang);
  if (plan.start === undefined) {
    const note = {
      zh: `模板，为期 ${plan.months} 个月，按开始后天数`,
      en: `template, ${plan.months} months, in days after the start`,
    };
    const rows = plan.obligations.map((obligation) => [
      offset(obligation, lang),
      obligation.code,
      obligation.name[lang],
      owner(obligation),
    ]);
    return [...header, note[lang], '', ...rows.map((row) => row.join('  '))].join('\n');
  }
  const span = { zh: `${plan.start} 至 ${endOf(plan)}`, en: `${plan.start} to ${endOf(plan)}` };
  const day = dayWords(plan, lang);
  const rows = plan.obligations
    .flatMap((obligation) => occurrences(obligation, plan).map((turn) => ({ ...turn, obligation })))
    .sort((a, b) => a.due.localeCompare(b.due))
    .map(({ due, code, obligation }) => {
      const reminders = obligation.remindDaysBefore.map((days) => addDays(due, -days).slice(5)).join(' ');
      const label = { zh: '提醒', en: 'reminders' };
      return [day(due), code, obligation.name[lang], owner(obligation), `${label[lang]} ${reminders}`].join('  ');
    });
  return [...header, span[lang], '', ...rows].join('\n');
}

function offset({ due, everyDays }: ObligationPlan, lang: Lang): string {
  const written = (rule: DueRule) => ('date' in rule ? rule.date : `+${rule.afterDays}`);
  if (everyDays === undefined) return written(due);
  return `${written(due)} (${lang === 'zh' ? `每 ${everyDays} 天` : `every ${everyDays} days`})`;
}

function ownerOf(plan: Plan, lang: Lang): (obligation: ObligationPlan) => string {
  return ({ owedBy: { sectors } }) => {
    if (sectors.length === 0) return { zh: '全部单位', en: 'all units' }[lang];
    return sectors.map((sector) => plan.sectors.find(({ code }) => code === sector)?.name[lang] ?? sector).join(', ');
  };
}

/** A day with its weekday, and whether it is off. */
export function dayWords(plan: Pick<Plan, 'zone' | 'calendar'>, lang: Lang): (date: LocalDate) => string {
  const calendar = calendarOf(plan);
  const day = weekdayWords(lang);
  const off = { zh: '（非工作日）', en: ' (day off)' };
  return (date) => `${day(date)}${isWorkingDay(calendar, date) ? '' : off[lang]}`;
}

/** A day with its weekday. */
export function weekdayWords(lang: Lang): (date: LocalDate) => string {
  const weekday = new Intl.DateTimeFormat(lang === 'zh' ? 'zh-CN' : 'en', { weekday: 'short', timeZone: 'UTC' });
  return (date) => `${date} ${weekday.format(new Date(`${date}T12:00:00Z`))}`;
}
