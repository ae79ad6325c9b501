import type { Client } from '@temporalio/client';
import type { Instant } from '../domain/time';
import type { Cases } from '../engine/cases';
import type { RehearsalDoc } from '../store/documents';
import type { Store } from '../store/store';
import { EngineDriver, type Progress } from './engine-driver';

/** Longer than any one step takes; extended with every step. */
const LEASE_MS = 90_000;

/** Somebody is moving the clock already. */
export class RehearsalBusy extends Error {}

/** The clock of one rehearsal, for whoever may move it. One moves it at a time. */
export class EngineControl {
  private readonly driver: EngineDriver;

  constructor(
    private readonly id: string,
    private readonly store: Store,
    client: Client,
    cases: Cases,
  ) {
    this.driver = new EngineDriver(id, store, client, cases);
  }

  /** Where it stands. @throws Error when it has not been set up. */
  async status(): Promise<Omit<RehearsalDoc, '_id' | 'personas'> & { id: string }> {
    const found = await this.store.rehearsals.findById(this.id).lean<RehearsalDoc>();
    if (!found) throw new Error(`there is no rehearsal ${this.id}`);
    const { _id: id, personas: _, ...rest } = found;
    return { id, ...rest };
  }

  /**
   * Moves the rehearsal to an instant; without one, until nothing more will happen.
   * @throws RehearsalBusy while another moves it, RehearsalStuck when an effect keeps failing.
   */
  async advance(to?: Instant, say: (progress: Progress) => void = () => {}): Promise<{ now: Instant; steps: number }> {
    const free = { $or: [{ leaseUntil: { $exists: false } }, { leaseUntil: { $lt: Date.now() } }] };
    const taken = await this.store.rehearsals.updateOne({ _id: this.id, ...free }, this.lease(to));
    if (taken.modifiedCount === 0) throw new RehearsalBusy('the clock is being moved');
    try {
      const steps = await this.driver.advance(to, (progress) => {
        say(progress);
        // Not awaited: the lease is far longer than a step, and a write that fails shows in the next step.
        this.store.rehearsals.updateOne({ _id: this.id }, this.lease(to)).catch(() => {});
      });
      return { now: await this.store.now(), steps };
    } finally {
      await this.store.rehearsals.updateOne({ _id: this.id }, { $unset: { leaseUntil: 1, target: 1 } });
    }
  }

  private lease(target: Instant | undefined) {
    return { $set: { leaseUntil: Date.now() + LEASE_MS, ...(target !== undefined && { target }) } };
  }
}
