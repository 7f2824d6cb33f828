import { expect, test } from 'vitest';
import { readMemory } from '../../src/redis/index.js';

const info = (used: number, max: number): string => `# Memory\r\nused_memory:${used}\r\nused_memory_human:1M\r\ntotal_system_memory:8000\r\nmaxmemory:${max}\r\nmaxmemory_human:1M\r\n`;

test.each([
  ['the server\'s own limit', info(84, 100), null, { used: 84, limit: 100, full: false }],
  ['a server nearly full', info(86, 100), null, { used: 86, limit: 100, full: true }],
  ['the settings\' limit, where it is lower', info(50, 100), 55, { used: 50, limit: 55, full: true }],
  ['the server\'s limit, where it is lower', info(50, 55), 100, { used: 50, limit: 55, full: true }],
  ['half of the machine, where nobody set a limit', info(3_000, 0), null, { used: 3_000, limit: 4_000, full: false }],
  ['a server that says nothing of memory', '', null, { used: 0, limit: 0, full: false }],
])('%s', (_what, text, limit, expected) => {
  expect(readMemory(text, limit)).toEqual(expected);
});
