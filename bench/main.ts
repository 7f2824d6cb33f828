/** `npm run bench -- <name> [--corpus DIR] [--out FILE]`: one form for every benchmark. */
import { parseArgs } from 'node:util';
import { benchmarks } from './benchmarks.js';

const usage = (): string => [
  'usage: npm run bench -- <name> [--corpus DIR] [--out FILE]',
  '',
  'names:',
  ...Object.entries(benchmarks).map(([name, { about }]) => `  ${name.padEnd(14)} ${about}`),
  '',
  '--corpus DIR  folder of the gold files (default: where the benchmark says)',
  '--out FILE    where the predictions go (default: out/<name>.jsonl)',
  '',
  'example: npm run bench -- dateline --out out/dateline.jsonl',
].join('\n');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  strict: false,
  options: {
    corpus: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' },
    // Of the benchmarks that run the service: values of their own.
    items: { type: 'string' }, faults: { type: 'string' }, seed: { type: 'string' }, sources: { type: 'string' }, stop: { type: 'string' },
    kinds: { type: 'string' }, minutes: { type: 'string' }, stories: { type: 'string' }, requests: { type: 'string' },
  },
});

const [name] = positionals;
const benchmark = name === undefined ? undefined : benchmarks[name];
if (values.help === true || name === undefined) {
  console.log(usage());
} else if (benchmark === undefined) {
  console.error(`There is no benchmark "${name}".\n\n${usage()}`);
  process.exitCode = 2;
} else {
  process.exitCode = await benchmark.run({
    corpus: typeof values.corpus === 'string' ? values.corpus : undefined,
    out: typeof values.out === 'string' ? values.out : `out/${name}.jsonl`,
    args: positionals.slice(1),
    flags: values,
  });
}
