import * as wf from '@temporalio/workflow';
import type { Instant } from '../domain/time';

/**
 * The one timer of a case. Kept while what comes next is not earlier, since most acts put it off: that saves two events
 * an act, for one time that it rings for nothing.
 */
export class AlarmClock {
  rang = false;
  private instant: Instant | undefined;

  /** The instant it rang for: nothing that was due by then may be left, whatever the milliseconds say. */
  get rangFor(): Instant {
    return this.rang && this.instant !== undefined ? this.instant : 0;
  }

  private scope: wf.CancellationScope | undefined;

  set(instant: Instant | undefined): void {
    const early = this.instant !== undefined && instant !== undefined && this.instant <= instant;
    if (!this.rang && (early || instant === this.instant)) return;
    this.stop();
    this.instant = instant;
    this.rang = false;
    if (instant === undefined) return;
    const scope = new wf.CancellationScope({ cancellable: true });
    this.scope = scope;
    scope
      .run(async () => {
        await wf.sleep(Math.max(1, instant - Date.now()));
        if (this.scope === scope) this.rang = true;
      })
      .catch((error) => {
        if (!wf.isCancellation(error)) throw error;
      });
  }

  stop(): void {
    this.scope?.cancel();
    this.scope = undefined;
    this.instant = undefined;
  }
}
