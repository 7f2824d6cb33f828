import { expect, test } from 'vitest';
import { giveUp, retryLater } from '../src/fault.js';

test('a fault keeps its code, consequence, hint and cause', () => {
  const cause = new Error('socket closed');
  const fault = retryLater({ code: 'http-503', message: 'the host is busy', hint: 'wait', cause, retryAfterMs: 5 });
  expect(fault).toMatchObject({ code: 'http-503', consequence: 'retry-later', hint: 'wait', cause, retryAfterMs: 5 });
  expect(giveUp({ code: 'http-404', message: 'gone' }).consequence).toBe('give-up');
});
