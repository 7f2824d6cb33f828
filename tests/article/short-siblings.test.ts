import { expect, test } from 'vitest';
import { readArticle } from '../../src/article/index.js';

const page = (inside: string, after = ''): string => `<html lang="en"><head><title>Valley railway runs again</title></head><body><nav><a href="/">Home</a></nav>
<h1>Valley railway runs again</h1><article><div class="body">
<p>HAIFA (Reuters) - The old valley railway will run again at weekends from April, after many years in which its cars stood in a shed.</p>
<p>Volunteers restored the cars and kept the wooden benches.</p>
<h4>Volunteers</h4><p>Bread from the village will be sold at each stop.</p>
<h4>The fare</h4><p>A ticket costs as much as one for the bus.</p>${inside}
</div></article>${after}</body></html>`;
const texts = (html: string): string[] => readArticle(html).blocks.map(({ text }) => text);

test('short paragraphs under sub-headings, in the element of the story, are the story to its last line', () => {
  expect(texts(page('<p>Later the line may be carried on to the river.</p>')).slice(2)).toEqual([
    'Volunteers', 'Bread from the village will be sold at each stop.', 'The fare', 'A ticket costs as much as one for the bus.',
    'Later the line may be carried on to the river.',
  ]);
});

test('a box of another element below them is not', () => {
  const all = texts(page('', '<div class="related"><h3>Read also</h3><p>A street cat sat down in the library of the old town.</p></div>')).join('\n');
  expect(all).toContain('as one for the bus.');
  expect(all).not.toContain('cat');
});
