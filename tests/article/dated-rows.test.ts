import { describe, expect, it } from 'vitest';
import { pageFeatures, FEATURE_NAMES } from '../../src/article/features.js';
import { openPage } from '../../src/article/open-page.js';

const column = FEATURE_NAMES.indexOf('dated-since-story');
const post = (title: string, text: string): string => `<div class="post"><div>${title}</div><div>${text}</div></div>`;
const words = 'The ferry to the islands left the harbour at dawn, two days after the storm, and the port authority said that all other lines would follow before the end of the week. ';
const page = (row: string): string => `<head><title>Ferries</title></head><body>${post(row, words.repeat(2))}${post(row, words.repeat(2))}${post(row, words.repeat(2))}`;
const datedOf = (html: string): number[] => {
  const { raw, features } = openPage(html, {});
  return raw.blocks.map((_, at) => features.table[at * FEATURE_NAMES.length + column] ?? -1);
};

describe('title rows of posts', () => {
  it.each([
    'A long title of a post that has more than fourteen words in it, so that no short row it is 2005-08-22 19:13:18',
    '参与旅行社的一般都是弱势群体 梅骏 08-11 16:58 (138字)',
    'Re: ferries, 2004/12/27 12:46 by a reader',
    '汽车什么时候来，我们都想知道 2005年8月22日 19:13',
  ])('counts "%s" once a story was told', (row) => {
    expect(datedOf(page(row))).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it.each(['The score was 3-2 when the second half of the match that the whole town had waited for began at 19:30', 'Figures of 2004 and 2005, by district and year of entry, in a note of the port'])('takes "%s" for none', (row) => {
    expect(datedOf(page(row)).at(-1)).toBe(0);
  });

  it('has a value for every column of every block', () => {
    const { raw, features } = openPage(page('2005-08-22 19:13'), {});
    expect(features.table).toHaveLength(raw.blocks.length * FEATURE_NAMES.length);
    expect(pageFeatures(raw, { headline: null, descriptions: [], articleBody: null, otherHeadlines: [] }).table.every(Number.isFinite)).toBe(true);
  });
});
