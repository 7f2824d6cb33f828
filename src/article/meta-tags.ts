import { isText, type ChildNode, type Element } from 'domhandler';
import type { PageTree } from './tree.js';
import { foldText } from './text.js';

/** `meta` values by lower-cased name, property or itemprop; the first of each wins, all are kept. */
export type MetaTags = ReadonlyMap<string, readonly string[]>;

export function readMetaTags(tree: PageTree): MetaTags {
  const tags = new Map<string, string[]>();
  for (const { attribs } of tree.heads.meta.slice(0, 500)) {
    const content = attribs['content'] ?? attribs['value'];
    if (content === undefined) continue;
    const value = foldText(content.slice(0, 20_000));
    if (value === '') continue;
    for (const name of new Set([attribs['property'], attribs['name'], attribs['itemprop'], attribs['http-equiv']])) {
      if (name === undefined) continue;
      for (const key of name.toLowerCase().trim().split(/\s+/).slice(0, 4)) {
        const list = tags.get(key);
        if (list === undefined) tags.set(key, [value]);
        else if (list.length < 50) list.push(value);
      }
    }
  }
  return tags;
}

/** First value of the first name that has one, with the name. */
export function firstMeta(tags: MetaTags, ...names: readonly string[]): { readonly value: string; readonly from: string } | null {
  for (const name of names) {
    const value = tags.get(name)?.[0];
    if (value !== undefined) return { value, from: name };
  }
  return null;
}

/** All text below an element, iterative and bounded. */
export function textOf(element: Element, longest = 5_000): string {
  const stack: ChildNode[] = [...element.children].reverse();
  let text = '';
  while (stack.length > 0 && text.length < longest) {
    const node = stack.pop();
    if (node === undefined) break;
    if (isText(node)) text += node.data;
    else if ('children' in node) {
      if ('name' in node && (node.name === 'script' || node.name === 'style')) continue;
      if ('name' in node && (node.name === 'br' || node.name === 'div' || node.name === 'p')) text += ' ';
      for (let at = node.children.length - 1; at >= 0; at -= 1) {
        const child = node.children[at];
        if (child !== undefined) stack.push(child);
      }
    }
  }
  return foldText(text.slice(0, longest));
}
