import { MAP_HEIGHT, MAP_WIDTH, project } from './equal-earth.js';

/** Parts of the earth that the map can be closed in on: west, south, east and north edge in degrees. */
const REGIONS = {
  world: null,
  africa: [-26, -37, 58, 39],
  americas: [-130, -57, -30, 62],
  asia: [55, -12, 152, 56],
  europe: [-14, 34, 46, 67],
  'middle-east': [22, 10, 68, 44],
  oceania: [105, -49, 180, 4],
} as const satisfies Readonly<Record<string, readonly [number, number, number, number] | null>>;

export type RegionName = keyof typeof REGIONS;
export const REGION_LABELS: Readonly<Record<RegionName, string>> = {
  world: 'World', africa: 'Africa', americas: 'Americas', asia: 'Asia', europe: 'Europe', 'middle-east': 'Middle East', oceania: 'Oceania',
};
export const isRegion = (text: string): text is RegionName => Object.hasOwn(REGIONS, text);

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const MARGIN = 4;

/** What of the map a region takes, wide enough to hold its four corners and the middles of its edges. */
export function boxOf(name: RegionName): Box {
  const edges = REGIONS[name];
  if (edges === null) return { x: -MARGIN, y: -MARGIN, width: MAP_WIDTH + 2 * MARGIN, height: MAP_HEIGHT + 2 * MARGIN };
  const [west, south, east, north] = edges;
  const points = [west, (west + east) / 2, east].flatMap((longitude) => [south, Math.max(south, Math.min(0, north)), north].map((latitude) => project(longitude, latitude)));
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
