import { load } from 'cheerio';
import { LONGEST_PAGE } from '../article/index.js';
import { decodeBytes } from '../fetch/index.js';

/** Headings of a page that one selector may choose; more of them are no headings. */
const MOST_HEADINGS = 500;

/** Texts of what a source's selector chooses on a page, in order; none where it matches nothing or is no selector. */
export function chosenHeadings(bytes: Uint8Array, selector: string, contentType: string | undefined): string[] {
  const { text } = decodeBytes(bytes.subarray(0, LONGEST_PAGE), { kind: 'html', ...(contentType === undefined ? {} : { contentType }) });
  const $ = load(text);
  try {
    return $(selector).slice(0, MOST_HEADINGS).map((_, element) => $(element).text().trim()).get().filter((heading) => heading !== '');
  } catch {
    // css-what throws on what is no selector; that chooses nothing, as for the article's own rules.
    return [];
  }
}
