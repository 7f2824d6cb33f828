import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ArchivedPage } from './archived-page.js';
import type { PageArchive } from './page-archive.js';

const zip = promisify(gzip);
const CRLF = '\r\n';

/** One record: its head, an empty line, the block and two empty lines, gzipped by itself (ISO 28500:2017, 4 and annex D). */
const record = (fields: Readonly<Record<string, string>>, block: Uint8Array): Promise<Buffer> => {
  const head = ['WARC/1.1', ...Object.entries({ ...fields, 'WARC-Record-ID': `<urn:uuid:${randomUUID()}>`, 'Content-Length': String(block.byteLength) })
    .map(([name, value]) => `${name}: ${oneLine(value)}`)].join(CRLF);
  return zip(Buffer.concat([Buffer.from(head + CRLF + CRLF), block, Buffer.from(CRLF + CRLF)]));
};

/** A header that held a line's end would begin another. */
const oneLine = (value: string): string => value.replace(/[\r\n]+/g, ' ');

/**
 * Writes pages as WARC 1.1 response records, as replay tools expect them. What the host sent compressed stands there unpacked,
 * without the headers that speak of it. Gives how many pages were written; those whose bytes were dropped are left out.
 */
export async function writeWarc(archive: PageArchive, pages: AsyncIterable<ArchivedPage>, out: Writable): Promise<number> {
  const write = async (chunk: Uint8Array): Promise<void> => {
    if (!out.write(chunk)) await once(out, 'drain');
  };
  await write(await record(
    { 'WARC-Type': 'warcinfo', 'WARC-Date': new Date().toISOString(), 'Content-Type': 'application/warc-fields' },
    Buffer.from(`software: Dateline${CRLF}format: WARC File Format 1.1${CRLF}`),
  ));
  let written = 0;
  for await (const { hash, url, at, status, headers } of pages) {
    const bytes = await archive.read(hash);
    if (bytes === null) continue;
    const head = [`HTTP/1.1 ${status} ${status === 200 ? 'OK' : ''}`, ...Object.entries({ ...headers, 'content-length': String(bytes.byteLength) })
      .map(([name, value]) => `${name}: ${oneLine(value)}`)].join(CRLF);
    await write(await record(
      { 'WARC-Type': 'response', 'WARC-Target-URI': url, 'WARC-Date': new Date(at).toISOString(), 'Content-Type': 'application/http; msgtype=response' },
      Buffer.concat([Buffer.from(head + CRLF + CRLF), bytes]),
    ));
    written += 1;
  }
  out.end();
  await finished(out);
  return written;
}
