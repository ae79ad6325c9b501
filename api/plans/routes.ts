import { checkPlan, refuses } from '../../domain/plan-check';
import { day } from '../http/fields';
import { type Route, route } from '../http/route';
import { z } from '../http/z';
import { findingSchema, presentFinding } from '../present/finding';
import { planFrom, planText } from './plan-from';

export const planRoutes: Route[] = [
  route({
    method: 'post',
    path: '/plans/check',
    tag: 'plans',
    permission: 'check-plan',
    summary: 'What is wrong, odd or open in a plan, before anyone is bothered',
    body: z.strictObject({
      plan: planText,
      start: day.optional().openapi({ description: 'Tries the plan with this start.' }),
      launch: z.boolean().default(false).openapi({ description: 'As for a launch: nothing may be open.' }),
    }),
    answers: z.object({ findings: z.array(findingSchema), refused: z.boolean() }),
    async handle({ body, lang }) {
      const plan = planFrom(body.plan);
      const tried = body.start === undefined ? plan : { ...plan, start: body.start, template: false };
      const findings = checkPlan(tried, { launch: body.launch });
      return { body: { findings: findings.map((one) => presentFinding(one, lang)), refused: refuses(findings) } };
    },
  }),
];
