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

test('deliveries on disk are told with what they mean and what to do', () => {
  const { events, lines, end } = hearing();
  events.emit('sink-backlog', { sink: 'newsroom', state: 'alarm', deliveries: 21_000, bytes: 1, share: 0.7, onDisk: 400 });
  events.emit('spill', { state: 'alarm', bytes: 8_000_000_000, limit: 10_000_000_000, fault: null });
  events.emit('spill', { state: 'full', bytes: 9_999_000_000, limit: 10_000_000_000, fault: null });
  events.emit('spill', { state: 'failing', bytes: 0, limit: 1, fault: retryLater({ code: 'disk-full', message: 'the file cannot be written: no space left', hint: 'Make room.' }) });
  events.emit('spill', { state: 'well', bytes: 0, limit: 1, fault: null });
  events.emit('spill-lost', { sink: 'newsroom', segment: 'x', deliveries: 7, why: 'their file is damaged' });
  events.emit('spill-unseen', { id: '0a1b2c3d4e', host: 'north', dir: '/data/spill', seenAt: null, deliveries: 12 });
  const expected = [
    '21000 deliveries wait for newsroom, 70 % of its bound; 400 wait on disk', '8000 of 10000 MB that deliveries may take on disk are used (deliver.spill.maxSize)',
    'at the bound of a sink no more items are taken in', 'deliveries cannot go to disk: the file cannot be written: no space left. Make room.', 'the disk has room for waiting deliveries again',
    '7 deliveries for newsroom waited on disk, and their file is damaged; they are in quarantine (spill-lost)', '/data/spill of north. Start Dateline there, with the role deliver; if it is lost for good: dateline sinks give-up 0a1b2c3d4e',
  ];
  expect(lines).toHaveLength(expected.length);
  for (const [at, words] of expected.entries()) expect(lines[at]).toContain(words);
  end();
});
