import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Plan, Text } from '../domain/plan';
import { type PlanDate, planCalendar, unpublishedYears } from '../domain/plan-calendar';
import { planCalendarFile } from '../templates/calendar/plan-events';
import { planDateText, reviewClockTexts } from '../templates/calendar/plan-words';
import { table, write } from './output';
import { dayWords } from './plan-dates-table';
import { EXIT, langOption, type PlanFileOptions, planFrom, startOption } from './plan-file';

interface CalendarOptions extends PlanFileOptions {
  ics?: string;
}

const NO_START: Text = {
  zh: '模板没有开始日期，请加 --start YYYY-MM-DD',
  en: 'a template has no start; give one with --start YYYY-MM-DD',
};

/** `xiaohao plan calendar FILE`: every date of a campaign, as a table and for a calendar program. */
export function registerPlanCalendar(plan: Command): void {
  plan
    .command('calendar')
    .argument('<file>', 'plan file (YAML), or the code of a shipped plan')
    .description('prints every date of a campaign: duties, reminders, ladder steps, review clocks')
    .option('--ics <file>', 'also write them as an iCalendar file; - writes it to the terminal instead')
    .option('--json', 'machine-readable output')
    .addOption(langOption())
    .addOption(startOption())
    .action((file: string, options: CalendarOptions) => {
      const read = planFrom(file, options);
      if (!read) return;
      if (read.start === undefined) {
        process.stderr.write(`${file}: ${NO_START[options.lang]}\n`);
        process.exitCode = EXIT.unreadable;
      } else show(read, options);
    });
}

function show(plan: Plan, { ics, json, lang }: CalendarOptions): void {
  if (ics !== undefined) {
    const file = planCalendarFile(plan, lang, Date.now());
    if (ics === '-') {
      process.stdout.write(file);
      return;
    }
    if (!saved(ics, file, lang)) return;
  }
  const dates = planCalendar(plan);
  if (json) write([JSON.stringify({ dates: dates.map(jsonOf), reviews: reviewClockTexts(plan, lang) }, null, 2)]);
  else write(linesOf(plan, dates, lang));
}

function saved(file: string, content: string, lang: keyof Text): boolean {
  try {
    writeFileSync(file, content);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(lang === 'zh' ? `${file} 无法写入：${reason}\n` : `${file} cannot be written: ${reason}\n`);
    process.exitCode = EXIT.unreadable;
    return false;
  }
}

function linesOf(plan: Plan, dates: PlanDate[], lang: keyof Text): string[] {
  const day = dayWords(plan, lang);
  const rows = dates.map((date) => [
    day(date.date),
    timeOf(plan, date),
    planDateText(date, lang),
    date.duty?.code ?? '',
  ]);
  const reviews = reviewClockTexts(plan, lang);
  const label: Text = {
    zh: '审核时限（自报送完成之日起，按工作日计）：',
    en: 'Review clocks, in working days from the day it is handed in:',
  };
  const years = unpublishedYears(dates);
  const open: Text = {
    zh: `${years.join('、')} 年的放假安排尚未公布，暂只按周末计算非工作日`,
    en: `the days off of ${years.join(', ')} are not published yet; only weekends count as days off there`,
  };
  return [
    plan.title[lang],
    `${plan.code} ${plan.version}, ${plan.zone}`,
    '',
    ...table(rows),
    ...(reviews.length > 0 ? ['', label[lang], ...reviews.map((one) => `  ${one}`)] : []),
    ...(years.length > 0 ? ['', open[lang]] : []),
  ];
}

/** A duty and the campaign end with their day. */
function timeOf(plan: Plan, { kind, moment }: PlanDate): string {
  if (moment !== undefined) return plan.post.digestAt;
  return kind === 'start' ? '00:00' : '24:00';
}

function jsonOf({ duty, rung, moment, ...date }: PlanDate) {
  return {
    ...date,
    ...(moment !== undefined && { at: new Date(moment).toISOString() }),
    ...(duty && { duty: duty.code, obligation: duty.obligation.code }),
    ...(rung && { rung }),
  };
}
