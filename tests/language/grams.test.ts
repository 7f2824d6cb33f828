import { describe, expect, it } from 'vitest';
import { rewritten, withBorders } from '../../bench/language/grams.js';
import { toSerbianLatin } from '../../bench/language/serbian.js';
import { collectFeatures, Features, hashOfGram } from '../../src/language/ngrams.js';
import { scriptIndex } from '../../src/language/script.js';

/** Shares of the letter sequences of a text, as counters without word borders give them. */
function letterGrams(text: string): Map<string, number>[] {
  const letters = text.replace(/ /g, '').length;
  return Array.from({ length: 5 }, (_, order) => {
    const shares = new Map<string, number>();
    for (const word of text.split(' ')) {
      for (let at = 0; at + order < word.length; at++) {
        const gram = word.slice(at, at + order + 1);
        shares.set(gram, (shares.get(gram) ?? 0) + 1 / letters);
      }
    }
    return shares;
  });
}

/** Counts of the n-grams of a text as the detector meets them, by hash and order. */
function detected(text: string, script: 'Latn' | 'Cyrl'): Map<string, number> {
  const features = new Features();
  collectFeatures(text, scriptIndex(script), features);
  return new Map(Array.from({ length: features.size }, (_, index): [string, number] => [`${features.orders[index]}/${features.hashes[index]}`, features.counts[index] ?? 0])
    .filter(([key]) => !key.startsWith('5/')));
}

function hashed(grams: ReadonlyMap<string, number>, letters: number): Map<string, number> {
  return new Map([...grams].map(([gram, share]) => [`${gram.length - 1}/${hashOfGram(gram)}`, Math.round(share * letters)]));
}

const english = 'a storm hit the coast on monday and the harbour was shut';
const serbian = 'влада је усвојила закон а људи џабе чекају њега';

describe('n-grams counted without borders', () => {
  it('give those that the detector meets in the same text, borders and all', () => {
    const grams = withBorders(letterGrams(english));
    expect(hashed(grams, english.replace(/ /g, '').length)).toEqual(detected(english, 'Latn'));
  });

  it('give those of the text rewritten in an alphabet where one letter becomes two', () => {
    const grams = rewritten(withBorders(letterGrams(serbian)), toSerbianLatin);
    expect(hashed(grams, serbian.replace(/ /g, '').length)).toEqual(detected(toSerbianLatin(serbian), 'Latn'));
  });
});
