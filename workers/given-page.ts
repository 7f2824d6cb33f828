import { escapeText } from 'entities';
import type { SourceConfig } from '../src/config/index.js';
import type { Fetched } from '../src/fetch/index.js';
import type { ItemFacts } from '../src/ledger/index.js';
import type { PageInput } from './parse-tasks.js';

/** What of an answer is needed to read it. */
export type GivenPage = Pick<Fetched, 'bytes' | 'url' | 'headers' | 'fetchedAt'>;

/** Whether there is something to read, or to take back, without a page. */
export const isGiven = ({ content, status }: Pick<ItemFacts, 'content' | 'status'>): boolean => content !== undefined || status === 'withdrawn';

/** The item as a page of its own, under the address of its source. */
export function givenPage(source: Pick<SourceConfig, 'url'>, { title, content = '' }: Pick<ItemFacts, 'title' | 'content'>, now: Date): GivenPage {
  const head = title === null ? '' : `<h1>${escapeText(title)}</h1>`;
  const html = `<!doctype html><html><head><meta charset="utf-8"><title>${escapeText(title ?? '')}</title></head><body><article>${head}${content}</article></body></html>`;
  return { bytes: new TextEncoder().encode(html), url: source.url, headers: { 'content-type': 'text/html; charset=utf-8' }, fetchedAt: now.toISOString() };
}

/** Selectors are made for the source's pages, not for what its feed carries; what the wire says goes into the record. */
export const givenTask = (task: PageInput, { status, urgency, embargoedUntil }: ItemFacts): PageInput => ({
  ...task,
  options: { ...task.options, rules: undefined, headingSelector: undefined, teaserSelector: undefined },
  facts: { ...task.facts, status, urgency, embargoedUntil },
});
