/** Any text that means to be XML, as a tree: never throws, never recurses, bounded in depth and number. */
import { Tokenizer } from 'htmlparser2';
import { decodeReferences, EntityTable, entitiesOfSubset } from './markup-entities.js';
import { canonicalPrefix, usualPrefix } from './namespaces.js';

const MAX_DEPTH = 256;
const MAX_ELEMENTS = 1_000_000;
const DOCTYPE_WITHIN = 20_000;

export interface MarkupElement {
  /** Canonical prefix and lower-case local name: `title`, `atom:title`, `dc:date`; `?:x` where the namespace is not known. */
  readonly tag: string;
  /** Name as written. */
  readonly name: string;
  /** Attributes as written, values decoded. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (MarkupElement | string)[];
  readonly parent: MarkupElement | null;
}

interface Scope {
  /** Canonical prefix by prefix as written; '' is the default namespace. */
  readonly prefixes: ReadonlyMap<string, string>;
}

const ROOT_SCOPE: Scope = { prefixes: new Map() };
/** The attributes of every element that has none. */
export const NO_ATTRIBUTES: Readonly<Record<string, string>> = Object.freeze({});

/** Elements of HTML that have no content: unclosed in naked mark-up, they must not swallow what follows. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'area', 'col', 'embed', 'meta', 'param', 'base', 'basefont']);

function tagOf(name: string, scope: Scope): string {
  const colon = name.indexOf(':');
  const local = (colon < 0 ? name : name.slice(colon + 1)).toLowerCase();
  const written = colon < 0 ? '' : name.slice(0, colon);
  let prefix = scope.prefixes.get(written);
  prefix ??= written === '' ? '' : usualPrefix(written) ?? '?';
  return prefix === '' ? local : `${prefix}:${local}`;
}

function scopeWith(scope: Scope, attributes: Readonly<Record<string, string>>): Scope {
  let prefixes: Map<string, string> | null = null;
  for (const [name, uri] of Object.entries(attributes)) {
    const lower = name.toLowerCase();
    if (lower !== 'xmlns' && !lower.startsWith('xmlns:')) continue;
    prefixes ??= new Map(scope.prefixes);
    const prefix = lower === 'xmlns' ? '' : name.slice(6);
    // an unknown default namespace is read as the root's own; an unknown prefix as what it usually means
    prefixes.set(prefix, canonicalPrefix(uri) ?? (prefix === '' ? '' : usualPrefix(prefix) ?? '?'));
  }
  return prefixes === null ? scope : { prefixes };
}

class TreeBuilder {
  readonly root: MarkupElement = { tag: '#document', name: '#document', attributes: NO_ATTRIBUTES, children: [], parent: null };
  #open: MarkupElement = this.root;
  readonly #scopes: Scope[] = [ROOT_SCOPE];
  #depth = 0;
  #overflow = 0;
  #count = 0;
  #name = '';
  #attributes: Record<string, string> | null = null;
  #attributeName = '';
  #attributeValue = '';
  /** Whether the tag being read declares a namespace; few do. */
  #declares = false;

  constructor(private readonly text: string, private readonly entities: EntityTable) {}

  onopentagname(start: number, end: number): void {
    this.#name = this.text.slice(start, end);
    this.#attributes = null;
    this.#declares = false;
  }
  onattribname(start: number, end: number): void {
    this.#attributeName = this.text.slice(start, end);
    this.#attributeValue = '';
  }
  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.text.slice(start, end);
  }
  onattribend(): void {
    if (/^xmlns(?::|$)/i.test(this.#attributeName)) this.#declares = true;
    // no prototype: an attribute may be called __proto__
    this.#attributes ??= Object.create(null) as Record<string, string>;
    if (!(this.#attributeName in this.#attributes)) this.#attributes[this.#attributeName] = decodeReferences(this.#attributeValue, this.entities);
  }
  onopentagend(): void {
    this.#start();
    if (VOID.has(this.#name.toLowerCase())) this.#finish(this.#name);
  }
  onselfclosingtag(): void {
    this.#start();
    this.#finish(this.#name);
  }
  onclosetag(start: number, end: number): void {
    const name = this.text.slice(start, end).trim();
    if (!VOID.has(name.toLowerCase())) this.#finish(name);
  }
  ontext(start: number, end: number): void {
    this.#append(decodeReferences(this.text.slice(start, end), this.entities));
  }
  oncdata(start: number, end: number, endOffset: number): void {
    this.#append(this.text.slice(start, end - endOffset));
  }
  ontextentity(codepoint: number): void { this.#append(String.fromCodePoint(codepoint)); }
  onattribentity(codepoint: number): void { this.#attributeValue += String.fromCodePoint(codepoint); }
  oncomment(): void { /* says nothing */ }
  ondeclaration(): void { /* read before: see subsetOf */ }
  onprocessinginstruction(): void { /* says nothing */ }
  onend(): void { /* what is open stays open, and counts */ }

  #append(text: string): void {
    if (text !== '') this.#open.children.push(text);
  }

  #start(): void {
    if (this.#depth >= MAX_DEPTH || this.#count >= MAX_ELEMENTS) {
      this.#overflow++;
      return;
    }
    this.#count++;
    this.#depth++;
    const outer = this.#scopes[this.#scopes.length - 1] ?? ROOT_SCOPE;
    const attributes = this.#attributes ?? NO_ATTRIBUTES;
    const scope = this.#declares ? scopeWith(outer, attributes) : outer;
    this.#scopes.push(scope);
    const element: MarkupElement = { tag: tagOf(this.#name, scope), name: this.#name, attributes, children: [], parent: this.#open };
    this.#open.children.push(element);
    this.#open = element;
  }

  #finish(name: string): void {
    if (this.#overflow > 0) {
      this.#overflow--;
      return;
    }
    const lower = name.toLowerCase();
    let depth = this.#depth;
    for (let at: MarkupElement | null = this.#open; at !== null && at.parent !== null; at = at.parent) {
      depth--;
      if (at.name === name || at.name.toLowerCase() === lower) {
        this.#open = at.parent;
        this.#depth = depth;
        this.#scopes.length = depth + 1;
        return;
      }
    }
  }
}

/** The internal subset of a DOCTYPE and the text without it; htmlparser2 would take its first `>` for the end. */
function withoutDoctype(text: string): { readonly text: string; readonly subset: string } {
  // only at the head: further down it belongs to a page that an item quotes
  const start = text.slice(0, DOCTYPE_WITHIN).search(/<!DOCTYPE\s/i);
  if (start < 0 || text.lastIndexOf('<![CDATA[', start) >= 0) return { text, subset: '' };
  const bracket = text.indexOf('[', start);
  const close = text.indexOf('>', start);
  if (close < 0) return { text, subset: '' };
  if (bracket < 0 || bracket > close) return { text: text.slice(0, start) + text.slice(close + 1), subset: '' };
  const end = /\]\s*>/g;
  end.lastIndex = bracket;
  const found = end.exec(text);
  if (found === null) return { text: text.slice(0, start) + text.slice(close + 1), subset: '' };
  return { text: text.slice(0, start) + text.slice(end.lastIndex), subset: text.slice(bracket + 1, found.index) };
}

// oxlint-disable-next-line no-control-regex -- characters XML does not allow
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\u{FEFF}\u{FFFE}\u{FFFF}]/gu;

/** Reads text as a tree of elements; the returned element is the document above its root. */
export function readMarkup(source: string): MarkupElement {
  const { text, subset } = withoutDoctype(source.replace(FORBIDDEN, ''));
  const builder = new TreeBuilder(text, subset === '' ? new EntityTable(new Map()) : entitiesOfSubset(subset));
  const tokenizer = new Tokenizer({ xmlMode: true, decodeEntities: false }, builder);
  tokenizer.write(text);
  tokenizer.end();
  return builder.root;
}
