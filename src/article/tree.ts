import { Document, Element, isTag, Text, type ParentNode } from 'domhandler';
import { Tokenizer } from 'htmlparser2';

/**
 * Limits that make a hostile page cost no more than its bytes. A news page has some 3,000 nodes and a depth of 40;
 * what lies beyond a limit is flattened or left out, never followed.
 */
export const TREE_LIMITS = { depth: 128, nodes: 120_000, attributes: 64, attributeLength: 65_536 } as const;

export interface PageTree {
  readonly document: Document;
  /** Elements that metadata is read from, in page order, so that no later step walks the tree for them. */
  readonly heads: {
    readonly html: Element | null;
    readonly title: Element | null;
    readonly meta: readonly Element[];
    readonly link: readonly Element[];
    /** The first `base`: what addresses are relative to. */
    readonly base: Element | null;
    readonly time: readonly Element[];
    readonly headings: readonly Element[];
    /** Texts of `script` elements that hold data: JSON-LD and the state of script-built pages. */
    readonly dataScripts: readonly { readonly type: string; readonly text: string }[];
    /** Elements with `itemprop`, `property`, or a `rel` of author, tag or license. */
    readonly marked: readonly Element[];
    readonly anchors: number;
    readonly scripts: number;
    readonly frames: number;
    readonly forms: number;
  };
  /** True when a limit cut something off. */
  readonly truncated: boolean;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const VOID = words('area base br col embed hr img input keygen link meta param source track wbr basefont frame bgsound');
/** Start tags that end an open paragraph (HTML standard, 13.2.6.4.7). */
const ENDS_PARAGRAPH = words('address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form '
  + 'h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary table ul li dd dt tr td th tbody thead tfoot');
const PARAGRAPH = words('p');
const FORMATTING = words('a b big code em font i nobr s small strike strong tt u');
const TABLE_PARTS = words('table td th tr tbody thead tfoot caption');
/** What an end tag of an ordinary element does not reach through. */
const TABLE_WALLS = words('td th table template html');
const PARAGRAPH_WALLS = words('button td th table caption object template html');
const PHRASING_WALLS = words('address article aside blockquote center details div dl fieldset figcaption figure footer form header '
  + 'h1 h2 h3 h4 h5 h6 li main nav ol p pre section table td th tr ul dd dt body html');
const HEADINGS = words('h1 h2 h3 h4 h5 h6');
/** Which open element a start tag ends, and what stops the search. */
const SIBLING_ENDS: ReadonlyMap<string, { readonly ends: ReadonlySet<string>; readonly wall: ReadonlySet<string> }> = new Map([
  ['li', { ends: words('li'), wall: words('ul ol menu dir table td th') }],
  ['dt', { ends: words('dt dd'), wall: words('dl table td th') }],
  ['dd', { ends: words('dt dd'), wall: words('dl table td th') }],
  ['option', { ends: words('option'), wall: words('select datalist') }],
  ['tr', { ends: words('tr'), wall: words('table') }],
  ['td', { ends: words('td th'), wall: words('tr table') }],
  ['th', { ends: words('td th'), wall: words('tr table') }],
  ['tbody', { ends: words('tbody thead tfoot'), wall: words('table') }],
  ['tfoot', { ends: words('tbody thead tfoot'), wall: words('table') }],
  ['a', { ends: words('a'), wall: words('table td th object template') }],
]);
/** What may stand in a head; any other tag ends it, for many pages forget to. */
const IN_HEAD = words('meta link title script style base noscript template html head');
const DATA_SCRIPT = /(?:ld\+|\/)json/i;
/** Relations of a link that say something of the page it stands on. */
const OWN_RELATIONS = words('author tag license');
/** Text of these is never read; it is not even kept. */
const UNREAD = words('style');

/**
 * Builds the tree of a page from htmlparser2's tokens.
 *
 * htmlparser2's own `Parser` keeps its open elements in an array it shifts, so a page of 100,000 nested tags costs it
 * minutes. This builder counts open names, bounds the depth, follows the HTML standard where it decides what is inside
 * a paragraph, and notes on the way the elements that metadata is read from.
 */
export function parseTree(html: string): PageTree {
  const builder = new TreeBuilder(html);
  const tokenizer = new Tokenizer({ decodeEntities: true, xmlMode: false }, builder);
  tokenizer.write(html);
  tokenizer.end();
  return builder.tree();
}

class TreeBuilder {
  readonly #html: string;
  readonly #document = new Document([]);
  readonly #open: Element[] = [];
  readonly #openCount = new Map<string, number>();
  /** Elements opened beyond the depth limit and not yet closed. */
  #beyond = 0;
  #nodes = 0;
  #truncated = false;
  #name = '';
  #attributes: Record<string, string> = {};
  #attributeCount = 0;
  #attributeName = '';
  #attributeValue = '';
  #text = '';
  #root: Element | null = null;
  #title: Element | null = null;
  #base: Element | null = null;
  readonly #meta: Element[] = [];
  readonly #link: Element[] = [];
  readonly #time: Element[] = [];
  readonly #headings: Element[] = [];
  readonly #marked: Element[] = [];
  readonly #dataScripts: { type: string; text: string }[] = [];
  #anchors = 0;
  #scripts = 0;
  #frames = 0;
  #forms = 0;

