import { expect, test } from 'vitest';
import { splitKicker } from '../../src/story/index.js';
import { kickerTable, type KickerStatus } from '../../src/story/kicker.js';

const rows = (Object.keys(kickerTable) as KickerStatus[]).flatMap((status) => Object.values(kickerTable[status]).flat().map((row) => [row, status] as const));

test.each(rows)('%s before a colon, a dash or in brackets is a kicker (%s)', (row, status) => {
  const headline = 'City opens mended bridge';
  expect(splitKicker(`${row}: ${headline}`)).toEqual({ kicker: row, headline, status });
  expect(splitKicker(`${row} – ${headline}`)).toEqual({ kicker: row, headline, status });
  expect(splitKicker(`【${row}】${headline}`)).toEqual({ kicker: row, headline, status });
});

test.each([
  ['UPDATE 2-Oil climbs as storm nears', 'UPDATE 2', 'Oil climbs as storm nears', 'usable'],
  ['URGENT Mountain telescope sees its first light', 'URGENT', 'Mountain telescope sees its first light', 'usable'],
  ['UPDATE 1-CORRECTED-Oil climbs', 'UPDATE 1 CORRECTED', 'Oil climbs', 'corrected'],
  ['CORRECTION (March 3): City opens bridge', 'CORRECTION (March 3)', 'City opens bridge', 'corrected'],
  ['عاجل | افتتاح الجسر', 'عاجل', 'افتتاح الجسر', 'usable'],
  ['СРОЧНО: мост открыт', 'СРОЧНО', 'мост открыт', 'usable'],
  ['[속보] 다리 다시 열려', '속보', '다리 다시 열려', 'usable'],
  ['快讯：大桥通车', '快讯', '大桥通车', 'usable'],
] as const)('%s', (written, kicker, headline, status) => {
  expect(splitKicker(written)).toEqual({ kicker, headline, status });
});

test.each([
  'Lavrov: the talks go on', 'Flash floods close the valley road', 'Live-Ticker zur Wahl im Tal', 'Lead-free paint for the old tower', 'LEAD-FREE PAINT FOR THE OLD TOWER',
  'Urgent', 'Updated rules for bees', 'Kill the noise, say harbour dwellers', 'Features of the new ferry', '', 'Withdrawal: a day in a quiet valley', 'Annulla: il coro saluta il porto',
])('%s keeps its words', (headline) => {
  expect(splitKicker(headline)).toEqual({ kicker: null, headline, status: 'usable' });
});

test('no word stands under two kinds, and each of the news languages has words of every kind', () => {
  const kinds = new Map<string, string>();
  for (const [row, status] of rows) {
    const word = row.toLocaleLowerCase('en');
    expect([row, kinds.get(word) ?? status]).toEqual([row, status]);
    kinds.set(word, status);
  }
  for (const status of Object.keys(kickerTable) as KickerStatus[]) {
    for (const language of 'ar bg bn cs de el en es fa fr he hi hr hu id it ja ko nb nl pl pt ro ru sr sv th tr uk ur vi zh'.split(' ')) {
      expect([status, language, kickerTable[status][language] ?? []]).not.toEqual([status, language, []]);
    }
  }
});

test('a headline made to be slow is not', () => {
  const hostile = `${'【'.repeat(5000)}${'UPDATE '.repeat(5000)}${'-'.repeat(5000)}`;
  expect(splitKicker(hostile).headline.length).toBeGreaterThan(0);
});
