/** robots.txt as RFC 9309 has it, read as forgivingly as Google's parser reads it. Pure; works on bytes, one character a byte. */

/** RFC 9309, 2.5: a reader has to take at least 500 KiB; what comes after is not read here. */
export const MAX_ROBOTS_BYTES = 500 * 1_024;
/** Longer lines are cut: eight times the longest address a browser ever took, which escaping may swell. */
const MAX_LINE_LENGTH = 8 * 2_083;

/** A path pattern: literal pieces with anything between them; `anchored` when it ended in `$`. */
interface Pattern {
  readonly pieces: readonly string[];
  readonly anchored: boolean;
  /** Length as written, escapes made uniform: the longest match decides (RFC 9309, 2.2.2). */
  readonly length: number;
}

interface Rule extends Pattern { readonly allow: boolean }

interface Group {
  /** Product tokens, lower-case; `*` for everyone. */
  readonly agents: Set<string>;
  readonly rules: Rule[];
}

export interface Robots {
  readonly groups: readonly Group[];
  /** Seconds of `Crawl-delay` by product token, as far as they are numbers. Not part of RFC 9309. */
  readonly crawlDelays: ReadonlyMap<string, number>;
  readonly sitemaps: readonly string[];
}

/** What one agent has to keep to: plain data, fit for a cache. */
export interface AgentRules {
  readonly rules: readonly Rule[];
  /** Milliseconds; null when none is asked for. */
  readonly crawlDelayMs: number | null;
}

type Field = 'user-agent' | 'allow' | 'disallow' | 'sitemap' | 'crawl-delay';

/** Names by how they begin, with the misspellings that are seen; the first that fits counts. */
const FIELDS: ReadonlyArray<readonly [prefix: string, field: Field]> = [
  ['user-agent', 'user-agent'], ['useragent', 'user-agent'], ['user agent', 'user-agent'],
  ['allow', 'allow'],
  ['disallow', 'disallow'], ['dissallow', 'disallow'], ['dissalow', 'disallow'], ['disalow', 'disallow'], ['diasllow', 'disallow'], ['disallaw', 'disallow'],
  ['sitemap', 'sitemap'], ['site-map', 'sitemap'],
  ['crawl-delay', 'crawl-delay'], ['crawldelay', 'crawl-delay'],
];

/** Reads robots.txt. Never fails: lines that say nothing are passed over. */
export function parseRobots(bytes: Uint8Array): Robots {
  const groups: Group[] = [];
  const crawlDelays = new Map<string, number>();
  const sitemaps: string[] = [];
  let group: Group = { agents: new Set(), rules: [] };
  for (const line of linesOf(bytes)) {
    const entry = entryOf(line);
    if (entry === null) continue;
    const { field, value } = entry;
    if (field === 'user-agent') {
      // Only rules end a list of agents; any other line between two of them does not.
      if (group.rules.length > 0) group = { agents: new Set(), rules: [] };
      if (group.agents.size === 0) groups.push(group);
      group.agents.add(agentToken(value));
    } else if (field === 'sitemap') {
      sitemaps.push(value);
    } else if (field === 'crawl-delay') {
      const seconds = Number(value);
      if (value !== '' && seconds >= 0) for (const agent of group.agents) crawlDelays.set(agent, seconds);
    } else if (group.agents.size > 0) {
      // Google's grace: a rule for a folder's index page is meant for the folder as well.
      const allow = field === 'allow';
      group.rules.push({ allow, ...patternOf(value) });
      const folder = allow ? /^(.*\/)index\.htm[^/]*$/s.exec(value)?.[1] : undefined;
      if (folder !== undefined) group.rules.push({ allow, ...patternOf(`${folder}$`) });
    }
  }
  return { groups, crawlDelays, sitemaps };
}

/** What concerns one agent: the groups that name it, all of them together; those for `*` when none does (RFC 9309, 2.2.1). */
export function rulesFor(robots: Robots, agent: string): AgentRules {
  const token = agent.toLowerCase();
  const named = robots.groups.filter(({ agents }) => agents.has(token));
  const groups = named.length > 0 ? named : robots.groups.filter(({ agents }) => agents.has('*'));
  const seconds = robots.crawlDelays.get(token) ?? (named.length > 0 ? undefined : robots.crawlDelays.get('*'));
  return { rules: groups.flatMap(({ rules }) => rules), crawlDelayMs: seconds === undefined ? null : seconds * 1_000 };
}

