import { afterAll } from 'vitest';
import { startHttpServer, type HttpServer } from '../http-server.js';
import { startReceiver, type Receiver } from '../sink/servers/receiver.js';

/** A server for feeds and pages, and a receiver for a webhook; both end after the file. */
export async function useWebAndReceiver(): Promise<{ readonly web: HttpServer; readonly receiver: Receiver }> {
  const web = await startHttpServer();
  const receiver = await startReceiver();
  afterAll(async () => {
    await receiver.http.close();
    await web.close();
  });
  return { web, receiver };
}
