import type { LocalDate } from '../../domain/time';
import type { Words } from './words';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

// Written out rather than left to Intl: its commas change with the ICU release, and so would every mail.
function partsOf(date: LocalDate) {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return { year, month: MONTHS[month - 1]!, day, weekday: WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()]! };
}

function days(count: number): string {
  return `${count} ${count === 1 ? 'day' : 'days'}`;
}

export const EN: Words = {
  htmlLang: 'en',
  labels: {
    dear: 'Dear ',
    hello: ',',
    what: 'What',
    byWhen: 'By when',
    why: 'Why you get this mail',
    todo: 'What to do',
    open: 'Open the page',
    duty: 'To hand in',
    due: 'Due (24:00 of the day)',
    state: 'State',
    whom: 'Questions? Please contact',
    phone: 'Telephone',
    email: 'E-mail',
    link: 'Link',
    noSession: 'Links do not sign you in: open one and sign in as usual. Never give a sign-in code to anybody.',
    calendar: 'The attached calendar file puts the due days into the calendar of your phone or computer.',
    joint: ': ',
    sentBy: 'Sent by the campaign system as the implementation plan provides.',
  },
  topic: () => 'Safety campaign',
  subject: (topic, title, { sections, reasons }) =>
    `[${topic}] ${title}${sections > 1 ? ` (the most urgent of ${reasons})` : ''}`,
  intro: (reasons) => `${reasons} matters, the most urgent first.`,
  day(date) {
    const { year, month, day, weekday } = partsOf(date);
    return `${weekday} ${day} ${month} ${year}`;
  },
  shortDay(date, today) {
    const { year, month, day, weekday } = partsOf(date);
    const text = `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)}`;
    return date.slice(0, 4) === today.slice(0, 4) ? text : `${text} ${year}`;
  },
  moment: (date, time) => `${partsOf(date).day} ${partsOf(date).month} ${time}`,
  by: (date, zone) => `${EN.day(date)}, 24:00 (${zone === 'Asia/Shanghai' ? 'Beijing time' : zone})`,
  left(count) {
    if (count < 0) return `${days(-count)} past the due day`;
    return count === 0 ? 'due today' : count === 1 ? 'due tomorrow' : `${days(count)} left`;
  },
  countdown(count) {
    if (count < 0) return `${days(-count)} past the due day`;
    return count === 0 ? 'Due today' : count === 1 ? 'Due tomorrow' : `Due in ${days(count)}`;
  },
  late: (count) => `${count} working ${count === 1 ? 'day' : 'days'} overdue`,
  turn: (name, turn) => `${name} (no. ${turn})`,
  about({ duties, units, count }) {
    const where = units.length > 1 ? `${units.length} units` : units[0];
    if (duties.length === 0) return where ?? '';
    const what = duties.length === 1 ? duties[0] : `${count} items`;
    return where === undefined ? `${what}` : `${what} (${where})`;
  },
  place: (label, row) =>
    label === undefined ? 'The whole' : row === undefined ? `"${label}"` : `"${label}", row ${row}`,
  states: {
    pending: 'not filed',
    filed: 'filed, signature missing',
    signed: 'signed, waiting for review',
    'under-review': 'under review',
    correcting: 'correction waits for consent',
    returned: 'returned',
    accepted: 'accepted',
    exempt: 'exempt',
  },
  onTime: 'on time',
  afterDue: 'late',
  list: (names) => names.join(', '),
  event: (duty, unit) => `Due: ${duty} (${unit})`,
};
