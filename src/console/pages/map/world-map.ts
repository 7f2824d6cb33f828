import { assetPath } from '../../assets.js';
import { clipped, counted, html, nothing, type Html } from '../../markup/index.js';
import { countryName } from '../stories/names.js';
import { project } from './equal-earth.js';
import type { Spot } from './placed-stories.js';
import { boxOf, type Box, type RegionName } from './regions.js';

/** Circles that are drawn; a thousand could not be told apart. */
export const MOST_SPOTS = 300;
/** Radii in parts of the map's width: area stands for stories. */
const [SMALLEST, GREATEST] = [0.0035, 0.026];
const LABELS = 14;
const TEXT = 0.0135;

interface Drawn {
  readonly spot: Spot;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** The map as one picture. Circles lead on for the mouse; the table beside says the same, for the keyboard and the ear too. */
export function worldMap(spots: readonly Spot[], region: RegionName, addressOf: (spot: Spot) => string): Html {
  const box = boxOf(region);
  const drawn = place(spots, box);
  return html`<svg class="earth" viewBox="${box.x.toFixed(1)} ${box.y.toFixed(1)} ${box.width.toFixed(1)} ${box.height.toFixed(1)}" aria-hidden="true" focusable="false">
    ${(['edge', 'net', 'land'] as const).map((part) => html`<use class="${part}" href="${assetPath('world.svg')}#${part}"></use>`)}
    ${drawn.map(({ spot, x, y, radius }) => html`<a href="${addressOf(spot)}" tabindex="-1"><circle class="${spot.name === null ? 'spot country' : 'spot'}" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}"><title>${saidOf(spot)}</title></circle></a>`)}
    ${labels(drawn, box)}
  </svg>`;
}

export const placeName = ({ name, country }: Pick<Spot, 'name' | 'country'>): string => (name === null ? countryName(country) : `${clipped(name, 60)}, ${countryName(country)}`);
const saidOf = (spot: Spot): string => `${placeName(spot)}: ${counted(spot.stories, 'story', 'stories')}`;

function place(spots: readonly Spot[], { x, y, width, height }: Box): readonly Drawn[] {
  const most = Math.max(1, ...spots.slice(0, 1).map(({ stories }) => stories));
  return spots.flatMap((spot) => {
    const [left, top] = project(spot.longitude, spot.latitude);
    if (left < x || left > x + width || top < y || top > y + height) return [];
    return [{ spot, x: left, y: top, radius: width * (SMALLEST + (GREATEST - SMALLEST) * Math.sqrt(spot.stories / most)) }];
  }).slice(0, MOST_SPOTS);
}

/** Names of the greatest, where they do not run into each other. */
function labels(drawn: readonly Drawn[], { x, width }: Box): Html {
  const size = width * TEXT;
  const taken: Box[] = [];
  const shown = drawn.slice(0, 3 * LABELS).flatMap(({ spot, x: left, y: top, radius }) => {
    const text = spot.name === null ? countryName(spot.country) : clipped(spot.name, 24);
    const box = { x: left + radius + size / 4, y: top - size * 0.6, width: text.length * size * 0.62, height: size * 1.2 };
    const collides = taken.some((other) => box.x < other.x + other.width && other.x < box.x + box.width && box.y < other.y + other.height && other.y < box.y + box.height);
    if (taken.length >= LABELS || collides || box.x + box.width > x + width) return [];
    taken.push(box);
    return [html`<text x="${box.x.toFixed(1)}" y="${(top + size * 0.35).toFixed(1)}">${text}</text>`];
  });
  return shown.length === 0 ? nothing : html`<g class="names" font-size="${size.toFixed(2)}">${shown}</g>`;
}
