import type { MiddlewareHandler } from 'hono';
import type { Doorkeeper } from './access/doorkeeper.js';
import type { ConsoleEnv } from './console-env.js';

/**
 * A stream of events outlives the check at its door: before each piece who reads is looked at again, so that nothing more is told
 * once the session has ended, the user was removed or has another role. The browser then comes back and is asked who it is.
 */
export const endWithLogin = (doorkeeper: Doorkeeper, onError: (error: unknown) => void): MiddlewareHandler<ConsoleEnv> => async (context, next) => {
  await next();
  const { res: response } = context;
  if (response.body === null || response.headers.get('content-type') !== 'text/event-stream') return;
  const visitor = context.get('visitor');
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const piece = await reader.read();
        if (piece.done) return controller.close();
        if (await doorkeeper.stillAdmits(context, visitor)) return controller.enqueue(piece.value);
      } catch (error) {
        onError(error);
      }
      controller.close();
      return reader.cancel();
    },
    cancel: () => reader.cancel(),
    // Nothing is fetched ahead of its reader: it would be checked too early.
  }, { highWaterMark: 0 });
  context.res = new Response(body, response);
};
