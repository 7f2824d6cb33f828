import { expect, test } from 'vitest';
import { saysWithdrawn, withdrawalTable } from '../../src/story/withdrawal-words.js';

const rows = Object.entries(withdrawalTable).flatMap(([language, phrases]) => phrases.map((phrase) => [language, phrase] as const));

test.each(rows)('%s: %s takes the story back', (_, phrase) => {
  expect(saysWithdrawn('City opens mended bridge', `${phrase.charAt(0).toLocaleUpperCase('en')}${phrase.slice(1)}. 14:05`)).toBe(true);
  expect(saysWithdrawn(phrase, '')).toBe(true);
});

test.each([
  ['Bridge bill withdrawn', 'The bill has been withdrawn, the speaker said, and the bridge will wait for another year.'],
  ['Candidate withdraws', 'The candidate of the harbour party was withdrawn on Tuesday.'],
  ['How a paper corrects itself', `Readers met the words this story has been withdrawn on Monday. ${'What had happened is told here at the length that it needs. '.repeat(12)}`],
])('%s takes nothing back', (headline, text) => {
  expect(saysWithdrawn(headline, text)).toBe(false);
});
