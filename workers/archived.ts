import { failed, giveUp, ok, type Outcome } from '../src/fault.js';
import type { Fetched } from '../src/fetch/index.js';
import type { ItemFacts, ItemRef } from '../src/ledger/index.js';
import type { WorkerContext } from './context.js';

/** A page from the archive, as if its host had just sent it. */
export async function fromArchive({ archive }: WorkerContext, { hash, url, fetchedAt, contentType }: NonNullable<ItemFacts['archived']>): Promise<Outcome<Fetched>> {
  const bytes = (await archive?.read(hash)) ?? null;
  if (bytes === null) {
    return failed(giveUp({
      code: 'archive-gone', message: `The page archive does not keep ${hash}.`,
      hint: 'Is archive.enabled set in the process that reads articles, and is the archive its own?',
    }));
  }
  return ok({
    url, status: 200, notModified: false, headers: contentType === undefined ? {} : { 'content-type': contentType }, bytes,
    movedTo: null, validators: {}, freshSeconds: null, fetchedAt, elapsedMs: 0,
  });
}

/** Keeps a page that was fetched. A full disk costs the archive a page, never the wire a story: it is told and the work goes on. */
export async function keepPage({ archive, events }: WorkerContext, ref: ItemRef, facts: ItemFacts, page: Fetched): Promise<void> {
  await archive?.keep(ref, facts, page).catch((error: unknown) => {
    events.emit('trouble', { what: 'page archive', error: error instanceof Error ? error : new Error(String(error)) });
  });
}
