import type { Plan } from '../../../domain/plan';
import type { AsOf } from '../../../domain/plan-check';
import { checkPlan, refuses } from '../../../domain/plan-check';
import { found, obligation, planOf, theOne } from './plan-of';

const summary = (own: Parameters<typeof obligation>[0] = {}) =>
  obligation({ code: 'work-summary', name: { zh: '工作总结', en: 'Work summary' }, summary: true, ...own });
const { parts, contacts, ladders, routes, sectors } = planOf();
const xx = contacts.map((contact) => (contact.role === 'admin' ? { ...contact, phone: 'XX', email: '' } : contact));
const ladder = (steps: Plan['ladders'][number]['steps']) => [{ code: 'standard', steps }];

/** Each code: a plan it is found in (with what is found), and the same plan put right. */
const CASES: { finds: string; wrong: Partial<Plan>; right: Partial<Plan>; asOf?: Partial<AsOf> }[] = [
  { finds: 'error start-missing start', wrong: { start: undefined }, right: {} },
  {
    finds: 'error start-missing start',
    wrong: { start: undefined, template: true },
    right: {},
    asOf: { launch: true },
  },
  {
    finds: 'warning date-in-template obligations/deployment-report/due',
    wrong: { template: true, start: undefined, obligations: [obligation({ due: { date: '2024-12-16' } })] },
    right: { template: true, start: undefined },
  },
  {
    finds: 'error due-before-start obligations/deployment-report/due',
    wrong: { obligations: [obligation({ due: { date: '2024-12-06' } })] },
    right: { obligations: [obligation({ due: { date: '2024-12-09' }, remindDaysBefore: [0] })] },
  },
  {
    finds: 'warning due-before-end obligations/work-summary/due',
    wrong: { obligations: [obligation(), summary({ due: { date: '2025-03-07' } })] },
    right: { obligations: [obligation(), summary({ due: { date: '2025-03-10' } })] },
  },
  {
    finds: 'error due-after-end obligations/deployment-report/due',
    wrong: { obligations: [obligation({ due: { date: '2025-03-10' } })] },
    right: { obligations: [obligation({ due: { date: '2025-03-07' } })] },
  },
  {
    finds: 'error due-out-of-order obligations/work-summary/due',
    wrong: { months: 1, obligations: [obligation({ due: { afterDays: 29 } }), summary({ due: { afterDays: 28 } })] },
    right: { months: 1, obligations: [obligation({ due: { afterDays: 28 } }), summary({ due: { afterDays: 31 } })] },
  },
  {
    finds: 'error stated-differently obligations/deployment-report/alsoStated/0',
    wrong: { obligations: [obligation({ alsoStated: [{ place: '附件2', due: { date: '2024-12-17' } }] })] },
    right: { obligations: [obligation({ alsoStated: [{ place: '附件2', due: { date: '2024-12-16' } }] })] },
  },
  {
    finds: 'warning due-on-day-off obligations/deployment-report/due',
    wrong: { obligations: [obligation({ due: { date: '2025-01-01' } })] },
    right: { obligations: [obligation({ due: { date: '2025-01-02' } })] },
  },
  {
    finds: 'warning due-on-day-off obligations/deployment-report#2/due',
    wrong: {
      obligations: [obligation({ due: { date: '2024-12-27' }, everyDays: 5, remindDaysBefore: [] })],
      months: 1,
    },
    right: {
      obligations: [obligation({ due: { date: '2024-12-27' }, everyDays: 7, remindDaysBefore: [] })],
      months: 1,
    },
  },
  {
    finds: 'warning year-not-published calendar/years/2025',
    wrong: { calendar: { source: '', years: [{ year: 2024, source: '', daysOff: [], workdays: [] }] } },
    right: {},
  },
  {
    finds: 'warning reminder-before-start obligations/deployment-report/remindDaysBefore/8',
    wrong: { obligations: [obligation({ remindDaysBefore: [8, 1] })] },
    right: { obligations: [obligation({ remindDaysBefore: [7, 1] })] },
  },
  {
    finds: 'error part-absent parts/annex-1',
    wrong: { parts: parts.map((part) => ({ ...part, present: part.code !== 'annex-1' })) },
    right: { parts },
  },
  { finds: 'error part-absent parts/annex-1', wrong: { parts: parts.slice(0, 3) }, right: { parts } },
  {
    finds: 'warning part-without-number parts/1',
    wrong: { parts: parts.map((part) => (part.code === '1' ? { ...part, number: '' } : part)) },
    right: { parts },
  },
  {
    finds: 'warning part-number-gap parts/annex-1',
    wrong: { parts: parts.map((part) => (part.code === 'annex-1' ? { ...part, number: '附件2' } : part)) },
    right: { parts },
  },
  {
    finds: 'warning source-unknown sectors/general/checklist/general-1',
    wrong: {
      sectors: sectors.map((s) => ({ ...s, checklist: s.checklist.map((i) => ({ ...i, source: '二（九）' })) })),
    },
    right: { sectors },
  },
  { finds: 'warning contact-open contacts/0', wrong: { contacts: xx }, right: { contacts } },
  { finds: 'error contact-open contacts/0', wrong: { contacts: xx }, right: { contacts }, asOf: { launch: true } },
  {
    finds: 'error contact-missing contacts/admin',
    wrong: { contacts: contacts.filter(({ role }) => role !== 'admin') },
    right: { contacts },
    asOf: { launch: true },
  },
  {
    finds: 'error contact-missing contacts/reviewer/general',
    wrong: { contacts: contacts.map((c) => (c.role === 'reviewer' ? { ...c, sectors: ['fire'] } : c)) },
    right: { contacts: contacts.map((c) => (c.role === 'reviewer' ? { ...c, sectors: ['general'] } : c)) },
    asOf: { launch: true },
  },
  {
    finds: 'warning contact-missing contacts/reviewer/general',
    wrong: { contacts: contacts.filter(({ role }) => role !== 'reviewer') },
    // Without a route there is nothing to review.
    right: {
      contacts: contacts.filter(({ role }) => role !== 'reviewer'),
      obligations: [obligation({ review: undefined })],
    },
  },
  {
    finds: 'error nobody-owes obligations/deployment-report/owedBy',
    wrong: { obligations: [obligation({ owedBy: { sectors: ['gas'] } })] },
    right: { obligations: [obligation({ owedBy: { sectors: ['general'] } })] },
  },
  {
    finds: 'error nobody-owes obligations/deployment-report/owedBy',
    wrong: { obligations: [obligation({ owedBy: { sectors: ['general'] } })] },
    right: {},
    asOf: { units: [{ sectors: ['fire'], kind: 'clinic' }] },
  },
  {
    finds: 'error step-without-decider ladders/standard/steps/0',
    wrong: { ladders: ladder([{ afterWorkingDays: 5, act: 'propose-bulletin', source: '三（五）' }]) },
    right: { ladders },
  },
  {
    finds: 'error step-without-decider ladders/standard/steps/1',
    wrong: { contacts: contacts.filter(({ role }) => role !== 'leader') },
    right: { contacts },
  },
  {
    finds: 'error ladder-unknown obligations/deployment-report/ladder',
    wrong: { obligations: [obligation({ ladder: 'steep' })] },
    right: {},
  },
  {
    finds: 'error ladder-out-of-order ladders/standard/steps/1',
    wrong: {
      ladders: ladder([
        { afterWorkingDays: 3, act: 'remind', source: '' },
        { afterWorkingDays: 3, act: 'warn', source: '' },
      ]),
    },
    right: { ladders },
  },
  {
    finds: 'error route-unknown obligations/deployment-report/review',
    wrong: { obligations: [obligation({ review: 'nowhere' })] },
    right: {},
  },
  {
    finds: 'error route-empty routes/desk-review',
    wrong: { routes: [{ code: 'desk-review', steps: [] }] },
    right: { routes },
  },
  {
    finds: 'error code-twice obligations/deployment-report',
    wrong: { obligations: [obligation(), obligation()] },
    right: { obligations: [obligation(), obligation({ code: 'another' })] },
  },
  {
    finds: 'error code-twice checklist/general-1',
    wrong: { sectors: [...sectors, { ...sectors[0]!, code: 'fire' }] },
    right: { sectors: [...sectors, { ...sectors[0]!, code: 'fire', checklist: [] }] },
  },
  {
    finds: 'error code-twice sectors/general',
    wrong: { sectors: [...sectors, { ...sectors[0]!, checklist: [] }] },
    right: {},
  },
  {
    finds: 'warning waiver-unused waivers/0',
    wrong: { waivers: [{ code: 'contact-open', place: 'contacts/0', reason: '稍后填写' }] },
    right: { contacts: xx, waivers: [{ code: 'contact-open', place: 'contacts/0', reason: '稍后填写' }] },
  },
  {
    finds: 'error waiver-without-reason waivers/0',
    wrong: { contacts: xx, waivers: [{ code: 'contact-open', place: 'contacts/0', reason: ' ' }] },
    right: { contacts: xx, waivers: [{ code: 'contact-open', place: 'contacts/0', reason: '稍后填写' }] },
  },
];

