import { readArticle } from '../../src/article/index.js';
import { cpuMilliseconds } from '../benchmark.js';
import { hostilePages } from './hostile-pages.js';

/** CPU time a MB that no page may cost. */
const MOST = 250;
const RUNS = 3;

/** Prints what each hostile page costs a MB, the least of three runs; gives the kinds that cost too much. */
export function readHostilePages(): readonly string[] {
  const dear: string[] = [];
  console.log(`CPU ms a MB, least of ${String(RUNS)} runs (most allowed ${String(MOST)}): kind, MB, readArticle`);
  for (const [name, make] of hostilePages) {
    const html = make();
    const megabytes = Buffer.byteLength(html) / 1e6;
    const least = (work: () => unknown): number => {
      let best = Infinity;
      for (let run = 0; run < RUNS; run += 1) {
        const started = cpuMilliseconds();
        work();
        best = Math.min(best, cpuMilliseconds() - started);
      }
      return best / megabytes;
    };
    const read = least(() => readArticle(html, { url: 'https://news.example/a' }));
    if (read > MOST) dear.push(name);
    console.log(`  ${name.padEnd(34)} ${megabytes.toFixed(2).padStart(6)} ${read.toFixed(0).padStart(6)}${read > MOST ? '  too much' : ''}`);
  }
  console.log(dear.length === 0 ? `all ${String(hostilePages.length)} kinds within ${String(MOST)} ms a MB` : `above ${String(MOST)} ms a MB: ${dear.join(', ')}`);
  return dear;
}
