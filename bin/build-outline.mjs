#!/usr/bin/env node
// Builds assets/world.svg, the outline under the map of datelines, from Natural Earth's land (public domain) as TopoJSON, which
// the npm package world-atlas holds:
//   node bin/build-outline.mjs PATH/TO/world-atlas/land-110m.json
// Three paths, of the earth's edge, of a net of meridians and parallels, and of the land, each to be used by its id.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MAP_HEIGHT, MAP_WIDTH, project } from '../dist/src/console/pages/map/equal-earth.js';

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node bin/build-outline.mjs PATH/TO/world-atlas/land-110m.json');
  process.exit(2);
}

const { objects, arcs, transform: { scale, translate } } = JSON.parse(readFileSync(source, 'utf8'));
const lines = arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => {
    x += dx;
    y += dy;
    return [x * scale[0] + translate[0], y * scale[1] + translate[1]];
  });
});
/** A negative number is an arc walked backwards (TopoJSON 1.0, 2.1.4). */
const ringOf = (numbers) => numbers.flatMap((number, at) => {
  const line = number < 0 ? lines[~number].toReversed() : lines[number];
  return at === 0 ? line : line.slice(1);
});

/** Tenths of a unit are a third of a pixel on a wide screen; steps from point to point are shorter to write than places. */
function pathOf(points, closed) {
  const placed = points.map(([longitude, latitude]) => project(longitude, latitude).map((value) => Math.round(value * 10)));
  const steps = placed.slice(1).map(([x, y], at) => [x - placed[at][0], y - placed[at][1]]).filter(([dx, dy]) => dx !== 0 || dy !== 0);
  if (steps.length < 2) return '';
  const text = (value) => String(value / 10).replace(/^(-?)0\./, '$1.');
  return `M${placed[0].map(text).join(' ')}l${steps.map((step) => step.map(text).join(' ')).join(' ')}${closed ? 'z' : ''}`.replaceAll(' -', '-');
}

/**
 * A ring as it lies on a map that ends at 180°: its longitudes are followed over the edge, and what lies beyond stands at the other
 * side. One that goes around the pole is closed along it.
 */
function onMap(ring) {
  const followed = [];
  for (const [longitude, latitude] of ring) {
    const before = followed.at(-1)?.[0] ?? longitude;
    followed.push([longitude + 360 * Math.round((before - longitude) / 360), latitude]);
  }
  const [first, last] = [followed[0], followed.at(-1)];
  if (Math.abs(last[0] - first[0]) > 180) followed.push([last[0], -90], [first[0], -90]);
  return [-360, 0, 360].flatMap((turn) => {
    const turned = followed.map(([longitude, latitude]) => [longitude + turn, latitude]);
    if (turned.every(([longitude]) => longitude <= -180) || turned.every(([longitude]) => longitude >= 180)) return [];
    return [turned.map(([longitude, latitude]) => [Math.max(-180, Math.min(180, longitude)), latitude])];
  });
}

const rings = objects.land.geometries.flatMap(({ type, arcs: polygons }) => (type === 'Polygon' ? polygons : polygons.flat()));
const land = rings.flatMap((ring) => onMap(ringOf(ring))).map((ring) => pathOf(ring, true)).join('');
const range = (from, to, step) => Array.from({ length: (to - from) / step + 1 }, (_, at) => from + at * step);
const meridian = (longitude) => range(-90, 90, 5).map((latitude) => [longitude, latitude]);
const net = [...range(-150, 150, 30).map(meridian), ...range(-60, 60, 30).map((latitude) => [[-180, latitude], [0, latitude], [180, latitude]])].map((line) => pathOf(line, false)).join('');
const edge = pathOf([...meridian(-180), ...meridian(180).toReversed()], true);
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MAP_WIDTH} ${Math.ceil(MAP_HEIGHT)}">
<path id="edge" d="${edge}"/>
<path id="net" d="${net}"/>
<path id="land" d="${land}"/>
</svg>
`;
writeFileSync(join(dirname(dirname(fileURLToPath(import.meta.url))), 'assets', 'world.svg'), svg);
console.log(`${rings.length} rings, ${svg.length} bytes`);
