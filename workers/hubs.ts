import type { SourceConfig } from '../src/config/index.js';
import { askedForm, asked, callbackUrl } from '../src/websub/index.js';
import { hostOf } from './ask-host.js';
import type { WorkerContext } from './context.js';

/** Asks the hubs whose turn it is to subscribe us, or to renew the lease. Gives how many took the request. @param now milliseconds since the epoch */
export async function askHubs(context: WorkerContext, now: number): Promise<number> {
  const { settings, subscriptions } = context;
  const base = settings.websub.callbackUrl;
  if (base === null) return 0;
  let taken = 0;
  for (const id of await subscriptions.claim(now)) {
    const source = context.source(id);
    if (source === undefined) await subscriptions.drop(id);
    else if (await askHub(context, source, base, now)) taken += 1;
  }
  return taken;
}

async function askHub({ settings, fetcher, gate, subscriptions, events }: WorkerContext, source: SourceConfig, base: string, now: number): Promise<boolean> {
  const before = await subscriptions.of(source.id);
  if (before === null) return false;
  const host = hostOf(before.hub);
  if (!(await gate.enter(host))) {
    await subscriptions.askAt(source.id, now + (await gate.book(host)));
    return false;
  }
  const started = performance.now();
  // Noted first: a hub may ask back before it has answered.
  const subscription = await subscriptions.change(source.id, (current) => (current === null ? null : asked(current, now)));
  const answer = await fetcher.post({
    url: before.hub, form: askedForm(subscription ?? before, callbackUrl(base, before.path)),
    proxy: source.proxy ?? settings.fetch.proxy ?? undefined,
    // A feed may not point us at a private host of its choosing; and the source's own headers are not for its hub.
    allowPrivate: settings.fetch.allowPrivate || (source.allowPrivate ? [new URL(source.url).hostname] : false),
  });
  await gate.observed(host, performance.now() - started, answer.ok || answer.fault.consequence !== 'retry-later');
  if (answer.ok) return true;
  const { fault } = answer;
  if (fault.retryAfterMs !== undefined) await gate.slowDown(host, fault.retryAfterMs);
  events.emit('trouble', { what: `hub of ${source.id}`, error: fault });
  return false;
}
