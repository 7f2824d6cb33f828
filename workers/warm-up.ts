import { readPage } from '../src/story/index.js';

const PAGE = `<html lang="en"><body><article><h1>Bridge reopens</h1>
<p>GENEVA, March 3 (Reuters) - The old bridge over the river was opened again on Tuesday after two years of careful work.</p>
<p>Masons from six villages had cut the new stones by hand, the city said, and children were the first to cross it.</p></article></body></html>`;

/** Reads one page of no interest: the core's tables are loaded when they are first needed. */
export function loadTables(): void {
  readPage(new TextEncoder().encode(PAGE), { url: 'https://warm-up.invalid/' });
}
