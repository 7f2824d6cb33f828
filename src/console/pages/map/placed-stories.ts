import { placePoint } from '../../../dateline/index.js';
import type { PlaceCount } from '../../../store/index.js';

/** A place that datelines name, and where it stands. */
export interface PlacedStories extends PlaceCount {
  /** Degrees; null where neither the place nor its country is known. */
  readonly point: { readonly latitude: number; readonly longitude: number } | null;
  /** By what it stands there: itself, the capital of its country, or nothing. */
  readonly by: 'place' | 'capital' | null;
}

export const placeStories = (counts: readonly PlaceCount[]): readonly PlacedStories[] => counts.map((count) => {
  const found = placePoint(count.name, count.country);
  return found === null ? { ...count, point: null, by: null } : { ...count, point: { latitude: found.latitude, longitude: found.longitude }, by: found.of };
});

/** One circle of the map: a city, or all of a country that is known no closer. */
export interface Spot {
  /** Null for a country. */
  readonly name: string | null;
  readonly country: string;
  readonly stories: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** The circles, the greatest first. A story that names two places of a country counts at both, as the table does. */
export function spotsOf(places: readonly PlacedStories[]): readonly Spot[] {
  const spots: Spot[] = [];
  const countries = new Map<string, Spot>();
  for (const { name, country, stories, point, by } of places) {
    if (point === null || country === null) continue;
    if (by === 'place') spots.push({ name, country, stories, ...point });
    else countries.set(country, { name: null, country, stories: stories + (countries.get(country)?.stories ?? 0), ...point });
  }
  return [...spots, ...countries.values()].toSorted((left, right) => right.stories - left.stories);
}

/** Stories of places that stand nowhere: their country is not known. */
export const unplaced = (places: readonly PlacedStories[]): number => places.reduce((sum, { by, stories }) => sum + (by === null ? stories : 0), 0);
