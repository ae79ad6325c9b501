import { isWorkingDay } from '../calendar';
import { calendarOf } from '../plan-dates';
import { addDays } from '../time';
import { type Check, warning } from './context';

/** `due-on-day-off`: people have to file on a day on which nobody is at work. */
export const dueOnWorkingDays: Check = ({ plan, dated, started, start }) => {
  // Which days are off depends on the year, which a template does not have.
  if (!started) return [];
  const calendar = calendarOf(plan);
  return dated.flatMap(({ obligation, turns }) =>
    turns
      // A day before the start is wrong altogether, and said to be.
      .filter(({ due }) => due >= start && !isWorkingDay(calendar, due))
      .map(({ code, due }) =>
        warning(
          'due-on-day-off',
          `obligations/${code}/due`,
          `${obligation.name.zh}（${code}）的截止日 ${due} 不是工作日。`,
          `${obligation.name.en} (${code}) is due on ${due}, which is not a working day.`,
        ),
      ),
  );
};

/** `year-not-published`: the days off of a year the campaign reaches into are not known yet. */
export const yearsArePublished: Check = ({ plan, dated, started, start, end }) => {
  if (!started) return [];
  const days = [start, end, ...dated.flatMap(({ turns }) => turns.map(({ due }) => due))].filter((day) => day >= start);
  const years = [...new Set(days.map((day) => Number(day.slice(0, 4))))].sort((a, b) => a - b);
  const { publishedYears } = calendarOf(plan);
  return years
    .filter((year) => !publishedYears.includes(year))
    .map((year) =>
      warning(
        'year-not-published',
        `calendar/years/${year}`,
        `${year} 年的节假日安排尚未收入日历，只按周末计算工作日。`,
        `The days off of ${year} are not in the calendar; only weekends count as days off there.`,
      ),
    );
};

/** `reminder-before-start`: a reminder that falls before the campaign is dropped for everybody. */
export const remindersAfterStart: Check = ({ dated, day, start }) =>
  dated.flatMap(({ obligation, due }) => {
    if (due < start) return [];
    return obligation.remindDaysBefore
      .filter((days) => addDays(due, -days) < start)
      .map((days) =>
        warning(
          'reminder-before-start',
          `obligations/${obligation.code}/remindDaysBefore/${days}`,
          `${obligation.name.zh}：截止日（${day(due).zh}）前 ${days} 天的提醒早于开始日，不会发出。`,
          `${obligation.name.en}: the reminder ${days} days before ${day(due).en} falls before the start and will not be sent.`,
        ),
      );
  });
