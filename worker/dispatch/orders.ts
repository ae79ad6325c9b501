import type { CampaignState } from '../../domain/campaign/state';
import type { Data, Envelope, Order } from '../../domain/case';
import { CLOCK } from '../../domain/case';
import { unitCampaignId } from '../../domain/kinds';
import type { UnitCampaignOpening } from '../../domain/unit-campaign/state';
import { termsFor } from '../../domain/unit-campaign/terms';
import { CaseNotOpen, type Cases } from '../../engine/cases';
import { errorText, type Log } from '../../engine/log';
import type { CampaignDoc, CaseDoc, EffectDoc, MemberDoc, UnitDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import { claimOrder, LEASE_MS, postpone } from './lease';

/** Cases started or told at the same time, at most. */
const BATCH = 25;

export interface OrderDesk {
  store: Store;
  cases: Cases;
  perSecond: number;
  stopping(): boolean;
  log?: Log;
}

/** Carries out the next order that is due. @returns whether there was one. */
export async function carryOutOrder(desk: OrderDesk): Promise<boolean> {
  const row = await claimOrder(desk.store, ['roll-out', 'broadcast', 'tell']);
  if (!row) return false;
  const line = { case: row.case, row: row._id, type: row.type, attempt: row.attempts };
  try {
    const order = row.payload as Order;
    if (order.type === 'roll-out') await rollOut(desk, row);
    else if (order.type === 'broadcast') await broadcast(desk, row, order.message);
    else await desk.cases.tell(order.case, envelopeOf(row, order.message));
    if (desk.stopping()) return true;
    await desk.store.outbox.updateOne({ _id: row._id }, { $set: { status: 'done', settledAt: Date.now() } });
    desk.log?.info(line, 'order carried out');
  } catch (error) {
    desk.log?.warn({ ...line, error: errorText(error) }, 'order not carried out');
    await postpone(desk.store, row, error);
  }
  return true;
}

/**
 * Starts a case for every unit of the roster that has none yet. May stop anywhere and be taken up by another: a
 * member is marked before its case is started and after, and a case that is there already is not started again.
 */
async function rollOut(desk: OrderDesk, row: EffectDoc): Promise<void> {
  const { store } = desk;
  const source = await store.plans.find(row.campaign);
  if (!source) throw new Error('no such campaign');
  // No more at once than may be started in a second: a slow roll-out comes in drops, not in gushes.
  const batch = Math.min(BATCH, Math.ceil(desk.perSecond));
  for (;;) {
    if (desk.stopping()) return;
    const members = await store.roster
      .find({ campaign: row.campaign, status: { $in: ['waiting', 'starting'] } })
      .sort({ unit: 1 })
      .limit(batch)
      .lean<MemberDoc[]>();
    if (members.length === 0) break;
    const began = Date.now();
    await startMembers(desk, source, members);
    await extendLease(store, row);
    await pause(members.length * (1000 / desk.perSecond) - (Date.now() - began));
  }
  const campaign = await store.cases.findById(row.campaign).lean<CaseDoc<CampaignState & Data>>();
  const started = await store.roster.countDocuments({ campaign: row.campaign, status: 'started' });
  const rollOutNo = campaign?.state.roster.rollOuts ?? 1;
  await desk.cases
    .tell(row.campaign, envelopeOf(row, { type: 'rolled-out', rollOut: rollOutNo, started }))
    .catch(ignoreClosed);
}

async function startMembers(desk: OrderDesk, source: CampaignDoc, members: MemberDoc[]): Promise<void> {
  const { store, cases } = desk;
  const ids = members.map((member) => member._id);
  // Marked before the campaign's facts are read: a broadcast that comes in between waits for these cases.
  await store.roster.updateMany({ _id: { $in: ids } }, { $set: { status: 'starting' } });
  const campaign = await store.cases.findById(source._id).lean<CaseDoc<CampaignState & Data>>();
  if (!campaign) throw new Error('the campaign is not in the read model yet');
  const units = await store.units.find({ _id: { $in: members.map((member) => member.unit) } }).lean<UnitDoc[]>();
  const facts = campaign.state.facts;
  await Promise.all(
    members.map(async (member) => {
      const unit = units.find((one) => one._id === member.unit);
      if (!unit) throw new Error('a unit on the roster is not in the list');
      const opening: UnitCampaignOpening = {
        id: unitCampaignId(source._id, unit._id),
        campaign: source._id,
        unit: unit._id,
        openedAt: member.joinedAt,
        joinedLate: member.rollOut > 1,
        terms: termsFor(source.plan, unit, member.joinedAt, facts.moves),
        campaignRevision: facts.revision,
      };
      await cases.start(opening);
    }),
  );
  await store.roster.updateMany({ _id: { $in: ids } }, { $set: { status: 'started' } });
}

/** Tells every case of the campaign, from where the last try came to. */
async function broadcast(desk: OrderDesk, row: EffectDoc, message: Data & { type: string }): Promise<void> {
  const { store, cases } = desk;
  let after = row.cursor ?? '';
  for (;;) {
    if (desk.stopping()) return;
    const members = await store.roster
      .find({ campaign: row.campaign, status: { $in: ['starting', 'started'] }, unit: { $gt: after } })
      .sort({ unit: 1 })
      .limit(BATCH)
      .lean<MemberDoc[]>();
    if (members.length === 0) return;
    await Promise.all(
      members.map(async (member) => {
        const id = unitCampaignId(row.campaign, member.unit);
        try {
          await cases.tell(id, envelopeOf(row, message));
        } catch (error) {
          // One that has ended needs no news; one that is being started must have them: the row is tried again.
          if (!(error instanceof CaseNotOpen) || member.status === 'starting') throw error;
        }
      }),
    );
    after = members.at(-1)!.unit;
    await extendLease(store, row, after);
  }
}

/** The row's id makes the message's: however often it is sent, it is taken once. */
function envelopeOf(row: EffectDoc, message: Data & { type: string }): Envelope {
  return { id: row._id, at: row.at, by: CLOCK, message };
}

async function extendLease(store: Store, row: EffectDoc, cursor?: string): Promise<void> {
  await store.outbox.updateOne(
    { _id: row._id },
    { $set: { notBefore: Date.now() + LEASE_MS, ...(cursor !== undefined && { cursor }) } },
  );
}

function ignoreClosed(error: unknown): void {
  if (!(error instanceof CaseNotOpen)) throw error;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
