import type { LocalDate } from '../../domain/time';
import type { Words } from './words';

const WEEKDAYS = '日一二三四五六';

function partsOf(date: LocalDate) {
  const [year, month, day] = date.split('-').map(Number);
  return { year, text: `${month}月${day}日`, weekday: WEEKDAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] };
}

export const ZH: Words = {
  htmlLang: 'zh-CN',
  labels: {
    dear: '',
    hello: '您好：',
    what: '事项',
    byWhen: '时限',
    why: '为什么收到这封邮件',
    todo: '请您办理',
    open: '打开办理页面',
    duty: '报送事项',
    due: '截止日（当日24:00）',
    state: '情况',
    whom: '有疑问请联系',
    phone: '电话',
    email: '邮箱',
    link: '链接',
    noSession: '链接不含登录信息，打开后请照常登录；请勿向任何人提供验证码。',
    calendar: '附件为日历文件，可将截止日加入手机或电脑日历。',
    joint: '：',
    sentBy: '本邮件由集中整治系统按实施方案发出。',
  },
  topic: (title) => /(安全生产)?(集中|专项)整治/.exec(title)?.[0] ?? '集中整治',
  subject: (topic, title, { sections, reasons }) => `【${topic}】${title}${sections > 1 ? `等${reasons}件` : ''}`,
  intro: (reasons) => `以下${reasons}件事，按紧急程度排列。`,
  day(date) {
    const { year, text, weekday } = partsOf(date);
    return `${year}年${text}（星期${weekday}）`;
  },
  shortDay(date, today) {
    const { year, text, weekday } = partsOf(date);
    return `${date.slice(0, 4) === today.slice(0, 4) ? '' : `${year}年`}${text}（周${weekday}）`;
  },
  moment: (date, time) => `${partsOf(date).text}${time}`,
  by: (date, zone) => `${ZH.day(date)}24:00前（${zone === 'Asia/Shanghai' ? '北京时间' : zone}）`,
  left(days) {
    if (days < 0) return `截止日已过${-days}天`;
    return days === 0 ? '今天截止' : days === 1 ? '明天截止' : `还有${days}天`;
  },
  countdown: (days) => (days > 1 ? `${days}天后截止` : ZH.left(days)),
  late: (workingDays) => `逾期${workingDays}个工作日`,
  turn: (name, turn) => `${name}（第${turn}次）`,
  about({ duties, units, count }) {
    const where = units.length > 1 ? `${units.length}个单位` : units[0];
    if (duties.length === 0) return where ?? '';
    const what = duties.length === 1 ? duties[0] : `${count}项报送`;
    return where === undefined ? `${what}` : `${what}（${where}）`;
  },
  place: (label, row) => (label === undefined ? '整份' : row === undefined ? `“${label}”` : `“${label}”第${row}行`),
  states: {
    pending: '未报送',
    filed: '已填报，待签字',
    signed: '已签字，待审核',
    'under-review': '审核中',
    correcting: '更正待同意',
    returned: '退回',
    accepted: '通过',
    exempt: '免报',
  },
  onTime: '按时',
  afterDue: '逾期',
  list: (names) => names.join('、'),
  event: (duty, unit) => `截止：${duty}（${unit}）`,
};