  constructor(html: string) {
    this.#html = html;
  }

  tree(): PageTree {
    return {
      document: this.#document,
      heads: {
        html: this.#root, title: this.#title, meta: this.#meta, link: this.#link, base: this.#base, time: this.#time, headings: this.#headings,
        marked: this.#marked, dataScripts: this.#dataScripts, anchors: this.#anchors, scripts: this.#scripts,
        frames: this.#frames, forms: this.#forms,
      },
      truncated: this.#truncated,
    };
  }

  ontext(start: number, end: number): void {
    this.#text = this.#text === '' ? this.#html.slice(start, end) : this.#text + this.#html.slice(start, end);
  }

  ontextentity(codepoint: number): void {
    this.#text += String.fromCodePoint(codepoint);
  }

  onopentagname(start: number, end: number): void {
    this.#flushText();
    this.#name = this.#html.slice(start, end).toLowerCase();
    this.#attributes = {};
    this.#attributeCount = 0;
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#html.slice(start, end).toLowerCase();
    this.#attributeValue = '';
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#html.slice(start, Math.min(end, start + TREE_LIMITS.attributeLength));
  }

  onattribentity(codepoint: number): void {
    if (this.#attributeValue.length < TREE_LIMITS.attributeLength) this.#attributeValue += String.fromCodePoint(codepoint);
  }

  onattribend(): void {
    if (this.#attributeCount >= TREE_LIMITS.attributes || Object.hasOwn(this.#attributes, this.#attributeName)) return;
    if (this.#attributeName === '__proto__') return;
    this.#attributeCount += 1;
    this.#attributes[this.#attributeName] = this.#attributeValue;
  }

  onopentagend(): void {
    this.#openElement(this.#name, this.#attributes, false);
  }

  onselfclosingtag(): void {
    // Only foreign elements may close themselves; <div/> is an open div, and <path/> would else swallow the page.
    const foreign = (this.#openCount.get('svg') ?? 0) > 0 || (this.#openCount.get('math') ?? 0) > 0;
    this.#openElement(this.#name, this.#attributes, foreign || this.#name.includes(':') || this.#name === 'svg');
  }

  onclosetag(start: number, end: number): void {
    this.#flushText();
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === 'br') {
      this.#openElement('br', {}, true);
      return;
    }
    if (VOID.has(name)) return;
    if (this.#beyond > 0) {
      this.#beyond -= 1;
      return;
    }
    if ((this.#openCount.get(name) ?? 0) === 0) return;
    const at = this.#findOpen(name);
    if (at !== -1) this.#closeTo(at);
  }

  oncdata(): void { /* a comment in HTML */ }
  oncomment(): void { /* not read */ }
  ondeclaration(): void { /* not read */ }
  onprocessinginstruction(): void { /* not read */ }

  onend(): void {
    this.#flushText();
  }

  #parent(): ParentNode {
    return this.#open.at(-1) ?? this.#document;
  }

  #append(node: Element | Text): boolean {
    if (this.#nodes >= TREE_LIMITS.nodes) {
      this.#truncated = true;
      return false;
    }
    this.#nodes += 1;
    const parent = this.#parent();
    const last = parent.children.at(-1);
    node.parent = parent;
    if (last !== undefined) {
      last.next = node;
      node.prev = last;
    }
    parent.children.push(node);
    return true;
  }

  #flushText(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    const inside = this.#open.at(-1);
    if (inside !== undefined) {
      if (UNREAD.has(inside.name)) return;
      if (inside.name === 'script') {
        this.#readScript(inside, text);
        return;
      }
    }
    this.#append(new Text(text));
  }

  #readScript(script: Element, text: string): void {
    const type = script.attribs['type'] ?? '';
    if (DATA_SCRIPT.test(type) && this.#dataScripts.length < 64) this.#dataScripts.push({ type: type.toLowerCase(), text });
  }

  #openElement(name: string, attributes: Record<string, string>, closed: boolean): void {
    if (name === 'html' || name === 'body' || name === 'head') {
      if ((this.#openCount.get(name) ?? 0) > 0) return;
      if (name === 'body') this.#closeHead();
    }
    this.#endImplied(name);
    if (!closed && this.#open.length >= TREE_LIMITS.depth && this.#truncated && !VOID.has(name)) {
      // Flattened elements are empty: a run of them parts two texts no more than one does.
      const last = this.#parent().children.at(-1);
      if (last !== undefined && isTag(last) && !VOID.has(last.name) && last.children.length === 0) {
        this.#beyond += 1;
        return;
      }
    }
    const element = new Element(name, attributes);
    if (!this.#append(element)) {
      if (!closed && !VOID.has(name)) this.#beyond += 1;
      return;
    }
    this.#note(element);
    if (closed || VOID.has(name)) return;
    if (this.#open.length >= TREE_LIMITS.depth) {
      this.#beyond += 1;
      this.#truncated = true;
      return;
    }
    this.#open.push(element);
    this.#openCount.set(name, (this.#openCount.get(name) ?? 0) + 1);
  }

  #closeHead(): void {
    if ((this.#openCount.get('head') ?? 0) > 0) this.#closeTo(this.#open.findLastIndex(({ name }) => name === 'head'));
  }

  #endImplied(name: string): void {
    if (this.#beyond > 0) return;
    if (!IN_HEAD.has(name) && this.#open.length > 0 && this.#open.at(-1)?.name === 'head') this.#closeHead();
    if ((this.#openCount.get('p') ?? 0) > 0 && ENDS_PARAGRAPH.has(name)) this.#closeWithin(PARAGRAPH, PARAGRAPH_WALLS);
    const rule = SIBLING_ENDS.get(name);
    if (rule !== undefined) this.#closeWithin(rule.ends, rule.wall);
    else if (HEADINGS.has(name)) {
      const top = this.#open.at(-1);
      if (top !== undefined && HEADINGS.has(top.name)) this.#closeTo(this.#open.length - 1);
    }
  }

  #closeWithin(names: ReadonlySet<string>, walls: ReadonlySet<string>): void {
    let any = false;
    for (const name of names) if ((this.#openCount.get(name) ?? 0) > 0) any = true;
    if (!any) return;
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const name = this.#open[at]?.name ?? '';
      if (names.has(name)) {
        this.#closeTo(at);
        return;
      }
      if (walls.has(name)) return;
    }
  }

  #findOpen(name: string): number {
    const walls = TABLE_PARTS.has(name) ? null : FORMATTING.has(name) || PHRASING_WALLS.has(name) || name.includes('-') ? TABLE_WALLS : PHRASING_WALLS;
    for (let at = this.#open.length - 1; at >= 0; at -= 1) {
      const open = this.#open[at]?.name ?? '';
      if (open === name) return at;
      if (HEADINGS.has(name) && HEADINGS.has(open)) return at;
      if (walls !== null && walls.has(open) && name !== 'html' && name !== 'body') return -1;
    }
    return -1;
  }

  #closeTo(at: number): void {
    while (this.#open.length > at) {
      const element = this.#open.pop();
      if (element !== undefined) this.#openCount.set(element.name, (this.#openCount.get(element.name) ?? 1) - 1);
    }
  }

  #note(element: Element): void {
    const { name, attribs } = element;
    switch (name) {
      case 'html': this.#root ??= element; break;
      case 'title': if (this.#title === null && (this.#openCount.get('svg') ?? 0) === 0) this.#title = element; break;
      case 'meta': this.#meta.push(element); break;
      case 'link': this.#link.push(element); break;
      case 'base': this.#base ??= element; break;
      case 'time': this.#time.push(element); break;
      case 'h1': case 'h2': case 'h3': this.#headings.push(element); break;
      case 'a': this.#anchors += 1; break;
      case 'script': this.#scripts += 1; break;
      case 'iframe': case 'frame': this.#frames += 1; break;
      case 'form': this.#forms += 1; break;
      default: break;
    }
    if (name !== 'meta' && name !== 'link' && (attribs['itemprop'] !== undefined || attribs['property'] !== undefined || (attribs['rel'] !== undefined && OWN_RELATIONS.has(attribs['rel'].toLowerCase())))) {
      this.#marked.push(element);
    }
  }
}
