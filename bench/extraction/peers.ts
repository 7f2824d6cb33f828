import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../../src/package-root.js';

export interface PeerReading {
  readonly html: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly date: string | null;
}

export interface Peer {
  readonly name: string;
  read(html: string, url: string): PeerReading | Promise<PeerReading>;
}

const Parsed = z.object({
  title: z.string().nullish(), byline: z.string().nullish(), author: z.string().nullish(), publishedTime: z.string().nullish(),
  published: z.string().nullish(), content: z.string().nullish(),
}).loose();

function readingOf(value: unknown): PeerReading {
  const parsed = Parsed.safeParse(value);
  if (!parsed.success) return { html: '', title: null, author: null, date: null };
  const { title, byline, author, publishedTime, published, content } = parsed.data;
  return { html: content ?? '', title: title ?? null, author: byline ?? author ?? null, date: publishedTime ?? published ?? null };
}

/** What the peers' untyped modules offer, as far as it is used here. */
interface Linkedom { parseHTML(html: string): { readonly document: object } }
interface ReadabilityModule { readonly Readability: new (document: object) => { parse(): unknown } }
/** `useAsync: false` keeps it from asking other servers for what the page lacks. */
interface DefuddleModule { Defuddle(document: object, url: string, options: { readonly useAsync: boolean }): Promise<unknown> }

/** Mozilla's Readability over linkedom, and defuddle over linkedom; installed into `bench/peers` on first use. */
export async function loadPeers(): Promise<Peer[]> {
  const folder = join(packageRoot, 'bench', 'peers');
  const wanted = readFileSync(join(folder, 'package.json'), 'utf8');
  const mark = join(folder, 'node_modules', '.peers-installed');
  if (!existsSync(mark) || readFileSync(mark, 'utf8') !== wanted) {
    console.log('installing the peers into bench/peers …');
    const run = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'], { cwd: folder, stdio: 'inherit' });
    if (run.status !== 0) throw new Error('the peers could not be installed; is the package registry reachable?');
    writeFileSync(mark, wanted);
  }
  const peers = await import(pathToFileURL(join(folder, 'extraction.mjs')).href) as Linkedom & ReadabilityModule & DefuddleModule;
  return [
    { name: 'readability', read: (html) => readingOf(new peers.Readability(peers.parseHTML(html).document).parse()) },
    { name: 'defuddle', read: async (html, url) => readingOf(await peers.Defuddle(peers.parseHTML(html).document, url, { useAsync: false })) },
  ];
}
