import { describe, expect, it } from 'vitest';
import { itemFacts, itemIdentity, itemKey, itemKeys, learnIdentity, type Identifiable } from '../../src/feed/index.js';

const story = (n: number, over: Partial<Identifiable> = {}): Identifiable => ({
  id: `guid-${n}`, link: `https://a.example/${n}`, title: `Story ${n}`, published: { raw: `day ${n}`, iso: null }, updated: null, summary: null, content: null, ...over,
});
const stories = (from: number, to: number, over: (n: number) => Partial<Identifiable> = () => ({})): Identifiable[] =>
  Array.from({ length: to - from }, (_, i) => story(from + i, over(from + i)));

describe('learnIdentity', () => {
  it('keeps to the guid while it holds', () => {
    const state = learnIdentity(learnIdentity(null, stories(0, 10)), stories(3, 13));
    expect(state).toMatchObject({ rung: 'guid', unstable: [] });
  });

  it('falls to the link when the guids change between polls, in time for the second poll', () => {
    const state = learnIdentity(learnIdentity(null, stories(0, 10)), stories(1, 11, (n) => ({ id: `session-${n * 7}` })));
    expect(state.rung).toBe('link');
    expect(itemKey(state, story(5, { id: 'again' }))).toBe(itemKey(state, story(5)));
  });

  it('falls to title and date when guid and link both carry a session', () => {
    const session = (poll: number) => (n: number): Partial<Identifiable> => ({ id: `https://a.example/s${poll}/${n}`, link: `https://a.example/s${poll}/${n}` });
    const state = learnIdentity(learnIdentity(null, stories(0, 10, session(1))), stories(0, 10, session(2)));
    expect(state).toMatchObject({ rung: 'title-date', unstable: ['guid', 'link'] });
  });

  it('sees at once a guid or a link that all items share', () => {
    expect(learnIdentity(null, stories(0, 6, () => ({ id: '0' }))).rung).toBe('link');
    expect(learnIdentity(null, stories(0, 6, () => ({ link: 'https://a.example/' }))).unstable).toEqual(['link']);
  });

  it('does not take an item listed twice, an edited title or one corrected link for instability', () => {
    const first = learnIdentity(null, [...stories(0, 6), story(2)]);
    expect(first.unstable).toEqual([]);
    const edited = stories(0, 6, (n) => (n === 1 ? { link: 'https://a.example/moved' } : { title: `Story ${n}, updated` }));
    expect(learnIdentity(first, edited).unstable).toEqual([]);
  });

  it('learns nothing from an empty answer and forgets nothing', () => {
    const state = learnIdentity(null, stories(0, 5));
    expect(learnIdentity(state, [])).toEqual(state);
  });

  it('remembers that a rung was unstable', () => {
    const state = learnIdentity(learnIdentity(null, stories(0, 6, () => ({ id: '0' }))), stories(6, 12));
    expect(state.rung).toBe('link');
  });
});

describe('the keys of a seen item', () => {
  it('hold its key under every rung, so that a fallen rung finds it again', () => {
    const item = story(1);
    const keys = itemKeys(item);
    for (const rung of ['guid', 'link', 'title-date'] as const) expect(keys).toContain(itemIdentity(item, rung).key);
    expect(Object.values(itemFacts(item))).toEqual(keys);
  });

  it('are never none', () => expect(itemKeys({ id: null, link: null, title: null, published: null, updated: null, summary: 'x', content: null })).toHaveLength(1));
});
