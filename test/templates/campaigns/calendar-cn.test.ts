import { chineseDaysSource } from '../../../cli/chinese-days';
import { calendarOf } from '../../../domain/plan-dates';
import { checkCalendar } from '../../../domain/statutory-days';
import { loadCalendar } from '../../../templates/campaigns/read-plan';

const data = loadCalendar('cn');
const calendar = calendarOf({ zone: 'Asia/Shanghai', calendar: data });

it('has every year since 2019 once, each with its notice', () => {
  expect(calendar.publishedYears).toEqual(data.years.map((_, index) => 2019 + index));
  for (const { year, source } of data.years) expect(source).toContain(`国务院办公厅关于${year}年部分节假日安排的通知`);
});

it.each(data.years)('$year has the working days the package chinese-days has', ({ year, daysOff, workdays }) => {
  expect([...daysOff, ...workdays].filter((date) => !date.startsWith(`${year}-`))).toEqual([]);
  expect(daysOff.filter((date) => workdays.includes(date))).toEqual([]);
  expect(checkCalendar(data, chineseDaysSource(), [year])).toMatchObject([{ known: 'both', differences: [] }]);
});

it('makes only weekends up for', () => {
  expect(calendar.workdays.filter((date) => ![0, 6].includes(new Date(`${date}T12:00Z`).getUTCDay()))).toEqual([]);
});
