import { expect, test } from 'vitest';
import { narrate } from '../../src/cli/narrator.js';
import { misconfigured, retryLater } from '../../src/fault.js';
import { createEvents } from '../../src/service/index.js';

function hearing() {
  const events = createEvents();
  const lines: string[] = [];
  const end = narrate(events, (line) => void lines.push(line));
  return { events, lines, end };
}

test('a trouble that was written for people is told at once, with the way to mend it', () => {
  const { events, lines, end } = hearing();
  events.emit('trouble', { what: 'sources file', error: misconfigured({ code: 'config-tab', message: 'sources.yaml, line 2: a tab', hint: 'Replace it' }) });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('sources.yaml, line 2: a tab. Replace it.');
  end();
});

test('errors of connections, which come in swarms, are not told one by one', () => {
  const { events, lines, end } = hearing();
  for (let time = 0; time < 100; time += 1) events.emit('trouble', { what: 'poll queue', error: new Error('ECONNREFUSED') });
  expect(lines).toEqual([]);
  end();
});

test('a source in trouble is one line, however often it fails, until it is well again', () => {
  const { events, lines, end } = hearing();
  const fault = retryLater({ code: 'http-503', message: 'the host is ill (HTTP 503)' });
  for (const failures of [1, 2, 3]) events.emit('source-trouble', { source: 'wire', fault, failures, nextMs: 60_000 });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('wire cannot be read: the host is ill (HTTP 503). Asked again in 60 s.');
  events.emit('polled', { source: 'wire', listed: 0, taken: 0, notModified: true, nextMs: 60_000 });
  expect(lines[1]).toContain('wire can be read again');
  end();
});
