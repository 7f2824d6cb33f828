import { median } from './recovery.js';

/** Resident memory of one process, in MiB, by time. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly seconds: number; readonly mib: number }[];
}

export interface MemoryVerdict {
  readonly name: string;
  /** Medians of the second and of the last quarter of the time: the first quarter is warming up. */
  readonly early: number;
  readonly late: number;
  readonly peak: number;
  readonly flat: boolean;
}

/** A heap breathes; what grows by more than this between two quarters of the time is not flat. */
const GROWTH_SHARE = 0.1;
const GROWTH_MIB = 12;

export function curvesOf(samples: readonly { readonly seconds: number; readonly mib: ReadonlyMap<string, number> }[]): Curve[] {
  const names = [...new Set(samples.flatMap(({ mib }) => [...mib.keys()]))];
  return names.map((name) => ({
    name,
    // A process that is just being started again has none.
    points: samples.flatMap(({ seconds, mib }) => ((mib.get(name) ?? 0) > 0 ? [{ seconds, mib: mib.get(name) ?? 0 }] : [])),
  }));
}

export function judgeMemory({ name, points }: Curve): MemoryVerdict {
  const end = points.at(-1)?.seconds ?? 0;
  const between = (from: number, to: number): number =>
    median(points.filter(({ seconds }) => seconds >= from * end && seconds <= to * end).map(({ mib }) => mib));
  const early = between(0.25, 0.5);
  const late = between(0.75, 1);
  return { name, early, late, peak: points.reduce((most, { mib }) => Math.max(most, mib), 0), flat: late <= early * (1 + GROWTH_SHARE) + GROWTH_MIB };
}

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A curve in one line of text, from zero to its peak. */
export function sparkline({ points }: Curve, width = 60): string {
  const end = points.at(-1)?.seconds ?? 0;
  const peak = points.reduce((most, { mib }) => Math.max(most, mib), 0);
  return Array.from({ length: width }, (_, at) => {
    const those = points.filter(({ seconds }) => seconds >= (at / width) * end && seconds <= ((at + 1) / width) * end).map(({ mib }) => mib);
    return those.length === 0 || peak === 0 ? ' ' : BARS[Math.min(BARS.length - 1, Math.floor((median(those) / peak) * BARS.length))] ?? ' ';
  }).join('');
}

const WIDTH = 900;
const HEIGHT = 420;
const MARGIN = { left: 60, right: 150, top: 30, bottom: 40 };
const COLOURS = ['#1b6ca8', '#c8553d', '#4f772d', '#7b2d8b', '#b8860b', '#2f4858', '#d1495b', '#00798c'];

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** All curves in one picture, as SVG. */
export function curvesSvg(title: string, curves: readonly Curve[]): string {
  const end = Math.max(1, ...curves.map(({ points }) => points.at(-1)?.seconds ?? 0));
  const peak = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ mib }) => mib)));
  const top = Math.ceil(peak / 100) * 100;
  const x = (seconds: number): number => MARGIN.left + (seconds / end) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (mib: number): number => HEIGHT - MARGIN.bottom - (mib / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(top * share).toFixed(1)}" y2="${y(top * share).toFixed(1)}" stroke="#ddd"/>`,
    `<text x="${MARGIN.left - 8}" y="${(y(top * share) + 4).toFixed(1)}" text-anchor="end">${(top * share).toFixed(0)}</text>`,
    `<text x="${x(end * share).toFixed(1)}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${((end * share) / 60).toFixed(1)} min</text>`,
  ]);
  const lines = curves.flatMap(({ name, points }, at) => {
    const colour = COLOURS[at % COLOURS.length] ?? '#000';
    const path = points.map(({ seconds, mib }) => `${x(seconds).toFixed(1)},${y(mib).toFixed(1)}`).join(' ');
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${path}"/>`,
      `<text x="${WIDTH - MARGIN.right + 10}" y="${MARGIN.top + 14 + at * 18}" fill="${colour}">${escaped(name)}</text>`,
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`
    + `<rect width="100%" height="100%" fill="#fff"/><text x="${MARGIN.left}" y="18" font-size="14">${escaped(title)}</text>${grid.join('')}${lines.join('')}</svg>\n`;
}
