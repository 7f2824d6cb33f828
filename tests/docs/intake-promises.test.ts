import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

const page = readFileSync(join(packageRoot, 'docs', 'intake.md'), 'utf8');
/** Each promise, and the lines under it. */
const promises = page.split(/^- /m).slice(1).map((part) => {
  const [promise = '', ...lines] = part.split('\n');
  return { promise, lines: lines.filter((line) => line.startsWith('  - ')) };
});

test('the page holds promises', () => expect(promises.length).toBeGreaterThan(25));

describe.each(promises)('$promise', ({ lines }) => {
  test('is held by a test', () => expect(lines).not.toEqual([]));
  test.each(lines)('%s', (line) => {
    const [, file = '', name = ''] = /^ {2}- `([\w/-]+)`: (.+)$/.exec(line) ?? [];
    expect(readFileSync(join(packageRoot, 'tests', `${file}.test.ts`), 'utf8')).toContain(`('${name}`);
  });
});
