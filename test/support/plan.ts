import type { ObligationPlan, Plan } from '../../domain/plan';

/**
 * A small plan for tests, three months from Monday 9 December 2024, with one obligation of each sort:
 * `report` (everybody, signed by the head, reviewed; Monday 16 December), `note` (everybody, one signature, reviewed;
 * 30 December), `log` (chemicals, every 15 days from 24 December, signed by the head, recorded without review).
 */
export function testPlan(change: Partial<Plan> = {}): Plan {
  return {
    code: 'test-plan',
    version: '1',
    template: false,
    title: { zh: '测试方案', en: 'Test plan' },
    authority: { zh: '测试委', en: 'Test commission' },
    source: 'test',
    zone: 'Asia/Shanghai',
    start: '2024-12-09',
    months: 3,
    calendar: {
      source: 'test',
      // New Year, Spring Festival and the Sunday worked for it.
      years: [
        { year: 2024, source: 'test', daysOff: [], workdays: [] },
        {
          year: 2025,
          source: 'test',
          daysOff: ['2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-03', '2025-02-04'],
          workdays: ['2025-01-26', '2025-02-08'],
        },
      ],
    },
    parts: [],
    sectors: [],
    obligations: [
      testObligation({ code: 'report', due: { afterDays: 7 } }),
      testObligation({ code: 'note', due: { afterDays: 21 }, signedByHead: false }),
      testObligation({
        code: 'log',
        owedBy: { sectors: ['chemicals'] },
        due: { afterDays: 15 },
        everyDays: 15,
        remindDaysBefore: [1, 0],
        review: undefined,
      }),
    ],
    ladders: [
      {
        code: 'standard',
        steps: [
          { afterWorkingDays: 1, act: 'remind', source: 'rule 1' },
          { afterWorkingDays: 3, act: 'warn', source: 'rule 2' },
          { afterWorkingDays: 5, act: 'propose-talk', decidedBy: 'leader', source: 'rule 3' },
          { afterWorkingDays: 7, act: 'propose-bulletin', decidedBy: 'leader', source: 'rule 4' },
        ],
      },
    ],
    routes: [
      {
        code: 'desk-review',
        steps: [
          {
            code: 'desk',
            name: { zh: '审核', en: 'Review' },
            by: 'reviewer',
            quorum: 'one',
            workingDays: 3,
            handOn: ['another', 'admin'],
          },
        ],
      },
    ],
    contacts: [
      { role: 'admin', name: 'A', phone: '1', email: 'admin@office.example', sectors: [] },
      { role: 'leader', name: 'L', phone: '2', email: 'leader@office.example', sectors: [] },
      { role: 'reviewer', name: 'R', phone: '3', email: 'reviewer1@office.example', sectors: [] },
      { role: 'reviewer', name: 'S', phone: '4', email: 'reviewer2@office.example', sectors: [] },
    ],
    post: { digestAt: '08:30', quietFrom: '20:00' },
    waivers: [],
    ...change,
  };
}

export function testObligation(of: Partial<ObligationPlan> & Pick<ObligationPlan, 'code' | 'due'>): ObligationPlan {
  return {
    name: { zh: of.code, en: of.code },
    source: `test ${of.code}`,
    owedBy: { sectors: [] },
    alsoStated: [],
    summary: false,
    remindDaysBefore: [7, 3, 1, 0],
    ladder: 'standard',
    signedByHead: true,
    review: 'desk-review',
    form: [],
    ...of,
  };
}
