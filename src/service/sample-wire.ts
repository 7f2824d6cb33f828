import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { failed, giveUp, ok, type Outcome } from '../fault.js';
import type { Fetched, Fetcher, FetchRequest } from '../fetch/index.js';
import { packageRoot } from '../package-root.js';

/** The host of the sample wire's addresses; `.invalid` is never anybody's (RFC 2606). */
const SAMPLE_ORIGIN = 'https://sample.dateline.invalid';
const SAMPLE_DIR = join(packageRoot, 'config', 'sample-wire');
const PAGE = /^[a-z0-9][a-z0-9-]*\.html$/;

const fileOf = (url: string): { readonly path: string; readonly url: string; readonly type: string } | null => {
  if (url.startsWith('sample:')) {
    return { path: join(SAMPLE_DIR, 'feed.xml'), url: `${SAMPLE_ORIGIN}/feed.xml`, type: 'application/rss+xml' };
  }
  const name = url.slice(SAMPLE_ORIGIN.length + 1);
  return PAGE.test(name) ? { path: join(SAMPLE_DIR, 'pages', name), url, type: 'text/html; charset=utf-8' } : null;
};

/** Serves the bundled sample wire from its folder, without network; everything else is the inner fetcher's. */
export function withSampleWire(inner: Fetcher): Fetcher {
  return {
    async get(request: FetchRequest): Promise<Outcome<Fetched>> {
      const { url } = request;
      if (!url.startsWith('sample:') && !url.startsWith(`${SAMPLE_ORIGIN}/`)) return inner.get(request);
      const started = performance.now();
      const file = fileOf(url);
      const bytes = file === null ? null : await readFile(file.path).catch(() => null);
      if (file === null || bytes === null) return failed(giveUp({ code: 'http-404', message: `the sample wire has no ${url}` }));
      return ok({
        url: file.url, status: 200, notModified: false, headers: { 'content-type': file.type }, bytes, movedTo: null, validators: {},
        freshSeconds: null, fetchedAt: new Date().toISOString(), elapsedMs: performance.now() - started,
      });
    },
    post: (request) => inner.post(request),
    close: () => inner.close(),
  };
}
