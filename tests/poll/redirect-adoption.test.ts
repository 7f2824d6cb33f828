import { expect, test } from 'vitest';
import { addressOf, ADOPTION, doubtMove, watchMove, type Move } from '../../src/poll/redirect-adoption.js';

const FROM = 'https://old.example/feed';
const TO = 'https://new.example/feed';
const HOUR = 3_600_000;

/** So many polls in a row that moved to `to`, one every `hours`. */
function moved(polls: number, hours: number, to: string | null = TO, start: Move | null = null, from = 0): Move | null {
  let move = start;
  for (let poll = 0; poll < polls; poll += 1) move = watchMove(move, FROM, to, (from + poll * hours) * HOUR);
  return move;
}

test('a permanent redirect is followed from the first poll, but adopted only when it lasts', () => {
  expect(addressOf(moved(1, 1), FROM)).toBe(FROM);
  // Many polls, too short a time.
  expect(addressOf(moved(60, 1), FROM)).toBe(FROM);
  // A long time, too few polls.
  expect(addressOf(moved(ADOPTION.polls - 1, 24), FROM)).toBe(FROM);
  expect(addressOf(moved(ADOPTION.polls, 24), FROM)).toBe(TO);
  expect(addressOf(moved(80, 1), FROM)).toBe(TO);
});

test('any other answer in between begins the count anew', () => {
  expect(addressOf(moved(19, 24, TO, moved(1, 24, null, moved(19, 24), 19 * 24), 20 * 24), FROM)).toBe(FROM);
  expect(addressOf(moved(19, 24, TO, moved(1, 24, 'https://other.example/', moved(19, 24), 19 * 24), 20 * 24), FROM)).toBe(FROM);
});

test('a long pause between two sightings begins the count anew', () => {
  expect(addressOf(moved(40, 73), FROM)).toBe(FROM);
});

test('a redirect to the address itself is no move', () => {
  expect(watchMove(null, FROM, FROM, 0)).toBeNull();
});

test('another address in the configuration makes it void', () => {
  const move = moved(30, 24);
  expect(addressOf(move, 'https://third.example/')).toBe('https://third.example/');
  expect(watchMove(move, 'https://third.example/', null, 0)).toBeNull();
});

test('the adopted address stays through good polls, and is given up when it keeps failing', () => {
  const adopted = moved(30, 24);
  const later = watchMove(adopted, FROM, null, 1_000 * HOUR);
  expect(addressOf(later, FROM)).toBe(TO);
  expect(addressOf(doubtMove(later, 4), FROM)).toBe(TO);
  expect(addressOf(doubtMove(later, 5), FROM)).toBe(FROM);
  expect(doubtMove(moved(3, 1), 5)).not.toBeNull();
});

test('an adopted address that moves on has to prove the second move too', () => {
  const second = watchMove(moved(30, 24), FROM, 'https://newest.example/', 1_000 * HOUR);
  expect(addressOf(second, FROM)).toBe(FROM);
  expect(second).toMatchObject({ to: 'https://newest.example/', polls: 1 });
});
