import type { ApprovalStep, LadderStep, Plan, StaffRole, Text } from '../../domain/plan';
import type { PlanDate } from '../../domain/plan-calendar';
import { oneLine } from '../mail/item-view';
import { type Words, wordsOf } from '../mail/words';

type Lang = keyof Text;

const ACTS: Record<LadderStep['act'], Text> = {
  remind: { zh: '提醒', en: 'reminder' },
  warn: { zh: '警示', en: 'warning' },
  'propose-talk': { zh: '建议约谈', en: 'proposal of a talk' },
  'propose-bulletin': { zh: '建议通报', en: 'proposal of a bulletin' },
};

const HOLDERS: Record<StaffRole | 'another', Text> = {
  another: { zh: '另一名同角色人员', en: 'another of the same role' },
  admin: { zh: '管理员', en: 'the campaign office' },
  reviewer: { zh: '领域审核员', en: 'the reviewer of the sector' },
  leader: { zh: '委领导', en: 'the leader' },
};

const LATE_START: Text = { zh: '，启动晚于此时则不发', en: ', not sent where the launch is later' };

/** What happens on a date of a plan, as one line. */
export function planDateText(date: PlanDate, lang: Lang): string {
  const words = wordsOf(lang);
  const duty = date.duty ? dutyText(date.duty.code, date.duty.obligation.name, lang, words) : '';
  const zh = lang === 'zh';
  switch (date.kind) {
    case 'start':
      return zh ? '集中整治开始' : 'campaign starts';
    case 'end':
      return zh ? '集中整治结束（当日24:00）' : 'campaign ends (24:00)';
    case 'due':
      return zh ? `截止：${duty}（当日24:00）` : `due: ${duty} (24:00)`;
    case 'reminder': {
      const when = `${countdown(date.daysBefore!, lang)}${date.onStart ? LATE_START[lang] : ''}`;
      return zh ? `提醒：${duty}（${when}）` : `reminder: ${duty} (${when})`;
    }
    case 'rung': {
      const { number, afterWorkingDays: days, act } = date.rung!;
      return zh
        ? `督办第${number}级：${ACTS[act].zh}，${duty}（逾期第${days}个工作日，未报送的）`
        : `ladder step ${number}: ${ACTS[act].en}, ${duty} (working day ${days} after the due day, where it is missing)`;
    }
  }
}

/** The plan's name of a duty, with the turn of what recurs. */
export function dutyText(code: string, name: Text, lang: Lang, words: Words = wordsOf(lang)): string {
  const turn = code.split('#')[1];
  const plain = oneLine(name[lang]);
  return turn === undefined ? plain : words.turn(plain, turn);
}

/** How long each step of a review may take, one line a step. A clock of this kind starts when something is handed in. */
export function reviewClockTexts(plan: Plan, lang: Lang): string[] {
  return plan.routes.flatMap(({ code, steps }) => {
    const duties = plan.obligations.filter(({ review }) => review === code).map(({ name }) => oneLine(name[lang]));
    return duties.length === 0 ? [] : steps.map((step) => stepText(step, duties, lang));
  });
}

function stepText({ name, by, workingDays, handOn }: ApprovalStep, duties: string[], lang: Lang): string {
  const then = handOn.map((holder) => HOLDERS[holder][lang]);
  const what = wordsOf(lang).list(duties);
  if (lang === 'zh') {
    const next = then.length > 0 ? `，逾期转${then.join('、再转')}` : '';
    return `${oneLine(name.zh)}：${HOLDERS[by].zh}，${workingDays}个工作日${next}，从不默认通过（${what}）`;
  }
  const next = then.length > 0 ? `, then ${then.join(', then ')}` : '';
  return `${oneLine(name.en)}: ${HOLDERS[by].en}, ${workingDays} working days${next}; never approved by silence (${what})`;
}

function countdown(days: number, lang: Lang): string {
  if (lang === 'zh') return days === 0 ? '截止当天' : `截止前${days}天`;
  return days === 0 ? 'on the due day' : days === 1 ? '1 day before' : `${days} days before`;
}
