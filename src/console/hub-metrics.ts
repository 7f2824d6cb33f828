import { Gauge, type Registry } from 'prom-client';
import type { HubTally } from '../websub/index.js';

/** What WebSub hubs are asked and send, as Prometheus metrics; read from the shared books at each scrape. */
export function defineHubMetrics(registry: Registry, tally: () => Promise<HubTally>): void {
  const registers: Registry[] = [];
  registry.registerMetric(new Gauge({
    name: 'dateline_websub_subscriptions', help: 'Subscriptions to hubs by state: asked, refused, leased, telling (the hub told of the last news)', labelNames: ['state'], registers,
    async collect() {
      for (const [state, count] of Object.entries((await tally()).subscriptions)) this.set({ state }, count);
    },
  }));
  for (const [kind, help] of [
    ['verification', 'Verifications that hubs asked for, by result: confirmed, denied (the hub refuses us), refused (nothing of the kind was asked)'],
    ['push', 'Pushes by result: taken, forged, without-lease, unknown (no such subscription), too-large'],
  ] as const) {
    registry.registerMetric(new Gauge({
      name: `dateline_websub_${kind === 'push' ? 'pushes' : 'verifications'}`, help, labelNames: ['result'], registers,
      async collect() {
        for (const [message, count] of Object.entries((await tally()).messages)) {
          const [sent, result = ''] = message.split(':');
          if (sent === kind) this.set({ result }, count);
        }
      },
    }));
  }
}
