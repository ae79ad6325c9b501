import type { Finding } from '../plan';
import { type Check, error } from './context';

/** `ladder-unknown`, `route-unknown`: an obligation names a procedure the plan does not have. */
export const proceduresAreKnown: Check = ({ plan }) =>
  plan.obligations.flatMap(({ code, name, ladder, review }) => {
    const found: Finding[] = [];
    if (!plan.ladders.some((known) => known.code === ladder)) {
      found.push(
        error(
          'ladder-unknown',
          `obligations/${code}/ladder`,
          `${name.zh}使用的督办阶梯 ${ladder} 不存在。`,
          `${name.en} uses the ladder ${ladder}, which does not exist.`,
        ),
      );
    }
    if (review !== undefined && !plan.routes.some((known) => known.code === review)) {
      found.push(
        error(
          'route-unknown',
          `obligations/${code}/review`,
          `${name.zh}使用的审批流程 ${review} 不存在。`,
          `${name.en} uses the approval route ${review}, which does not exist.`,
        ),
      );
    }
    return found;
  });

/** `ladder-out-of-order`: each step comes later than the one before it. */
export const laddersClimb: Check = ({ plan }) =>
  plan.ladders.flatMap((ladder) =>
    ladder.steps.flatMap((step, index) => {
      const before = ladder.steps[index - 1]?.afterWorkingDays ?? 0;
      if (step.afterWorkingDays > before) return [];
      return [
        error(
          'ladder-out-of-order',
          `ladders/${ladder.code}/steps/${index}`,
          `督办阶梯 ${ladder.code} 第 ${index + 1} 步（第 ${step.afterWorkingDays} 个工作日）不晚于前一步（第 ${before} 个工作日）。`,
          `Step ${index + 1} of ladder ${ladder.code} (working day ${step.afterWorkingDays}) is not later than the one before (working day ${before}).`,
        ),
      ];
    }),
  );

/** `route-empty`: a route without a step would accept everything unseen. */
export const routesHaveSteps: Check = ({ plan }) =>
  plan.routes
    .filter(({ steps }) => steps.length === 0)
    .map(({ code }) =>
      error('route-empty', `routes/${code}`, `审批流程 ${code} 没有步骤。`, `The approval route ${code} has no steps.`),
    );
