import { expect, test } from 'vitest';
import { bucketOf, parseState } from '../../src/ledger/index.js';

test.each([
  ['queued|1|mark|1700000000|||', 'in-flight', []],
  ['accepted|3|mark|1700000000||ndjson,stream|', 'in-flight', ['ndjson', 'stream']],
  ['delivered|1|mark|1700000000|||', 'delivered', []],
  ['rejected|1|mark|1700000000|http-404||', 'rejected:http-404', []],
  ['quarantined|2|mark|1700000000|refused||stream=refused', 'quarantined:refused', []],
])('the state line %s stands under %s', (line, bucket, pending) => {
  const state = parseState(line);
  expect(state).not.toBeNull();
  expect(state === null ? null : bucketOf(state)).toBe(bucket);
  expect(state?.pending).toEqual(pending);
});

test.each(['', 'queued|1', 'eaten|1|mark|0|||'])('the line %j is no state', (line) => {
  expect(parseState(line)).toBeNull();
});
