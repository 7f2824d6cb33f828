import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { giveUp, misconfigured } from '../fault.js';
import type { Settings } from '../config/index.js';
import { openFetcher } from '../service/index.js';

export interface PageInput {
  readonly bytes: Uint8Array;
  readonly url: string;
  readonly contentType: string | undefined;
  /** ISO 8601. */
  readonly fetchedAt: string;
}

export interface PageInputOptions {
  readonly settings: Settings;
  /** Address to be taken for a file's own. */
  readonly url: string | undefined;
  readonly allowPrivate: boolean;
}

/** One page from an address, a file or standard input; throws a Fault that says what is wrong with it. */
export async function readPageInput(page: string, options: PageInputOptions): Promise<PageInput> {
  if (/^https?:\/\//i.test(page)) return fetchPage(page, options);
  const bytes = page === '-' ? await readBounded(process.stdin, page, options) : await readFile(page, options);
  if (bytes.length === 0) {
    throw giveUp({ code: 'empty', message: `${page === '-' ? 'Standard input' : page} is empty.`, hint: 'Give a page of HTML.' });
  }
  const url = options.url ?? (page === '-' ? 'about:blank' : pathToFileURL(page).href);
  return { bytes, url, contentType: undefined, fetchedAt: new Date().toISOString() };
}

async function fetchPage(url: string, { settings, allowPrivate }: PageInputOptions): Promise<PageInput> {
  const fetcher = openFetcher(settings);
  try {
    const fetched = await fetcher.get({ url, maxBytes: settings.fetch.maxPageSize, allowPrivate: allowPrivate || settings.fetch.allowPrivate });
    if (!fetched.ok) throw fetched.fault;
    const { bytes, url: finalUrl, headers, fetchedAt } = fetched.value;
    return { bytes, url: finalUrl, contentType: headers['content-type'], fetchedAt };
  } finally {
    await fetcher.close();
  }
}

async function readFile(path: string, options: PageInputOptions): Promise<Uint8Array> {
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw misconfigured(cause.code === 'ENOENT'
      ? { code: 'no-file', message: `There is no file ${path}.`, hint: 'Give an http(s) address, the path of a file, or - for standard input.', cause }
      : { code: 'unreadable-file', message: `${path} cannot be read.`, hint: 'Check that this user may read it.', cause });
  });
  try {
    const kind = await file.stat();
    if (kind.isDirectory()) {
      throw misconfigured({ code: 'is-directory', message: `${path} is a folder, not a page.`, hint: 'Name one file in it.' });
    }
    return await readBounded(file.createReadStream({ autoClose: false }), path, options);
  } finally {
    await file.close();
  }
}

/** Reads to the end, or to the size at which a page is refused: a file may be endless too. */
async function readBounded(stream: AsyncIterable<unknown>, name: string, { settings }: PageInputOptions): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (!Buffer.isBuffer(bytes)) continue;
    size += bytes.length;
    if (size > settings.fetch.maxPageSize) {
      throw giveUp({
        code: 'too-large',
        message: `${name} is larger than ${settings.fetch.maxPageSize} bytes, the largest page that is read.`,
        hint: 'Raise fetch.maxPageSize if it really is one page.',
      });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
