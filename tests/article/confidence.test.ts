import { describe, expect, it } from 'vitest';
import { readArticle } from '../../src/article/index.js';
import { LAST, LEAD, MORE, OTHER, readMade } from './made-page.js';

describe('confidence', () => {
  it('is high where the page is clear, lower where text of the story and of others are mixed, none where there is no story', () => {
    const clear = readMade({ foot: `<p>${OTHER}</p>` }).confidence;
    const mixed = readArticle(`<html><body><div><div>${LEAD}</div><div><a href="/1">${OTHER}</a></div><div>${MORE}</div><div><b>${OTHER.replace('June', 'July')}</b> <a href="/2">more</a></div><div>${LAST}</div></div></body></html>`).confidence;
    expect(clear).toBeGreaterThan(0.85);
    expect(mixed).toBeGreaterThan(0);
    expect(mixed).toBeLessThan(clear - 0.05);
    expect(readArticle('<html><body></body></html>').confidence).toBe(0);
  });

  it('is halved where a bound cut the page off', () => {
    const whole = readMade({}).confidence;
    const cut = readMade({ after: '<i>x</i>'.repeat(130_000) });
    expect(cut.confidence).toBeGreaterThan(0);
    expect(cut.confidence).toBeLessThan(0.6 * whole);
  });
});