it('finds nothing in a plan in which nothing is wrong', () => {
  expect(found(planOf(), { launch: true, units: [{ sectors: ['general'], kind: 'clinic' }] })).toEqual([]);
  expect(found(planOf({ start: undefined, template: true }))).toEqual([]);
});

describe.each(CASES)('$finds', ({ finds, wrong, right, asOf }) => {
  it('is found where it is', () => expect(found(planOf(wrong), asOf)).toContain(finds));
  it('is not found where it is not', () => {
    const code = finds.split(' ')[1]!;
    expect(found(planOf(right), asOf).filter((line) => line.split(' ')[1] === code)).toEqual([]);
  });
});

describe('the rest of it', () => {
  it('names the days concretely, and the year that was probably meant', () => {
    const { message } = theOne(planOf({ obligations: [summary({ due: { date: '2024-02-13' } })] }), 'due-before-start');
    expect(message.zh).toContain('2024-02-13 早于开始日 2024-12-09，疑为 2025-02-13 之误');
    expect(message.en).toContain('2024-02-13, before the campaign starts on 2024-12-09; perhaps 2025-02-13 was meant');
  });

  it('compares only what the same units owe', () => {
    const lists = obligation({ code: 'lists', owedBy: { sectors: ['general'] }, due: { afterDays: 30 } });
    const of = (owing: ['general'] | ['fire']) =>
      planOf({
        sectors: [...sectors, { ...sectors[0]!, code: 'fire', checklist: [] }],
        obligations: [lists, summary({ owedBy: { sectors: owing }, due: { afterDays: 14 } })],
      });
    expect(found(of(['fire'])).join()).not.toContain('due-out-of-order');
    expect(found(of(['general'])).join()).toContain('due-out-of-order');
  });

  it('has nobody owe anything where there are no units', () => {
    expect(theOne(planOf(), 'nobody-owes', { unitCount: 0 }).severity).toBe('error');
    expect(found(planOf(), { unitCount: 3 })).toEqual([]);
  });

  it('lets a launch pass only without errors or with every error waived', () => {
    const open = planOf({ contacts: xx });
    const launch = (plan: Plan) => checkPlan(plan, { launch: true });
    expect(refuses(launch(planOf()))).toBe(false);
    expect(refuses(launch(open))).toBe(true);
    const waived = launch({ ...open, waivers: [{ code: 'contact-open', place: 'contacts/0', reason: '试运行' }] });
    expect(refuses(waived)).toBe(false);
    expect(waived.find(({ code }) => code === 'contact-open')?.waived).toBe('试运行');
  });

  it('does not take a waiver without reason, nor one of another place', () => {
    const open = planOf({ contacts: xx });
    for (const waiver of [
      { code: 'contact-open', place: 'contacts/0', reason: '' },
      { code: 'contact-open', place: 'contacts/1', reason: '试运行' },
    ]) {
      expect(refuses(checkPlan({ ...open, waivers: [waiver] }, { launch: true }))).toBe(true);
    }
  });
});
