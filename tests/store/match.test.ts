import { expect, test } from 'vitest';
import { matchOf } from '../../src/store/match.js';

const cols = (query: string): string => `({headline body place} : (${query}))`;

test.each([
  ['flood relief', cols('"flood" AND "relief"')],
  ['"flood relief"', cols('"flood relief"')],
  ['“flood relief” aid', cols('"flood relief" AND "aid"')],
  ['«наводнение»', cols('"наводнение"')],
  ['「東京」', cols('"東京"')],
  ['elect*', cols('"elect" *')],
  ['京', cols('"京" *')],
  ['新华社', cols('"新华 华社"')],
  ['e-mail', cols('"e mail"')],
  ['flood -sport', `(${cols('"flood"')}) NOT ({headline body place} : ("sport"))`],
  ['-sport', '((scope : "0all")) NOT ({headline body place} : ("sport"))'],
  ['"never closed', cols('"never closed"')],
  ['AND OR NOT', cols('"and" AND "or" AND "not"')],
  ['!?', '(scope : "0none")'],
  ['   ', null],
])('%s', (text, match) => {
  expect(matchOf({ text })).toBe(match);
});

test('what is no text is asked for by marks that no text holds', () => {
  expect(matchOf({ source: 'a"b', country: 'SY', language: 'zh-Hant', status: 'corrected', agency: 'sana' })).toMatch(/^\(scope : "0[a-z][0-9a-f]+"\)(?: AND \(scope : "0[a-z][0-9a-f]+"\)){4}$/);
  expect(matchOf({ from: 0 })).toBeNull();
});

test('a page of words asks for a few of them', () => {
  expect((matchOf({ text: 'a b '.repeat(5_000) }) ?? '').length).toBeLessThan(1_000);
});
