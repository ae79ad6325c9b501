import type { Instant } from '../../domain/time';

/** How the API moves a rehearsal: whoever drives its clock is this (`rehearsal/engine-control.ts`). */
export interface RehearsalControl {
  /**
   * Moves the rehearsal to an instant, everything due on the way included.
   * @throws RehearsalBusy while somebody is moving it already; RehearsalStuck when an effect keeps failing.
   */
  advance(to: Instant): Promise<{ now: Instant; steps: number }>;
  status(): Promise<RehearsalStatus>;
}

export interface RehearsalStatus {
  id: string;
  /** Process id of its campaign. */
  campaign?: string;
  now: Instant;
  /** Where it is being moved to, while it is. */
  target?: Instant;
  /** Whether synthetic people act in it by themselves. */
  autopilot: boolean;
}