/**
 * Whether the rules let an address be fetched: the longest pattern that fits decides, an allowing one among equals.
 *
 * @param url percent-coded, as it is sent; its fragment does not count
 */
export function allows({ rules }: AgentRules, url: string): boolean {
  const path = pathOf(bytesOf(url));
  let allowed = 0;
  let disallowed = 0;
  for (const rule of rules) {
    const longest = rule.allow ? allowed : disallowed;
    if (rule.length <= longest || !fits(rule, path)) continue;
    if (rule.allow) allowed = rule.length;
    else disallowed = rule.length;
  }
  return disallowed <= allowed;
}

/** Everything in one: may this agent fetch this address? */
export const isAllowed = (robots: string | Uint8Array, agent: string, url: string): boolean =>
  allows(rulesFor(parseRobots(typeof robots === 'string' ? Buffer.from(robots) : robots), agent), url);

function* linesOf(bytes: Uint8Array): Generator<string> {
  let text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_ROBOTS_BYTES)).toString('latin1');
  // A byte order mark, even one that lost its end.
  const mark = ['\xEF\xBB\xBF', '\xEF\xBB', '\xEF'].find((start) => text.startsWith(start));
  if (mark !== undefined) text = text.slice(mark.length);
  for (const line of text.split(/\r\n|\n|\r/)) yield line.slice(0, MAX_LINE_LENGTH);
}

function entryOf(line: string): { readonly field: Field; readonly value: string } | null {
  const text = trimAscii(line.split('#', 1)[0] ?? '');
  const colon = text.indexOf(':');
  // A forgotten colon is understood between two words, never among more.
  const words = colon === -1 ? text.split(/[ \t]+/) : [text.slice(0, colon), text.slice(colon + 1)];
  const [name, value] = words;
  if (words.length !== 2 || name === undefined || value === undefined) return null;
  const lower = trimAscii(name).toLowerCase();
  const field = FIELDS.find(([prefix]) => lower.startsWith(prefix))?.[1];
  return field === undefined ? null : { field, value: trimAscii(value) };
}

/** Not `trim`: to it the byte A0, the end of many a character in UTF-8, is a space. */
function trimAscii(text: string): string {
  const isBlank = (index: number): boolean => text.charCodeAt(index) <= 0x20;
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** `*` for everyone; else letters, `_` and `-` from the start: what follows them, a version say, does not count. */
const agentToken = (value: string): string =>
  /^\*(?:\s|$)/.test(value) ? '*' : (/^[a-z_-]*/i.exec(value)?.[0] ?? '').toLowerCase();

function patternOf(value: string): Pattern {
  const escaped = escapeUniformly(value);
  const anchored = escaped.endsWith('$');
  return { pieces: (anchored ? escaped.slice(0, -1) : escaped).split('*'), anchored, length: escaped.length };
}

/** Bytes above 127 percent-coded and escapes in capitals, as in addresses; escapes of plain letters stay (RFC 9309, 2.2.2). */
const escapeUniformly = (value: string): string =>
  value.replace(/%[0-9a-f]{2}|[\x80-\xff]/gi, (found) =>
    (found.startsWith('%') ? found : `%${found.charCodeAt(0).toString(16)}`).toUpperCase());

const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');

/** Path and query: what follows scheme and host, from the first of `/`, `?` and `;`. */
function pathOf(url: string): string {
  const withoutFragment = url.split('#', 1)[0] ?? '';
  const authority = /^[^/?;]*:\/\/|^\/\//.exec(withoutFragment)?.[0].length ?? 0;
  const start = withoutFragment.slice(authority).search(/[/?;]/);
  if (start === -1) return '/';
  const path = withoutFragment.slice(authority + start);
  return path.startsWith('/') ? path : `/${path}`;
}

/** Each piece where it first comes after the one before it: enough for `*`, and linear in the path. */
function fits({ pieces, anchored }: Pattern, path: string): boolean {
  const [first = '', ...others] = pieces;
  if (!path.startsWith(first)) return false;
  const last = anchored ? others.pop() : undefined;
  let at = first.length;
  for (const piece of others) {
    const found = path.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  if (!anchored) return true;
  return last === undefined ? at === path.length : path.length - last.length >= at && path.endsWith(last);
}
