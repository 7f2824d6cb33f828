import { describe, expect, test } from 'vitest';
import { placePoint } from '../../src/dateline/index.js';

describe('where a place stands', () => {
  // Degrees of any atlas; the table gives hundredths.
  test.each([
    ['Damascus', 'SY', 33.5, 36.3], ['Geneva', 'CH', 46.2, 6.1], ['São Paulo', 'BR', -23.5, -46.6], ['Wellington', 'NZ', -41.3, 174.8], ['Suva', 'FJ', -18.1, 178.4],
    ['Honolulu', 'US', 21.3, -157.9], ['Reykjavík', 'IS', 64.1, -21.9], ['Quito', 'EC', -0.2, -78.5], ['Kyiv', 'UA', 50.5, 30.5], ['Hong Kong', 'HK', 22.3, 114.2],
  ])('%s, %s', (name, country, latitude, longitude) => {
    const found = placePoint(name, country);
    expect(found?.of).toBe('place');
    expect(Math.abs((found?.latitude ?? 0) - latitude)).toBeLessThan(0.3);
    expect(Math.abs((found?.longitude ?? 0) - longitude)).toBeLessThan(0.3);
  });
  test('is its own country\'s place of that name', () => {
    expect(placePoint('Paris', 'FR')?.latitude).toBeCloseTo(48.9, 0);
    expect(placePoint('Paris', 'US')?.longitude).toBeLessThan(-80);
  });
  test('is looked up whatever its case and accents', () => {
    expect(placePoint('SAO PAULO', 'br')).toEqual(placePoint('São Paulo', 'BR'));
  });
  test.each([['Little Hamlet', 'FR', 48.9], ['Ukraine', 'UA', 50.5]])('%s, %s, is known by its country only, and stands at its capital', (name, country, latitude) => {
    const found = placePoint(name, country);
    expect(found?.of).toBe('capital');
    expect(found?.latitude).toBeCloseTo(latitude, 0);
  });
  test.each([['Damascus', null], ['Damascus', ''], ['Damascus', 'XX'], ['', null]])('%j of %j stands nowhere', (name, country) => {
    expect(placePoint(name, country)).toBeNull();
  });
});
