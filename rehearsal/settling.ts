import type { Instant } from '../domain/time';
import type { Cases } from '../engine/cases';
import type { CaseDoc } from '../store/documents';
import type { Store } from '../store/store';

const PATIENCE_MS = 60_000;
const PAUSE_MS = 15;
const ORDERS = ['roll-out', 'broadcast', 'tell'] as const;

/** A rehearsal does not go on while something fails: what it would show afterwards would not be true. */
export class RehearsalStuck extends Error {}

/** Waits until what was set going has been written down and has had its effects. */
export class Settling {
  private orders = 0;

  constructor(
    private readonly store: Store,
    private readonly cases: Cases,
  ) {}

  /** Every case has passed what was due up to an instant. */
  async passed(at: Instant): Promise<void> {
    await this.until('cases do not pass what is due', async () => {
      return (await this.store.cases.countDocuments({ closed: false, nextAt: { $lte: at } })) === 0;
    });
  }

  /** The read model of a case has reached a revision. */
  async recorded(caseId: string, revision: number): Promise<void> {
    await this.until(`${caseId} is not written down`, async () => {
      return (await this.store.cases.exists({ _id: caseId, revision: { $gte: revision } })) !== null;
    });
  }

  /** Every campaign that was launched has opened its case and written that down. */
  async launched(): Promise<void> {
    await this.until('a campaign is launched but not open', async () => {
      const launched = await this.store.campaigns.countDocuments();
      return (await this.store.cases.countDocuments({ kind: 'campaign' })) >= launched;
    });
  }

  /** All orders are carried out, all cases they start are open, and all they tell have written down what they heard. */
  async ordersDone(): Promise<void> {
    await this.until('orders are not carried out', async () => {
      return (await this.store.outbox.countDocuments({ type: { $in: ORDERS }, status: 'new' })) === 0;
    });
    const orders = await this.store.outbox.countDocuments({ type: { $in: ORDERS } });
    if (orders === this.orders) return;
    this.orders = orders;
    const started = await this.store.roster.countDocuments({ status: 'started' });
    await this.until('cases that were started are not open', async () => {
      return (await this.store.cases.countDocuments({ kind: 'unit-campaign' })) >= started;
    });
    const open = await this.store.cases.find({ closed: false }, { _id: 1 }).lean<Pick<CaseDoc, '_id'>[]>();
    for (const { _id } of open) {
      await this.until(`${_id} has not written down what it heard`, async () => {
        const { revision, recorded } = await this.cases.look(_id);
        return recorded === revision;
      });
    }
  }

  /** Every reason has its person and time, and every letter due by `now` has been sent. */
  async mailDone(now: Instant): Promise<void> {
    await this.until('mail is not sent', async () => {
      const { outbox, mails } = this.store;
      const unplanned = await outbox.countDocuments({ type: 'mail', status: 'new' });
      const due = await outbox.countDocuments({ status: 'planned', plannedAt: { $lte: now } });
      return unplanned + due === 0 && (await mails.countDocuments({ status: 'queued' })) === 0;
    });
  }

  private async until(what: string, done: () => Promise<boolean>): Promise<void> {
    const patience = Date.now() + PATIENCE_MS;
    while (!(await done())) {
      if (Date.now() > patience) throw new RehearsalStuck(what);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
