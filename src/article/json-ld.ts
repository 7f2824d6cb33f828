/** One node of a page's JSON-LD (schema.org), untrusted: read only through the functions below. */
export type LinkedNode = Readonly<Record<string, unknown>>;

const LONGEST_SCRIPT = 2_000_000;
const MOST_NODES = 5_000;
const ARTICLE_TYPE = /(?:article|posting|newsstory|report|review)$/i;

export const isNode = (value: unknown): value is LinkedNode => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every object in a page's JSON-LD, outermost first. Broken scripts are mended where the mend is safe, else left out. */
export function readLinkedData(scripts: readonly { readonly type: string; readonly text: string }[]): LinkedNode[] {
  const nodes: LinkedNode[] = [];
  for (const { type, text } of scripts) {
    if (!type.includes('ld+json') || text.length > LONGEST_SCRIPT) continue;
    const parsed = parseLoosely(text);
    if (parsed === undefined) continue;
    const queue: unknown[] = [parsed];
    for (let at = 0; at < queue.length && nodes.length < MOST_NODES && queue.length < 4 * MOST_NODES; at += 1) {
      const value = queue[at];
      if (Array.isArray(value)) queue.push(...(value as unknown[]).slice(0, MOST_NODES));
      else if (isNode(value)) {
        nodes.push(value);
        for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) queue.push(inner);
      }
    }
  }
  return nodes;
}

function parseLoosely(text: string): unknown {
  const bare = text.trim().replace(/^(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|\/\/\s*<!\[CDATA\[|<!\[CDATA\[)/, '')
    .replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\/\/\s*\]\]>|\]\]>)$/, '').trim().replace(/;$/, '');
  const oneLine = bare.replace(/\p{Cc}+/gu, ' ');
  for (const attempt of [bare, oneLine, oneLine.replace(/,\s?(?=[}\]])/g, '')]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      // Next mend; a script that stays broken is as good as absent, the page is read without it.
    }
  }
  return undefined;
}

export function typesOf(node: LinkedNode): string[] {
  const type = node['@type'] ?? node['type'];
  if (typeof type === 'string') return [type];
  return Array.isArray(type) ? type.filter((one): one is string => typeof one === 'string') : [];
}

export const isArticleNode = (node: LinkedNode): boolean =>
  typesOf(node).some((type) => ARTICLE_TYPE.test(type.replace(/^.*[/#:]/, '')));

/** First non-empty string under a key; `@value`, `name` or `@id` of an object, the first of a list. */
export function stringOf(node: LinkedNode, key: string): string | null {
  return firstString(node[key]);
}

export function firstString(value: unknown): string | null {
  let at: unknown = value;
  for (let step = 0; step < 4; step += 1) {
    if (typeof at === 'string') return at.trim() === '' ? null : at.trim();
    if (typeof at === 'number') return String(at);
    if (Array.isArray(at)) at = (at as unknown[])[0];
    else if (isNode(at)) at = at['@value'] ?? at['name'] ?? at['url'] ?? at['@id'];
    else return null;
  }
  return null;
}

export function listOf(node: LinkedNode, key: string): readonly unknown[] {
  const value = node[key];
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]).slice(0, 100) : [value];
}

/**
 * The node that describes this page's article: of the article nodes the one with most of headline, date and body,
 * so that a teaser list in JSON-LD does not win.
 */
export function articleNode(nodes: readonly LinkedNode[], url: string | null): LinkedNode | null {
  let best: LinkedNode | null = null;
  let bestScore = 0;
  for (const node of nodes) {
    if (!isArticleNode(node)) continue;
    let score = 1;
    if (stringOf(node, 'headline') !== null) score += 2;
    if (stringOf(node, 'datePublished') !== null) score += 2;
    if (stringOf(node, 'articleBody') !== null) score += 2;
    if (node['author'] !== undefined) score += 1;
    const own = stringOf(node, 'url') ?? stringOf(node, 'mainEntityOfPage') ?? '';
    if (url !== null && own !== '' && sameAddress(own, url)) score += 3;
    if (score > bestScore) {
      best = node;
      bestScore = score;
    }
  }
  return best;
}

function sameAddress(left: string, right: string): boolean {
  const bare = (address: string): string => address.replace(/^https?:\/\/(?:www\.|m\.|amp\.)?/, '').replace(/[?#].*$/, '').replace(/\/+$/, '');
  return bare(left) === bare(right);
}
