import type { Cases } from '../engine/cases';
import type { Config } from '../engine/config';
import type { Log } from '../engine/log';
import type { Plans } from '../store/plans';
import type { Store } from '../store/store';
import type { Revisions } from './acting/revisions';
import type { Metrics } from './health/metrics';
import type { Pulse } from './health/pulse';
import type { RehearsalControl } from './rehearsals/control';

/** What the API asks of the engine when it is to say whether it is ready. */
export interface EngineProbe {
  /** Workers that have asked the task queue for work lately. @throws when Temporal cannot be reached. */
  workers(): Promise<number>;
}

/** What an API is made with. */
export interface ApiParts {
  store: Store;
  cases: Cases;
  engine: EngineProbe;
  config: Pick<Config, 'rehearsal' | 'RATE_LIMIT_PER_MINUTE' | 'ATTACHMENT_LIMIT_MB' | 'BASE_URL'> &
    Partial<Pick<Config, 'namespace' | 'TEMPORAL_UI_URL'>>;
  /** Only where the process is a rehearsal. */
  rehearsal?: RehearsalControl;
  log: Log;
}

/** What every route may use. */
export interface Services extends ApiParts {
  revisions: Revisions;
  plans: Plans;
  metrics: Metrics;
  pulse: Pulse;
}
