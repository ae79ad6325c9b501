import { holderOf } from './approval';
import type { CampaignState } from './campaign/state';
import type { Role } from './case';
import type { SectorCode } from './plan';
import { dateOf, type LocalDate, MINUTE } from './time';
import { targetOf } from './unit-campaign/schedule';
import { dutyOf, isOwed, type ObligationState, type Proposal, type UnitCampaignState } from './unit-campaign/state';

/** One entry of a person's calendar, before it is put into words. */
export interface CalendarEntry {
  /** The same in every feed and mail about the same thing. */
  uid: string;
  kind: 'duty' | 'review' | 'proposal' | 'start' | 'due' | 'end';
  date: LocalDate;
  /**
   * `unsigned`: filed, the head's signature is missing; `handed-in`: it lies with the authority; `done`: accepted;
   * `off`: exempt, or the case ended without it.
   */
  state: 'open' | 'unsigned' | 'handed-in' | 'done' | 'off';
  /** Process id it belongs to. */
  case: string;
  campaign: string;
  unit?: string;
  /** Code of the duty. */
  duty?: string;
  measure?: Proposal['measure'];
}

/** Whose desk is looked at. */
export interface Desk {
  role: Role;
  /** Sectors of a reviewer; all when empty. */
  sectors: readonly SectorCode[];
}

/** Facts that change nothing a calendar shows. */
export const UNSEEN_FACTS: readonly string[] = [
  'reminded',
  'urged',
  'due-missed',
  'extension-asked',
  'acknowledged',
  'called',
];

/** What a unit has to hand in, with the day that is waited for. */
export function dutyEntries(state: UnitCampaignState): CalendarEntry[] {
  return state.obligations.map((one) => ({
    // As in the mails about it.
    ...entryOf(state, one, ''),
    kind: 'duty',
    date: targetOf(one),
    state: stateOf(state, one),
  }));
}

/** Review clocks that run on a desk; what is decided leaves it. */
export function reviewEntries(state: UnitCampaignState, desk: Desk): CalendarEntry[] {
  if (state.closed) return [];
  return state.obligations
    .filter((one) => isOnDesk(state, one, desk))
    .map((one) => ({
      ...entryOf(state, one, '/review'),
      kind: 'review',
      // The clock runs out at 24:00, which is already the next day.
      date: dateOf(one.approval!.dueAt - MINUTE, state.terms.calendar.zone),
      state: 'open',
    }));
}

/** Talks and bulletins that are proposed and wait for a person, on the day they were proposed. */
export function proposalEntries(state: UnitCampaignState): CalendarEntry[] {
  if (state.closed) return [];
  return state.obligations.flatMap((one) =>
    one.proposals
      .filter(({ status }) => status === 'open')
      .map(({ measure, step, at }) => ({
        ...entryOf(state, one, `/${measure}/${step}`),
        kind: 'proposal',
        date: dateOf(at, state.terms.calendar.zone),
        state: 'open',
        measure,
      })),
  );
}

/** Start, end, and the day of every duty as it is in force for all units. */
export function campaignEntries(state: CampaignState): CalendarEntry[] {
  const of = { case: state.id, campaign: state.id, state: state.closed ? ('done' as const) : ('open' as const) };
  return [
    { ...of, uid: `${state.id}/start@xiaohao`, kind: 'start', date: state.start },
    ...state.duties.map(({ code, due }) => ({
      ...of,
      uid: `${state.id}/due/${code}@xiaohao`,
      kind: 'due' as const,
      date: due,
      duty: code,
    })),
    { ...of, uid: `${state.id}/end@xiaohao`, kind: 'end', date: state.end },
  ];
}

/** Statuses in which an obligation lies with the authority. */
export const ON_DESK = ['signed', 'under-review', 'correcting'] as const satisfies ObligationState['status'][];

function isOnDesk({ terms }: UnitCampaignState, one: ObligationState, { role, sectors }: Desk): boolean {
  if (!one.approval || !(ON_DESK as readonly string[]).includes(one.status)) return false;
  if (holderOf(one.approval).role !== role) return false;
  return role !== 'reviewer' || sectors.length === 0 || sectors.includes(dutyOf(terms, one.code).sector);
}

function entryOf(state: UnitCampaignState, { code }: ObligationState, part: string) {
  const { id, campaign, unit } = state;
  const uid = `${id}/${code}${part}@xiaohao`;
  return { uid, case: id, campaign, unit, duty: code } as const;
}

function stateOf({ closed }: UnitCampaignState, { status }: ObligationState): CalendarEntry['state'] {
  if (status === 'accepted') return 'done';
  if (status === 'exempt' || closed) return 'off';
  if (status === 'filed') return 'unsigned';
  return isOwed(status) ? 'open' : 'handed-in';
}
