/** Text of events as an answer that goes on until its reader, or the console, is gone (WHATWG HTML, 9.2). */
export function eventStream(events: AsyncGenerator<string, void, undefined>, gone: AbortController, onError: (error: unknown) => void): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { value, done } = await events.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      } catch (error) {
        // A reader that has gone is no trouble.
        if (!gone.signal.aborted) onError(error);
        controller.close();
      }
    },
    async cancel() {
      gone.abort();
      await events.return(undefined);
    },
  });
  return new Response(body, { headers: { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' } });
}
