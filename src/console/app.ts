import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { z } from 'zod';
import { giveUp, retryLater } from '../fault.js';
import { packageRoot } from '../package-root.js';
import { CALLBACK_PATH } from '../websub/index.js';
import { Attempts } from './access/attempts.js';
import { writeAudit } from './access/audit.js';
import { Doorkeeper } from './access/doorkeeper.js';
import { refuseForeignChanges } from './access/requests.js';
import type { Area } from './area.js';
import { AREAS } from './areas.js';
import { ASSETS, ASSETS_PATH } from './assets.js';
import type { ConsoleEnv } from './console-env.js';
import { endWithLogin } from './end-with-login.js';
import { securityHeaders } from './headers.js';
import { createMetrics } from './metrics.js';
import { serveApi } from './serve-api.js';
import { requireVisitor, serveLogin, serveLogout, type OnLogin } from './serve-login.js';
import { servePages, type OnChange } from './serve-pages.js';
import { faultPage, shown } from './show-page.js';
import { LiveOverview } from './live-overview.js';
import type { ConsoleServices, ServedServices } from './services.js';

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')));

export const BOARD_PATH = '/board';

export interface ConsoleAppOptions {
  readonly services: ConsoleServices;
  /** Fires when the console stops: streams end. */
  readonly closing?: AbortSignal;
  /** What is served; every area there is where nothing is said. */
  readonly areas?: readonly Area[];
  /** The queue dashboard, to be mounted under {@link BOARD_PATH}. */
  readonly board?: Hono | undefined;
  /** What hubs ask, to be mounted under {@link CALLBACK_PATH}: outside the access check, for each of its paths is a secret of its own. */
  readonly callback?: Hono | undefined;
}

/** Every route of the console; without a port, so that tests can ask it directly. */
export function createConsoleApp({ services: given, areas = AREAS, board, callback, closing = new AbortController().signal }: ConsoleAppOptions): Hono<ConsoleEnv> {
  const services: ServedServices = { ...given, live: new LiveOverview({ view: given.view, redis: given.redis, keys: given.keys, closing }) };
  const { view, redis, keys, settings, sessions, users } = services;
  const doorkeeper = new Doorkeeper({
    users, sessions, attempts: new Attempts(redis, keys), token: settings.console.token ?? undefined, host: settings.console.host, lifetimeMs: settings.console.sessionLifetime,
  });
  const metrics = createMetrics(view);
  const app = new Hono<ConsoleEnv>();
  app.use(securityHeaders(BOARD_PATH));

  // Liveness says only that this process answers: no Redis, no access check, or an outage would have it restarted for nothing.
  app.get('/healthz', (context) => context.json({ status: 'alive' }));

  if (callback !== undefined) app.route(CALLBACK_PATH, callback);

  const onChange: OnChange = ({ action, visitor, address, target, fault }) => writeAudit(redis, keys, {
    user: visitor.name, role: visitor.role, via: visitor.via, address, action, target, outcome: fault?.code ?? 'done',
  });
  const onLogin: OnLogin = ({ fault, ...login }) => writeAudit(redis, keys, { ...login, via: 'session', target: null, outcome: fault?.code ?? 'done' });
  app.use(doorkeeper.identify, refuseForeignChanges);
  serveLogin(app, doorkeeper, onLogin);
  app.get(`${ASSETS_PATH}/:name`, (context) => {
    const asset = ASSETS.get(context.req.param('name'));
    return asset === undefined ? context.notFound()
      : context.body(asset.bytes, 200, { 'Content-Type': asset.type, 'Cache-Control': 'private, max-age=31536000, immutable' });
  });
  app.use(requireVisitor);
  serveLogout(app, doorkeeper, onLogin);
  app.get('/readyz', async (context) => {
    const checks = await view.checks();
    const ready = checks.every((check) => check.ok);
    return context.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const text = await metrics.scrape();
    return context.body(text, 200, { 'Content-Type': metrics.contentType });
  });
  app.use(endWithLogin(doorkeeper, services.onError));
  servePages(app, { areas, services, onChange });
  serveApi(app, { areas, services, onChange, version });
  if (board !== undefined) app.route(BOARD_PATH, board);

  app.notFound((context) => shown(context, { areas }, faultPage(giveUp({
    code: 'no-such-page', message: `There is no page ${context.req.path.slice(0, 200)}.`, hint: 'The navigation leads on.',
  }), 404)));
  app.onError((error, context) => {
    services.onError(error);
    return shown(context, { areas }, faultPage(retryLater({
      code: 'page-not-gathered', message: 'The console could not gather this page: Redis may be away.', hint: '/readyz says more, and so does the log.',
    }), 503));
  });
  return app;
}
