import type { EastAsianPlace } from './east-asian.js';
import { isKnown } from './east-asian.js';
import { placesNamed } from './gazetteer.js';
import type { ReadPlaces } from './places.js';
import { regionNamed } from './regions.js';
import type { DatelinePlace } from './types.js';

/** Places of Chinese, Japanese and Korean datelines, with the country some put before the city. */
export function resolvePlace(text: string, spans: readonly EastAsianPlace[]): ReadPlaces {
  let rank = -1;
  let known = 0;
  const places = spans.map(({ start, end, country }): DatelinePlace => {
    const name = text.slice(start + country, end);
    const countryName = country > 0 ? text.slice(start, start + country) : undefined;
    const region = countryName === undefined ? null : regionNamed(countryName);
    const candidates = placesNamed(name);
    const found = region === null ? candidates[0] : candidates.find(({ countryCode }) => countryCode === region.countryCode);
    if (found !== undefined || isKnown(name)) known++;
    rank = Math.max(rank, found?.rank ?? (isKnown(name) ? 1 : -1));
    const code = region?.countryCode ?? found?.countryCode ?? regionNamed(name)?.countryCode;
    return {
      name,
      ...(countryName === undefined ? {} : { country: countryName }),
      ...(found?.englishName === undefined || found.englishName === null ? {} : { englishName: found.englishName }),
      ...(code === undefined ? {} : { countryCode: code }),
    };
  });
  return { places, rank, known, region: spans.some(({ country }) => country > 0) };
}
