import type { Finding, ObligationPlan } from '../plan';
import { dueDate } from '../plan-dates';
import { type Check, error, warning, yearSlip } from './context';

const placeOf = (obligation: ObligationPlan) => `obligations/${obligation.code}/due`;

/** `start-missing`: only a template may leave the start open, and none may at launch. */
export const startIsThere: Check = ({ plan, launch, started }) => {
  if (started || (plan.template && !launch)) return [];
  return [error('start-missing', 'start', '没有开始日期。', 'There is no start date.')];
};

/** `date-in-template`: a written date ties a template to one year and cannot be compared with an offset. */
export const templatesCountDays: Check = ({ plan, started }) => {
  if (started) return [];
  return plan.obligations.flatMap((obligation) =>
    [obligation.due, ...obligation.alsoStated.map(({ due }) => due)].flatMap((due) =>
      'date' in due
        ? [
            warning(
              'date-in-template',
              placeOf(obligation),
              `${obligation.name.zh}写的是固定日期 ${due.date}，而方案没有开始日期，无法核对。`,
              `${obligation.name.en} has the fixed date ${due.date}, but the plan has no start to compare it with.`,
            ),
          ]
        : [],
    ),
  );
};

/** `due-before-start` */
export const dueAfterStart: Check = (context) =>
  context.dated.flatMap(({ obligation, due }) => {
    if (due >= context.start) return [];
    const slip = yearSlip(context, due);
    return [
      error(
        'due-before-start',
        placeOf(obligation),
        `${obligation.name.zh}的截止日 ${due} 早于开始日 ${context.start}${slip.zh}。`,
        `${obligation.name.en} is due on ${due}, before the campaign starts on ${context.start}${slip.en}.`,
      ),
    ];
  });

/** `due-before-end`: a summary cannot sum up days that have not yet passed. */
export const summariesAfterEnd: Check = ({ dated, plan, day, end, lastDay }) =>
  dated.flatMap(({ obligation, due }) => {
    if (!obligation.summary || due > end) return [];
    return [
      warning(
        'due-before-end',
        placeOf(obligation),
        `${obligation.name.zh}的截止日（${day(due).zh}）不晚于集中整治的最后一天（${lastDay.zh}），${plan.months} 个月尚未结束。`,
        `${obligation.name.en} is due (${day(due).en}) before the ${plan.months} months are over (last day: ${lastDay.en}).`,
      ),
    ];
  });

/** `due-after-end`: what is not a summary belongs inside the campaign. */
export const dueWithinCampaign: Check = ({ dated, day, end, lastDay }) =>
  dated.flatMap(({ obligation, due }) => {
    if (obligation.summary || due <= end) return [];
    return [
      error(
        'due-after-end',
        placeOf(obligation),
        `${obligation.name.zh}的截止日（${day(due).zh}）晚于集中整治的最后一天（${lastDay.zh}）。`,
        `${obligation.name.en} is due (${day(due).en}) after the campaign has ended (last day: ${lastDay.en}).`,
      ),
    ];
  });

/** `due-out-of-order`: a summary asked for before what it sums up. */
export const summariesLast: Check = ({ dated, day }) => {
  const parts = dated.filter(({ obligation }) => !obligation.summary && obligation.everyDays === undefined);
  return dated.flatMap((summary): Finding[] => {
    const later = summary.obligation.summary
      ? parts.filter((part) => part.due > summary.due && shareUnits(part.obligation, summary.obligation))
      : [];
    if (later.length === 0) return [];
    const { name } = summary.obligation;
    return [
      error(
        'due-out-of-order',
        placeOf(summary.obligation),
        `${name.zh}（${day(summary.due).zh}）早于${later.map((part) => `${part.obligation.name.zh}（${day(part.due).zh}）`).join('、')}。`,
        `${name.en} (${day(summary.due).en}) is due before ${later.map((part) => `${part.obligation.name.en} (${day(part.due).en})`).join(', ')}.`,
      ),
    ];
  });
};

function shareUnits(a: ObligationPlan, b: ObligationPlan): boolean {
  const [first, second] = [a.owedBy.sectors, b.owedBy.sectors];
  return first.length === 0 || second.length === 0 || first.some((sector) => second.includes(sector));
}

/** `stated-differently`: two places of the document name different days for the same thing. */
export const statedAlike: Check = ({ dated, day, start, started }) =>
  dated.flatMap(({ obligation, due }) =>
    obligation.alsoStated.flatMap((other, index) => {
      if (!started && 'date' in other.due) return [];
      const stated = dueDate(other.due, start);
      if (stated === due) return [];
      return [
        error(
          'stated-differently',
          `obligations/${obligation.code}/alsoStated/${index}`,
          `${obligation.name.zh}：${obligation.source}为 ${day(due).zh}，${other.place}为 ${day(stated).zh}，两处不一致。`,
          `${obligation.name.en}: ${obligation.source} says ${day(due).en}, ${other.place} says ${day(stated).en}.`,
        ),
      ];
    }),
  );
