/** Wire items as the items of a feed, so that they go the way of all others: into the books, read, cut, delivered. */
import { escapeText, oneLine, type FeedItem, type FeedTime } from '../feed/index.js';
import { splitKicker } from '../story/index.js';
import type { WireItem } from './types.js';

export type WireStatus = NonNullable<FeedItem['status']>;

/** `stat:canceled`, `Canceled`, `…/pubstatusg2/withheld`: the last word, whatever stands before it. */
const lastWord = (code: string): string => /[a-z]+$/i.exec(code.trim())?.[0].toLowerCase() ?? '';
const WITHDRAWN = new Set(['canceled', 'cancelled', 'withheld', 'kill', 'killed', 'withdrawn', 'delete', 'deleted', 'takedown', 'spiked']);
const CORRECTED = new Set(['correction', 'corrected', 'corrective']);

/** What the wire says of the item: by its status, its signals, then in words before its headline or in the editor's note. */
export function statusOf({ pubStatus, signals, headline, slugline, edNote }: WireItem): WireStatus | null {
  const codes = [pubStatus ?? '', ...(signals ?? [])].map(lastWord);
  if (codes.some((code) => WITHDRAWN.has(code))) return 'withdrawn';
  const said = [headline, edNote, slugline].flatMap((line) => (line === null ? [] : splitKicker(line).status));
  if (said.includes('withdrawn')) return 'withdrawn';
  return codes.some((code) => CORRECTED.has(code)) || said.includes('corrected') ? 'corrected' : null;
}

const timeOf = (iso: string | null): FeedTime | null => (iso === null ? null : { raw: iso, iso });

/** The teleprinter formats number their messages anew every day. */
const idOf = ({ format, uri, versionCreated }: WireItem): string | null =>
  uri !== null && (format === 'iptc7901' || format === 'anpa1312') ? `${uri}/${versionCreated?.slice(0, 10) ?? ''}` : uri;

const squeezed = (text: string): string => oneLine(text.replace(/<[^>]{0,500}>/g, ' ')).toLowerCase();

/** The dateline before the text, where the format keeps it apart. */
function bodyOf({ bodyHtml, dateline, byline }: WireItem): string | null {
  if (bodyHtml === null || bodyHtml.trim() === '') return null;
  const by = byline === null || squeezed(bodyHtml.slice(0, 2_000)).includes(byline.toLowerCase()) ? '' : `<p class="byline">${escapeText(byline)}</p>`;
  if (dateline === null || squeezed(bodyHtml.slice(0, 2_000)).startsWith(dateline.toLowerCase())) return by + bodyHtml;
  const head = `${escapeText(dateline.replace(/[\s–—-]+$/u, ''))} – `;
  const first = /^\s*<(?:p|div)\b[^<>]{0,500}>/i.exec(bodyHtml)?.[0];
  return by + (first === undefined ? `<p>${head}${bodyHtml}</p>` : `${first}${head}${bodyHtml.slice(first.length)}`);
}

const urgencyOf = (urgency: string | null): number | null => (urgency !== null && /^[1-9]$/.test(urgency.trim()) ? Number(urgency) : null);

/** Items that are no text (pictures, packages, plans) are left out, unless they take something back. */
export function wireFeed(items: readonly WireItem[]): FeedItem[] {
  return items.flatMap((item): FeedItem[] => {
    const content = bodyOf(item);
    const status = statusOf(item);
    if (content === null && status !== 'withdrawn') return [];
    const published = timeOf(item.firstCreated ?? item.contentCreated ?? item.versionCreated);
    const urgency = urgencyOf(item.urgency);
    return [{
      id: idOf(item), link: null, title: item.headline ?? item.title ?? item.slugline, titleHtml: null, summary: item.summary, content,
      published, updated: timeOf(item.versionCreated), authors: item.byline === null ? [] : [{ name: item.byline }],
      categories: item.keywords, language: item.language, enclosures: [], comments: null, rights: item.copyrightNotice ?? item.usageTerms, source: null,
      version: item.version ?? '',
      ...(status === null ? {} : { status }), ...(urgency === null ? {} : { urgency }), ...(Number.isNaN(Date.parse(item.embargoed ?? '')) ? {} : { embargoedUntil: new Date(item.embargoed ?? '').toISOString() }),
    }];
  });
}
