import { campaign } from '../../../domain/campaign';
import { type Actor, type Decision, isRefusal, type MailReason, type Rules } from '../../../domain/case';
import type { Plan } from '../../../domain/plan';
import { calendarOf, endOf, occurrences } from '../../../domain/plan-dates';
import { endOfDay, type Instant, instantOf } from '../../../domain/time';
import { unitCampaign } from '../../../domain/unit-campaign';
import { termsFor } from '../../../domain/unit-campaign/terms';
import { loadTemplate } from '../../../templates/campaigns/read-plan';

/** The shipped plan as it was once: started on 9 December 2024. */
export const PLAN: Plan = { ...loadTemplate('county-health'), start: '2024-12-09', template: false };
export const CALENDAR = calendarOf(PLAN);

/** A mail of a real case, with the process id it came from. */
export interface RealMail {
  case: string;
  reason: MailReason;
}

const at = (date: string, time = '10:00'): Instant => instantOf(date, time, PLAN.zone);
const ACTORS = {
  filer: { id: 'p-filer', role: 'filer', unit: 'u1' },
  head: { id: 'p-head', role: 'head', unit: 'u1' },
  reviewer: { id: 'p-reviewer', role: 'reviewer' },
  admin: { id: 'p-admin', role: 'admin' },
} satisfies Record<string, Actor>;

type Act = [date: string, who: keyof typeof ACTORS, message: Record<string, unknown> & { type: string }];

/** Plays acts into a case, time passing between them and until `end`. */
// biome-ignore lint/suspicious/noExplicitAny: plays any kind of case.
function play(rules: Rules<any, any, any>, opening: any, acts: Act[], end: Instant): RealMail[] {
  const mails: MailReason[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: the state of any kind of case.
  let state: any;
  const take = (made: Decision<unknown>) => {
    state = made.state;
    mails.push(...made.mails);
  };
  const passUntil = (until: Instant) => {
    for (let step = rules.next(state); step && step.at <= until; step = rules.next(state))
      take(rules.pass(state, step));
  };
  take(rules.open(opening));
  for (const [date, who, message] of acts) {
    const when = at(date);
    passUntil(when);
    const made = rules.receive(state, message, { at: when, receivedAt: when, by: ACTORS[who] });
    if (isRefusal(made)) throw new Error(`${date} ${message.type}: ${JSON.stringify(made)}`);
    take(made);
  }
  passUntil(end);
  return mails.map((reason) => ({ case: opening.id, reason }));
}

function playUnit(acts: Act[], end = '2025-03-20', joined = '2024-12-09'): RealMail[] {
  const openedAt = at(joined, '09:00');
  const opening = {
    id: 'unit-campaign/c1-u1',
    campaign: 'campaign/c1',
    unit: 'u1',
    openedAt,
    joinedLate: joined !== '2024-12-09',
    terms: termsFor(PLAN, { sectors: ['general', 'chemicals'], onePerson: false }, openedAt),
    campaignRevision: 0,
  };
  return play(unitCampaign, opening, acts, at(end));
}

const obligation = 'deployment-report';
const content = { id: 'content-1', digest: 'd1' };
const seen = 'd1';

/** Mails of real cases that between them come to every kind there is. */
export function realMails(): RealMail[] {
  const redo = { type: 'return', obligation, seen, redo: '2024-12-25' };
  const reasons = [
    { text: '未附会议记录' },
    { place: 'key-places', text: '重点部位不全' },
    { place: 'key-places/3', text: '无责任人' },
  ];
  return [
    // Nobody does anything; the talk is held, so the bulletin is proposed; the office closes what is left.
    ...playUnit([
      ['2024-12-10', 'admin', { type: 'urge', obligation, note: '请抓紧' }],
      ['2024-12-26', 'admin', { type: 'settle-talk', obligation, outcome: 'held', note: '已谈' }],
      ['2025-03-10', 'admin', { type: 'close', reason: '期满' }],
    ]),
    // Filed and never signed.
    ...playUnit([['2024-12-12', 'filer', { type: 'file', obligation, content }]], '2024-12-24'),
    // Returned with places, corrected, accepted; another review is nobody's and is handed on.
    ...playUnit(
      [
        ['2024-12-12', 'filer', { type: 'file', obligation, content }],
        ['2024-12-12', 'head', { type: 'sign', obligation, seen }],
        ['2024-12-13', 'reviewer', { ...redo, reasons }],
        ['2024-12-16', 'filer', { type: 'file', obligation, content }],
        ['2024-12-16', 'head', { type: 'sign', obligation, seen }],
        [
          '2024-12-17',
          'reviewer',
          { type: 'correct', obligation, seen, content: { id: 'c2', digest: 'd2' }, note: '日期有误' },
        ],
        ['2024-12-17', 'head', { type: 'consent', obligation, seen: 'd2' }],
        ['2024-12-18', 'reviewer', { type: 'accept', obligation, seen: 'd2' }],
        ['2024-12-19', 'admin', { type: 'reopen', obligation, reason: '误点' }],
        ['2024-12-19', 'filer', { type: 'file', obligation: 'three-lists', content }],
        ['2024-12-19', 'head', { type: 'sign', obligation: 'three-lists', seen }],
      ],
      '2024-12-31',
    ),
    // Extensions, a moved day, an exemption and its end, and a unit that leaves; it joined late.
    ...playUnit(
      [
        ['2024-12-11', 'filer', { type: 'ask-extension', obligation, to: '2024-12-20', reason: '搬迁' }],
        ['2024-12-12', 'admin', { type: 'decide-extension', obligation, grant: true, reason: '同意' }],
        ['2024-12-12', 'filer', { type: 'ask-extension', obligation, to: '2024-12-27', reason: '搬迁' }],
        ['2024-12-13', 'admin', { type: 'decide-extension', obligation, grant: false, reason: '不再延期' }],
        ['2024-12-13', 'admin', { type: 'move-due', obligation, due: '2024-12-23', reason: '降雪' }],
        ['2024-12-14', 'admin', { type: 'exempt', obligation, reason: '已停业' }],
        ['2024-12-15', 'admin', { type: 'reinstate', obligation, reason: '已复业', due: '2024-12-27' }],
        ['2024-12-16', 'admin', { type: 'urge', obligation }],
        ['2024-12-17', 'admin', { type: 'leave', reason: '撤并' }],
      ],
      '2024-12-31',
      '2024-12-10',
    ),
    ...playCampaign(),
  ];
}

function playCampaign(): RealMail[] {
  const end = endOf(PLAN);
  const opening = {
    id: 'campaign/c1',
    campaign: 'campaign/c1',
    openedAt: at('2024-12-09', '09:00'),
    plan: { code: PLAN.code, version: PLAN.version, digest: 'p1' },
    start: '2024-12-09',
    end,
    endAt: endOfDay(end, PLAN.zone),
    zone: PLAN.zone,
    duties: PLAN.obligations.flatMap((one) => occurrences(one, PLAN)).map(({ code, due }) => ({ code, due })),
    units: 1,
  };
  return play(campaign, opening, [], at('2025-03-20'));
}
