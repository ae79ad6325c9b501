import type { Finding, ObligationPlan, Plan } from '../../../domain/plan';
import { type AsOf, checkPlan } from '../../../domain/plan-check';

/** An obligation in which nothing is wrong. */
export const obligation = (own: Partial<ObligationPlan> = {}): ObligationPlan => ({
  code: 'deployment-report',
  name: { zh: '安排部署情况', en: 'Deployment report' },
  source: '三末段',
  owedBy: { sectors: [] },
  due: { afterDays: 7 },
  alsoStated: [],
  summary: false,
  remindDaysBefore: [7, 0],
  ladder: 'standard',
  signedByHead: true,
  review: 'desk-review',
  form: [{ code: 'account', label: { zh: '情况', en: 'Account' }, kind: 'paragraph', required: true }],
  ...own,
});

/** A small plan in which the check finds nothing at all; each test spoils one thing. */
export const planOf = (own: Partial<Plan> = {}): Plan => ({
  code: 'small',
  version: '1',
  template: false,
  title: { zh: '方案', en: 'Plan' },
  authority: { zh: '县卫健委', en: 'County Health Commission' },
  source: '方案',
  zone: 'Asia/Shanghai',
  start: '2024-12-09',
  months: 3,
  calendar: {
    source: 'test',
    years: [
      { year: 2024, source: 'test', daysOff: [], workdays: [] },
      { year: 2025, source: 'test', daysOff: ['2025-01-01'], workdays: [] },
    ],
  },
  parts: [
    { code: '1', number: '一、', title: '总体要求', present: true, refersTo: [] },
    { code: '2', number: '二、', title: '整治内容', present: true, refersTo: ['annex-1'] },
    { code: '2.1', number: '（一）', title: '综合', present: true, refersTo: [] },
    { code: 'annex-1', number: '附件1', title: '清单', present: true, refersTo: [] },
  ],
  sectors: [
    {
      code: 'general',
      name: { zh: '综合', en: 'General' },
      part: '2.1',
      checklist: [
        { code: 'general-1', text: { zh: '思想麻痹', en: 'Complacency' }, source: '二（一）', grade: 'general' },
      ],
    },
  ],
  obligations: [obligation()],
  ladders: [
    {
      code: 'standard',
      steps: [
        { afterWorkingDays: 1, act: 'remind', source: '三（五）' },
        { afterWorkingDays: 5, act: 'propose-talk', decidedBy: 'leader', source: '三（五）' },
      ],
    },
  ],
  routes: [
    {
      code: 'desk-review',
      steps: [
        { code: 'desk', name: { zh: '审核', en: 'Review' }, by: 'reviewer', quorum: 'one', workingDays: 3, handOn: [] },
      ],
    },
  ],
  contacts: (['admin', 'leader', 'reviewer'] as const).map((role) => ({
    role,
    name: '张三',
    phone: '0570-1234567',
    email: `${role}@foxx.example`,
    sectors: [],
  })),
  post: { digestAt: '08:30', quietFrom: '20:00' },
  waivers: [],
  ...own,
});

/** What the check finds in a plan, by code and place. */
export const found = (plan: Plan, asOf: Partial<AsOf> = {}): string[] =>
  checkPlan(plan, { launch: false, ...asOf }).map(({ code, place, severity }) => `${severity} ${code} ${place}`);

/** The one finding of a code; fails when there is none or more than one. */
export function theOne(plan: Plan, code: string, asOf: Partial<AsOf> = {}): Finding {
  const all = checkPlan(plan, { launch: false, ...asOf }).filter((finding) => finding.code === code);
  if (all.length !== 1) throw new Error(`${all.length} findings ${code}`);
  return all[0]!;
}
