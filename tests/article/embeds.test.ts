import { describe, expect, it } from 'vitest';
import { EMBED_CLASSES } from '../../src/article/frame.js';
import { OTHER, readMade, STORY, textsOf } from './made-page.js';

const post = 'The roof of the market is gone, we are all safe and the ferries will run again tomorrow.';
const author = '— Jane Doe (@jane) March 5, 2024';
const embed = (name: string, tag = 'blockquote'): string =>
  `<${tag} class="wide ${name}"><p lang="en" dir="ltr">${post}</p>&mdash; Jane Doe (@jane) <a href="https://social.example/jane/1">March 5, 2024</a></${tag}>`;

describe('posts shown in a page', () => {
  it.each(EMBED_CLASSES)('%s: stands apart from the text, in its place, with who wrote it', (name) => {
    const { blocks } = readMade({ foot: `${embed(name)}<p>${OTHER}</p>` });
    expect(blocks.filter(({ kind }) => kind === 'embed').map(({ text }) => text)).toEqual([post, author]);
    expect(blocks.map(({ text }) => text)).toEqual([...STORY, post, author, OTHER]);
  });

  it('a quote of the story itself stays one', () => {
    const { blocks } = readMade({ foot: `<blockquote class="wide"><p>${post}</p></blockquote><p>${OTHER}</p>` });
    expect(blocks.find(({ text }) => text === post)?.kind).toBe('quote');
  });

  it('one that the page forgot to close does not swallow the story behind it', () => {
    const behind = Array.from({ length: 12 }, (_, at) => OTHER.replace('three', String(at + 3)));
    const { blocks } = readMade({ foot: `<blockquote class="instagram-media"><p>${post}</p>${behind.map((text) => `<p>${text}</p>`).join('')}` });
    expect(blocks.filter(({ kind }) => kind === 'embed')).toEqual([]);
    expect(blocks.map(({ text }) => text)).toEqual(expect.arrayContaining(behind));
  });

  it('one below the story is not told', () => {
    const read = readMade({ after: `<aside>${embed('twitter-tweet')}</aside>` });
    expect(textsOf(read)).toEqual(STORY);
    expect(read.furniture.find(({ text }) => text === post)?.reason).toBe('embed');
  });
});
