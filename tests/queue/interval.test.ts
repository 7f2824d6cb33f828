import { expect, test } from 'vitest';
import { nextPollMs } from '../../src/queue/index.js';

const rhythm = { interval: 300_000, minInterval: 60_000, maxInterval: 3_600_000 };
test.each([
  ['nothing is said', {}, 300_000],
  ['the feed asks for less often', { feedSeconds: 1_800 }, 1_800_000],
  ['the feed asks for once a week', { feedSeconds: 604_800 }, 3_600_000],
  ['the answer stays fresh for ten minutes', { freshSeconds: 600 }, 600_000],
  ['the user fixed it', { fixed: 10_000, feedSeconds: 1_800 }, 10_000],
  ['it failed twice', { failures: 2 }, 1_200_000],
  ['it failed for days', { failures: 500 }, 3_600_000],
  ['it fails and its interval is fixed beyond the longest', { fixed: 86_400_000, failures: 9 }, 86_400_000],
  ['the host said when', { retryAfterMs: 7_200_000 }, 7_200_000],
])('the next poll when %s', (_, answer, ms) => {
  expect(nextPollMs(rhythm, answer, () => 0)).toBe(ms);
  expect(nextPollMs(rhythm, answer, () => 1)).toBeLessThanOrEqual(ms * 1.1);
});
