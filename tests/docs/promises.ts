import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

/** Holds a page of promises (`docs/NAME`) to its form: under each promise the tests of it, by file and the head of their name, all of them there. */
export function holdPromises(name: string, fewest: number): void {
  const page = readFileSync(join(packageRoot, 'docs', name), 'utf8');
  /** Each promise, and the lines under it. */
  const promises = page.split(/^- /m).slice(1).map((part) => {
    const [promise = '', ...lines] = part.split('\n');
    return { promise, lines: lines.filter((line) => line.startsWith('  - ')) };
  });

  test('the page holds promises', () => expect(promises.length).toBeGreaterThan(fewest));

  describe.each(promises)('$promise', ({ lines }) => {
    test('is held by a test', () => expect(lines).not.toEqual([]));
    test.each(lines)('%s', (line) => {
      const [, file = '', head = ''] = /^ {2}- `([\w/-]+)`: (.+)$/.exec(line) ?? [];
      expect(readFileSync(join(packageRoot, 'tests', `${file}.test.ts`), 'utf8')).toContain(`('${head}`);
    });
  });
}
