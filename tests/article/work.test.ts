import { isTag, isText, type ChildNode } from 'domhandler';
import { describe, expect, it } from 'vitest';
import { pageFeatures } from '../../src/article/features.js';
import type { Frame } from '../../src/article/frame.js';
import { collectBlocks } from '../../src/article/raw-blocks.js';
import { scoreBlocks } from '../../src/article/select.js';
import { parseTree } from '../../src/article/tree.js';

/** Replaces a field by one that counts how often it is read. */
function counted(object: object, field: string, count: () => void): void {
  const value: unknown = Reflect.get(object, field);
  Object.defineProperty(object, field, { get: () => { count(); return value; } });
}

/** Steps that reading a page takes: texts of the tree looked at, blocks measured, steps from element to element above. */
function stepsOf(html: string): number {
  let steps = 0;
  const step = (): void => { steps += 1; };
  const { document } = parseTree(html);
  const waiting: ChildNode[] = [...document.children];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isText(node)) counted(node, 'data', step);
    else if (isTag(node)) for (const child of node.children) waiting.push(child);
  }
  const raw = collectBlocks(document, { noscript: false });
  const seen = new Set<Frame>();
  for (const block of raw.blocks) {
    for (let frame: Frame | null = block.frame; frame !== null && !seen.has(frame); frame = frame.parent) seen.add(frame);
    counted(block, 'measure', step);
  }
  for (const frame of seen) counted(frame, 'parent', step);
  scoreBlocks(pageFeatures(raw, { headline: 'Harbour reopens after the storm', descriptions: [], articleBody: null, otherHeadlines: [] }));
  return steps;
}

const kinds: readonly (readonly [string, (count: number) => string])[] = [
  ['paragraphs', (count) => '<p>The harbour of the old town reopened on Monday, two days after a storm, officials said.</p>'.repeat(count)],
  ['items', (count) => `<ul>${'<li>a'.repeat(count)}</ul>`],
  ['cells', (count) => `<table>${'<tr><td>a<td>b<td>c'.repeat(count)}</table>`],
  ['headings alike', (count) => '<h2>Harbour reopens after the storm</h2>'.repeat(count)],
  ['posts', (count) => '<div class="post"><p>2005-08-22 19:13</p><p>The harbour reopened on Monday, and the ferries, which had waited, left for the islands again.</p></div>'.repeat(count)],
  ['breaks', (count) => `<div>${'a line of text<br><br>'.repeat(count)}</div>`],
  ['deep paragraphs', (count) => '<div><div><div><p>The harbour of the old town reopened on Monday, officials said.</p></div></div></div>'.repeat(count)],
];

describe('work of reading', () => {
  it.each(kinds)('%s: twice the page is twice the steps', (_, make) => {
    const once = stepsOf(make(700));
    const twice = stepsOf(make(1_400));
    expect(once).toBeGreaterThan(1_400);
    expect(twice / once).toBeLessThan(2.2);
  });

  it.each(kinds)('%s: beyond the limit of blocks, no steps more', (_, make) => {
    expect(stepsOf(make(30_000)) / stepsOf(make(15_000))).toBeLessThan(1.1);
  });
});
