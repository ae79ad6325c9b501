import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EffectDoc } from '../../store/documents';
import type { Store } from '../../store/store';
import type { Pulse } from './pulse';

export type Metrics = ReturnType<typeof makeMetrics>;

/** Numbers for `/metrics`. Those of the outbox and the journal are read when they are asked for. */
export function makeMetrics(store: Store, pulse: Pulse) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'xiaohao_http_request_seconds',
    help: 'Duration of requests by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const acts = new Counter({
    name: 'xiaohao_acts_total',
    help: 'Acts on cases by outcome: shown (200), accepted (202), refused, unknown (503), settled-later',
    labelNames: ['outcome'],
    registers,
  });
  gauge(
    'xiaohao_outbox_oldest_seconds',
    'Age of the oldest effect nobody has taken up, by the clock of the campaign',
    async () => {
      const oldest = await store.outbox
        .findOne({ status: 'new' }, { at: 1 })
        .sort({ at: 1 })
        .lean<Pick<EffectDoc, 'at'>>();
      return oldest ? Math.max(0, ((await store.now()) - oldest.at) / 1000) : 0;
    },
  );
  gauge('xiaohao_dead_letters', 'Mails and orders that were given up', async () => {
    const [mails, orders] = await Promise.all([
      store.mails.countDocuments({ status: 'dead' }),
      store.outbox.countDocuments({ status: 'dead' }),
    ]);
    return mails + orders;
  });
  gauge('xiaohao_unreachable', 'Reasons to write for which nobody has a usable address', () =>
    store.outbox.countDocuments({ status: 'unreachable' }),
  );
  gauge('xiaohao_journal_open', 'Acts whose outcome is not known yet', () =>
    store.journal.countDocuments({ status: 'open' }),
  );
  gauge('xiaohao_alarms', 'Things that must not happen, and did', () => store.alarms.countDocuments({}));
  return { registry, requests, acts };

  function gauge(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        // The others are worth having while the database is away.
        this.set(await pulse.during(read).catch(() => Number.NaN));
      },
    });
  }
}
