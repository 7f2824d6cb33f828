/** Does `work` now and every `ms`, never twice at once. Gives what stops it. */
export function every(ms: number, work: () => Promise<unknown>, onError: (error: Error) => void): () => void {
  let busy = false;
  const run = (): void => {
    if (busy) return;
    busy = true;
    work()
      .catch((error: unknown) => onError(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        busy = false;
      });
  };
  run();
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
