import { Hono } from 'hono';
import { CALLBACK_PATH } from '../websub/index.js';
import { requireAccess, refuseForeignChanges } from './access.js';
import { securityHeaders } from './headers.js';
import { createMetrics } from './metrics.js';
import { statusPage } from './status-page.js';
import { CONSOLE_CSS } from './style.js';
import type { ConsoleView } from './view.js';

export const BOARD_PATH = '/queues';

export interface ConsoleAppOptions {
  readonly view: ConsoleView;
  readonly token?: string | undefined;
  /** The queue dashboard, to be mounted under {@link BOARD_PATH}. */
  readonly board?: Hono | undefined;
  /** What hubs ask, to be mounted under {@link CALLBACK_PATH}: outside the access check, for each of its paths is a secret of its own. */
  readonly callback?: Hono | undefined;
  /** Tells whoever logs what a page failed on. */
  readonly onError: (error: unknown) => void;
}

/** Every route of the console; without a port, so that tests can ask it directly. */
export function createConsoleApp({ view, token, board, callback, onError }: ConsoleAppOptions): Hono {
  const metrics = createMetrics(view);
  const app = new Hono();
  app.use(securityHeaders(BOARD_PATH));

  // Liveness says only that this process answers: no Redis, no access check, or an outage would have it restarted for nothing.
  app.get('/healthz', (context) => context.json({ status: 'alive' }));

  if (callback !== undefined) app.route(CALLBACK_PATH, callback);

  app.use(requireAccess(token), refuseForeignChanges);
  app.get('/readyz', async (context) => {
    const checks = await view.checks();
    const ready = checks.every((check) => check.ok);
    return context.json({ status: ready ? 'ready' : 'not ready', checks }, ready ? 200 : 503);
  });
  app.get('/metrics', async (context) => {
    const text = await metrics.metrics();
    return context.body(text, 200, { 'Content-Type': metrics.contentType });
  });
  app.get('/', async (context) => context.html(await statusPage(view, new Date())));
  app.get('/console.css', (context) => context.body(CONSOLE_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  if (board !== undefined) app.route(BOARD_PATH, board);

  app.notFound((context) => context.text('There is no such page. The status page is at /.\n', 404));
  app.onError((error, context) => {
    onError(error);
    return context.text('The console could not gather this page: Redis may be away. /readyz says more.\n', 503);
  });
  return app;
}
