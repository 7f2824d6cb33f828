import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ContrastWords } from '../../src/language/contrasts.js';
import { detectLanguage } from '../../src/language/index.js';

const groups = z.record(z.string(), z.array(z.object({ tags: z.array(z.string()).min(1), words: z.array(z.string()).min(1) })))
  .parse(JSON.parse(readFileSync(new URL('../../config/language/siblings.json', import.meta.url), 'utf8')));

const rows = Object.entries(groups).flatMap(([group, contrasts]) =>
  contrasts.flatMap(({ tags, words }) => words.map((word) => ({ group, tags, word }))));

describe.each(Object.keys(groups))('words that tell %s apart', (group) => {
  const own = rows.filter((row) => row.group === group);
  const words = new ContrastWords(groups[group] ?? []);

  it.each(own)('$word speaks for $tags', ({ word, tags }) => {
    // A star needs a stem of three letters at least.
    expect(word).toMatch(/^(?:\p{Ll}+|\p{Ll}{3,}\*)$/u);
    expect(word.normalize('NFC')).toBe(word);
    expect(tags.length).toBeLessThan(group.split('-').length);
    expect(group.split('-')).toEqual(expect.arrayContaining([...tags]));
    // Each word stands once, so what it speaks for is what its row says.
    expect(own.filter((other) => other.word === word)).toHaveLength(1);
    expect([...words.languagesOf(word.replace('*', '')) ?? []].sort()).toEqual([...tags].sort());
  });
});

describe('siblings', () => {
  it.each([
    ['hr', 'Tijekom prosvjeda tisuće ljudi tražile su ostavku ravnatelja sveučilišta, izvijestila je policija u priopćenju.'],
    ['bs', 'Tokom protesta hiljade ljudi tražile su ostavku direktora univerziteta, saopćeno je u ponedjeljak iz policije u Sarajevu.'],
    ['sr-Latn', 'Tokom protesta hiljade ljudi tražile su ostavku direktora univerziteta, saopštila je u ponedeljak policija.'],
    ['id', 'Polisi mengatakan bahwa mobil itu dicuri dari kantor sebuah perusahaan karena kuncinya tertinggal pada hari Senin.'],
    ['ms', 'Polis memaklumkan bahawa kenderaan itu dicuri dari pejabat sebuah syarikat kerana kuncinya tertinggal pada hari Isnin.'],
    ['nb', 'Hun sier at regjeringen ikke vet hva den skal gjøre etter at mye ble ødelagt.'],
    ['nn', 'Ho seier at regjeringa ikkje veit kva ho skal gjere etter at mykje vart øydelagt.'],
    ['da', 'Hun siger, at regeringen ikke ved, hvad den skal gøre, efter at meget blev ødelagt.'],
  ])('knows %s by them', (tag, text) => {
    expect(detectLanguage(text).tag).toBe(tag);
  });

  it('takes the longest stem, and nothing from words that all of them use', () => {
    const words = new ContrastWords([{ tags: ['a'], words: ['sav*'] }, { tags: ['b'], words: ['savjet*', 'sava'] }]);
    expect([...words.languagesOf('savjetnik') ?? []]).toEqual(['b']);
    expect([...words.languagesOf('savez') ?? []]).toEqual(['a']);
    expect([...words.languagesOf('sava') ?? []]).toEqual(['b']);
    expect(words.languagesOf('sa')).toBeUndefined();
    expect([...words.votes('savez i savjetnik', ['a', 'b', 'c'])]).toEqual([1, 1, 0]);
  });
});
