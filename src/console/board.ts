import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import type { Hono } from 'hono';

/**
 * bull-board over the given queues, as an application to be mounted at `basePath`. To look, not to act: a job that is retried or
 * removed behind the ledger's back would not be in the books; `dateline quarantine` does both.
 */
export function createBoard(queues: readonly Queue[], basePath: string): Hono {
  const adapter = new HonoAdapter(serveStatic).setBasePath(basePath);
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'Dateline queues', miscLinks: [{ text: 'Overview', url: '/' }] } },
  });
  return adapter.registerPlugin();
}
