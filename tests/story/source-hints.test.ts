import { expect, test } from 'vitest';
import { readPage, type ReadPageOptions } from '../../src/story/index.js';

const HTML = `<html lang="en"><body><main><h1>From the harbour</h1>
<p class="hl">The ferry</p><p>The harbour ferry got a new engine on Tuesday, the island yard said, and will sail again from Friday morning.</p><p>The old engine goes to the museum of ships, where pupils may take it apart.</p>
<h2>What the yard says about the new engine of its ferry</h2><p>The yard said the ferry will be quieter than before, and that its engine can be mended at sea.</p><p>It comes with a pledge of twenty years.</p>
<p class="hl">The crane</p><p>The old crane will be painted in its first colour by the pupils of the harbour school before the summer.</p><p>Its cabin becomes a room for one guest, who may sleep there above the ships.</p>
<div class="seealso"><p>Bees gather a record of honey on the roof of the town hall, the keeper said on Monday to a crowd of pupils.</p></div>
</main></body></html>`;

const read = (options: ReadPageOptions): ReturnType<typeof readPage>['split'] => readPage(new TextEncoder().encode(HTML), options).split;

test('the headings a source names begin its stories, and no others do', () => {
  const { stories } = read({ headingSelector: 'p.hl', teaserSelector: '.seealso' });
  expect(stories.map(({ headline }) => headline)).toEqual(['The ferry', 'The crane']);
  expect(stories[1]?.evidence[0]).toEqual({ kind: 'heading-selector', weight: 20 });
  expect(stories.flatMap(({ body }) => body.map(({ text }) => text)).join('\n')).not.toContain('honey');
});

test.each(['p.nothing', '!! no selector', ''])('a selector that chooses nothing (%s) leaves the page as without it', (headingSelector) => {
  expect(read({ headingSelector })).toEqual(read({}));
});
