import { describe, expect, it } from 'vitest';
import { itemIdentity } from '../../src/feed/index.js';

const item = (over: Partial<Parameters<typeof itemIdentity>[0]> = {}): Parameters<typeof itemIdentity>[0] =>
  ({ id: null, link: null, title: null, published: null, updated: null, summary: null, content: null, ...over });

describe('itemIdentity', () => {
  it('gives the same key whatever tracking the addresses carry', () => {
    const one = itemIdentity(item({ id: 'https://example.org/a?utm_source=rss', link: 'https://example.org/a?utm_source=rss' }));
    const two = itemIdentity(item({ id: 'http://www.example.org/a/', link: 'https://example.org/a' }));
    expect(one.key).toMatch(/^[0-9a-f]{16}$/);
    expect(one).toMatchObject({ key: two.key, rung: 'guid', url: 'https://example.org/a' });
  });

  it('goes down the ladder where an item has nothing', () => {
    expect(itemIdentity(item({ id: '  ', link: 'https://example.org/a' })).rung).toBe('link');
    expect(itemIdentity(item({ title: 'A  Flash', published: { raw: 'today', iso: null } }))).toMatchObject({ rung: 'title-date', url: null });
    expect(itemIdentity(item({ summary: 'only this' })).rung).toBe('content');
  });

  it('keeps items apart that share a rung', () => {
    const keys = ['a', 'b', 'c'].map((id) => itemIdentity(item({ id })).key);
    expect(new Set(keys).size).toBe(3);
  });

  it('does not take a guid and an equal title for one thing', () => {
    expect(itemIdentity(item({ id: 'x' })).key).not.toBe(itemIdentity(item({ link: 'https://x' }), 'link').key);
  });
});
