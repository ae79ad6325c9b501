import {
  type CalendarEntry,
  campaignEntries,
  dutyEntries,
  ON_DESK,
  proposalEntries,
  reviewEntries,
} from '../../domain/calendar-entries';
import type { CampaignState } from '../../domain/campaign/state';
import { unitCampaignId } from '../../domain/kinds';
import { isBoundToUnit, type Person } from '../../domain/policy';
import type { UnitCampaignState } from '../../domain/unit-campaign/state';
import type { CampaignDoc, CaseDoc } from '../../store/documents';
import { unitsSeenBy } from '../auth/authorise';
import type { Services } from '../services';

/** More than this nobody finds anything in; and a program asks for all of it every hour. */
const MOST = 500;

export interface Entries {
  entries: CalendarEntry[];
  /** The campaigns they belong to, by process id. */
  campaigns: Map<string, CampaignDoc>;
  /** There are more than these. */
  cut: boolean;
}

/** What stands in somebody's calendar. */
export async function entriesOf(services: Services, who: Person): Promise<Entries> {
  const campaigns = await campaignsOf(services);
  const ids = [...campaigns.keys()];
  const dates = who.role === 'admin' || who.role === 'leader' ? await datesOf(services, ids) : [];
  const own = isBoundToUnit(who.role) ? await dutiesOf(services, who, ids) : await deskOf(services, who, ids);
  own.sort((a, b) => a.date.localeCompare(b.date) || a.uid.localeCompare(b.uid));
  return { entries: [...dates, ...own.slice(0, MOST)], campaigns, cut: own.length > MOST };
}

async function campaignsOf({ store, plans }: Services): Promise<Map<string, CampaignDoc>> {
  const ids = await store.campaigns.find({}, { _id: 1 }).sort({ launchedAt: -1 }).lean<Pick<CampaignDoc, '_id'>[]>();
  const found = await Promise.all(ids.map(({ _id }) => plans.find(_id)));
  return new Map(found.flatMap((doc) => (doc ? [[doc._id, doc]] : [])));
}

/** Duties of the units somebody files or signs for, in all campaigns. */
async function dutiesOf({ store }: Services, who: Person, campaigns: string[]): Promise<CalendarEntry[]> {
  const units = (await unitsSeenBy(store, who)) ?? [];
  const cases = campaigns.flatMap((campaign) => units.map((unit) => unitCampaignId(campaign, unit)));
  const found = await store.cases
    .find({ _id: { $in: cases }, kind: 'unit-campaign' })
    .lean<CaseDoc<UnitCampaignState>[]>();
  return found.flatMap(({ state }) => dutyEntries(state));
}

/** What waits for somebody of the office: reviews their role holds and, for admin and leader, open proposals. */
async function deskOf({ store }: Services, who: Person, campaigns: string[]): Promise<CalendarEntry[]> {
  const proposals = who.role !== 'reviewer';
  const waits = [
    { 'state.obligations.status': { $in: ON_DESK } },
    ...(proposals ? [{ 'state.obligations.proposals.status': 'open' }] : []),
  ];
  const rows = store.cases
    .find({ campaign: { $in: campaigns }, kind: 'unit-campaign', closed: false, $or: waits }, DESK_FIELDS)
    .lean<Pick<CaseDoc<UnitCampaignState>, 'state'>>()
    .cursor();
  const entries: CalendarEntry[] = [];
  for await (const row of rows) {
    const { state } = row as unknown as CaseDoc<UnitCampaignState>;
    entries.push(...reviewEntries(state, who), ...(proposals ? proposalEntries(state) : []));
  }
  return entries;
}

/** As much of a case as the entries of a desk are made from. */
const DESK_FIELDS = Object.fromEntries(
  ['id', 'campaign', 'unit', 'closed', 'obligations', 'terms.duties', 'terms.calendar.zone'].map((field) => [
    `state.${field}`,
    1,
  ]),
);

async function datesOf({ store }: Services, campaigns: string[]): Promise<CalendarEntry[]> {
  const found = await store.cases.find({ _id: { $in: campaigns }, kind: 'campaign' }).lean<CaseDoc<CampaignState>[]>();
  return found.flatMap(({ state }) => campaignEntries(state));
}
