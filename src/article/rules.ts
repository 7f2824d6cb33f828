import { load, type CheerioAPI } from 'cheerio/slim';
import { isTag, type Element } from 'domhandler';
import type { Frame } from './frame.js';
import { textOf } from './meta-tags.js';
import type { PageTree } from './tree.js';
import type { ArticleRules, RuleFault } from './types.js';

/** What a source's selectors matched on one page; null for a rule that is not set, is broken or matched nothing. */
export interface RuleMatches {
  readonly title: string | null;
  readonly byline: string | null;
  readonly date: string | null;
  readonly body: ReadonlySet<Element> | null;
  readonly remove: ReadonlySet<Element> | null;
  readonly captions: ReadonlySet<Element> | null;
  readonly faults: readonly RuleFault[];
}

const NO_RULES: RuleMatches = { title: null, byline: null, date: null, body: null, remove: null, captions: null, faults: [] };

const WORDS: ReadonlySet<keyof ArticleRules> = new Set(['title', 'byline', 'body']);

export function applyRules(tree: PageTree, rules: ArticleRules | undefined): RuleMatches {
  if (rules === undefined) return NO_RULES;
  const $ = load(tree.document);
  const faults: RuleFault[] = [];
  const match = (rule: keyof ArticleRules): readonly Element[] | null => {
    const selector = rules[rule];
    if (selector === undefined || selector.trim() === '') return null;
    const matched = select($, selector);
    // What has no text gives no headline, byline or body; a date may stand in an attribute alone.
    const found = WORDS.has(rule) ? matched?.filter((element) => textOf(element, 2_000) !== '') ?? null : matched;
    if (found === null || found.length === 0) {
      // A page without the thing to remove is no fault of the rule.
      if (found === null || rule !== 'remove') faults.push({ rule, selector, problem: found === null ? 'invalid' : 'no-match' });
      return null;
    }
    return found;
  };
  const set = (rule: keyof ArticleRules): ReadonlySet<Element> | null => {
    const found = match(rule);
    return found === null ? null : new Set(found);
  };
  const text = (rule: keyof ArticleRules): string | null => {
    const found = match(rule)?.map((element) => textOf(element, 500)).filter((one) => one !== '').join(', ') ?? '';
    return found === '' ? null : found;
  };
  const date = match('date')?.[0];
  return {
    title: text('title'), byline: text('byline'),
    date: date === undefined ? null : date.attribs['datetime'] ?? date.attribs['content'] ?? textOf(date, 200),
    body: set('body'), remove: set('remove'), captions: set('captions'), faults,
  };
}

function select($: CheerioAPI, selector: string): Element[] | null {
  try {
    return $(selector).toArray().filter(isTag);
  } catch {
    // css-what and css-select throw on what is no selector; the caller reports it as a value.
    return null;
  }
}

/** Whether a frame stands in (or is) one of the elements. */
export function standsIn(frame: Frame, elements: ReadonlySet<Element>): boolean {
  for (let at: Frame | null = frame; at !== null && at.element !== null; at = at.parent) if (elements.has(at.element)) return true;
  return false;
}
