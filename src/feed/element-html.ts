/** The markup inside an element of a tree, written out as HTML. */
import { baseOf, resolveUrl } from './element-value.js';
import { ADDRESS_ATTRIBUTES, escapeAttribute, escapeText } from './html-text.js';
import type { MarkupElement } from './markup-tree.js';

const VOID = new Set(['br', 'hr', 'img', 'input', 'wbr', 'area', 'col', 'embed', 'meta', 'param', 'source', 'track', 'link']);

/** Local name without the prefix XHTML may carry. */
export const htmlName = (element: MarkupElement): string => (element.tag.startsWith('xhtml:') ? element.tag.slice(6) : element.name);

function openTag(element: MarkupElement, base: string | undefined): string {
  let tag = `<${htmlName(element)}`;
  for (const [name, value] of Object.entries(element.attributes)) {
    if (/^xml(?:ns)?(?::|$)/i.test(name)) continue;
    const resolved = ADDRESS_ATTRIBUTES.has(name.toLowerCase()) ? resolveUrl(value, baseOf(element, base)) : value;
    tag += ` ${name}="${escapeAttribute(resolved)}"`;
  }
  return `${tag}>`;
}

/** The markup inside an element, as HTML with addresses made absolute. */
export function innerHtml(element: MarkupElement, documentUrl: string | undefined): string {
  const parts: string[] = [];
  const stack: (MarkupElement | { readonly close: string } | string)[] = [...element.children].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (typeof next === 'string') parts.push(escapeText(next));
    else if ('close' in next) parts.push(next.close);
    else {
      parts.push(openTag(next, documentUrl));
      if (next.children.length > 0 || !VOID.has(htmlName(next).toLowerCase())) stack.push({ close: `</${htmlName(next)}>` });
      for (let i = next.children.length - 1; i >= 0; i--) {
        const child = next.children[i];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return parts.join('');
}
