import { expect, test } from 'vitest';
import { curvesOf, curvesSvg, judgeMemory, sparkline } from '../../bench/faults/memory-curve.js';

const curve = (mib: (second: number) => number) => ({
  name: 'article-1', points: Array.from({ length: 241 }, (_, at) => ({ seconds: at * 5, mib: mib(at * 5) })),
});

test('a heap that breathes is flat, whatever it took to warm up; one that grows is not', () => {
  expect(judgeMemory(curve((second) => (second < 60 ? second * 5 : 300 + 20 * Math.sin(second / 7)))).flat).toBe(true);
  expect(judgeMemory(curve((second) => 200 + second / 10)).flat).toBe(false);
});

test('moments in which a process is just being started leave no point', () => {
  const curves = curvesOf([{ seconds: 0, mib: new Map([['a', 100], ['b', 0]]) }, { seconds: 5, mib: new Map([['a', 120], ['b', 90]]) }]);
  expect(curves).toEqual([
    { name: 'a', points: [{ seconds: 0, mib: 100 }, { seconds: 5, mib: 120 }] }, { name: 'b', points: [{ seconds: 5, mib: 90 }] },
  ]);
});

test('the curve as text and as a picture', () => {
  expect(sparkline(curve((second) => second), 8)).toBe('▁▂▃▄▅▆▇█');
  const svg = curvesSvg('Memory <now>', [curve(() => 100)]);
  expect(svg).toContain('Memory &lt;now>');
  expect(svg.match(/<polyline/g)).toHaveLength(1);
});
