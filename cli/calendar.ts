import { type Command, InvalidArgumentError } from 'commander';
import type { CalendarData } from '../domain/plan';
import { checkCalendar, isAtFault, type YearCheck, yearsToCheck } from '../domain/statutory-days';
import type { LocalDate } from '../domain/time';
import { loadCalendar } from '../templates/campaigns/read-plan';
import type { Lang } from './api-client';
import { chineseDaysSource } from './chinese-days';
import { answering } from './output';
import { dayWords, weekdayWords } from './plan-dates-table';

/** The one shipped calendar. */
const SHIPPED = 'cn';

/** `xiaohao calendar check` and `xiaohao calendar show YEAR`: the statutory working days, and where they come from. */
export function registerCalendarCommands(program: Command): void {
  const calendar = program.command('calendar').description('工作日 the statutory working days of China');
  answering<{ year?: number }>(
    calendar
      .command('check')
      .description('compares them day by day with a second source (chinese-days); exit 1 when they differ')
      .option('--year <year>', 'only this year', yearOf),
    async ({ options, show }) => {
      const data = loadCalendar(SHIPPED);
      const second = chineseDaysSource();
      const asked = options.year;
      // The notice of a year comes in November of the year before: next year's is always worth a word.
      const years = asked === undefined ? yearsToCheck(data, second, new Date().getFullYear() + 1) : [asked];
      const checks = checkCalendar(data, second, years);
      const wrong = checks.filter((one) => isAtFault(data, one)).length;
      show({ second: second.name, years: checks, wrong }, () => [
        ...checks.flatMap((one) => linesOf(one, data, second.name, options.lang)),
        options.lang === 'zh'
          ? `共 ${checks.length} 个年份，有问题的 ${wrong} 个`
          : `${checks.length} years, ${wrong} of them wrong`,
      ]);
      if (wrong > 0) process.exitCode = 1;
    },
  );
  answering(
    calendar
      .command('show')
      .argument('<year>', 'e.g. 2026', yearOf)
      .description('days off and make-up days of a year, with the notice'),
    async ({ options, show }, asked) => {
      const year = Number(asked);
      const data = loadCalendar(SHIPPED);
      const found = data.years.find((one) => one.year === year);
      const none = { year, published: false };
      show(found ? { ...found, published: true } : none, () =>
        found ? daysOf(found, options.lang) : [unpublished(year, data, options.lang)],
      );
      if (!found) process.exitCode = 1;
    },
  );
}

function linesOf(
  { year, known, source, differences }: YearCheck,
  data: CalendarData,
  name: string,
  lang: Lang,
): string[] {
  const zh = lang === 'zh';
  if (known === 'neither') return [`${year}  ${unpublished(year, data, lang)}`];
  if (known === 'theirs') return [`${year}  ${zh ? `只有 ${name} 有这一年` : `only ${name} has this year`}`];
  if (known === 'ours') {
    return [
      `${year}  ${zh ? `只有本系统有这一年，未能核对（${source}）` : `only our calendar has this year; not compared (${source})`}`,
    ];
  }
  const day = dayWords({ zone: 'UTC', calendar: data }, lang);
  const word = (working: boolean) => (zh ? (working ? '工作日' : '非工作日') : working ? 'worked' : 'off');
  const verdict = zh
    ? differences.length === 0
      ? '一致'
      : `${differences.length} 处不一致`
    : differences.length === 0
      ? 'the same'
      : `${differences.length} differences`;
  return [
    `${year}  ${verdict}（${source}）`,
    ...differences.map(({ date, ours, theirs }) =>
      zh
        ? `    ${day(date)}：本系统为${word(ours)}，${name} 为${word(theirs)}`
        : `    ${day(date)}: ${word(ours)} in our calendar, ${word(theirs)} in ${name}`,
    ),
  ];
}

function daysOf({ source, daysOff, workdays }: CalendarData['years'][number], lang: Lang): string[] {
  const weekday = weekdayWords(lang);
  const day = (date: LocalDate) => `    ${weekday(date)}`;
  const labels = lang === 'zh' ? ['来源', '放假', '调休上班'] : ['source', 'days off', 'make-up days'];
  return [
    `${labels[0]}  ${source}`,
    `${labels[1]} (${daysOff.length})`,
    ...daysOff.map(day),
    `${labels[2]} (${workdays.length})`,
    ...workdays.map(day),
  ];
}

function unpublished(year: number, data: CalendarData, lang: Lang): string {
  const last = Math.max(...data.years.map((one) => one.year));
  if (year < last) return lang === 'zh' ? `没有 ${year} 年的数据` : `there are no days of ${year}`;
  return lang === 'zh'
    ? `${year} 年的放假安排尚未公布，只按周末计算非工作日`
    : `the days off of ${year} are not published yet; only weekends count as days off`;
}

function yearOf(text: string): number {
  if (!/^(19|2\d)\d\d$/.test(text)) throw new InvalidArgumentError('not a year, YYYY');
  return Number(text);
}
