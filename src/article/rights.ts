import { firstString, stringOf } from './json-ld.js';
import { firstMeta } from './meta-tags.js';
import type { OpenPage } from './open-page.js';

const LONGEST = 300;
/** A line that claims the page's text, as it stands at the foot: "© 2024 Daily Post. All rights reserved." */
const CLAIM = /^(?:©|\(c\)\s|ⓒ|copyright\b|&copy;)/i;

/** Who holds the rights, in the page's own words: metadata, JSON-LD, a link marked as the licence, the line at its foot. */
export function rightsOf({ node, meta, tree, raw }: OpenPage): string | null {
  const named = firstMeta(meta, 'dc.rights', 'dcterms.rights', 'copyright', 'rights', 'og:rights')?.value
    ?? (node === null ? null : stringOf(node, 'copyrightNotice') ?? firstString(node['copyrightHolder']) ?? stringOf(node, 'license'));
  if (named !== null) return named;
  const license = [...tree.heads.link, ...tree.heads.marked].find(({ attribs }) => attribs['rel']?.toLowerCase() === 'license')?.attribs['href'];
  if (license !== undefined && license !== '') return license.slice(0, LONGEST);
  // A picture's "© Reuters" stands higher up, and has no year.
  return raw.blocks.slice(-40).findLast(({ text }) => text.length <= LONGEST && CLAIM.test(text) && /\p{Nd}{4}/u.test(text))?.text ?? null;
}
