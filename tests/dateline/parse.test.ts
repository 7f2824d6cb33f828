import { describe, expect, it } from 'vitest';
import { explainDateline, parseDateline } from '../../src/index.js';

describe('parseDateline', () => {
  it('reads places, region, date and agency, and where the body starts', () => {
    const text = 'CASPER, Wyo., March 3 (Reuters) - The mine reopened on Monday.';
    const found = parseDateline(text, { language: 'en', reference: '2024-03-05T10:00:00Z' });
    expect(found).toMatchObject({
      raw: 'CASPER, Wyo., March 3 (Reuters)', start: 0,
      places: [{ name: 'CASPER', admin: 'Wyo.', countryCode: 'US', englishName: 'Casper' }],
      date: { raw: 'March 3', iso: '2024-03-03' }, agency: { id: 'reuters', raw: 'Reuters' }, order: 'place-date-agency',
    });
    expect(text.slice(found?.end)).toBe('The mine reopened on Monday.');
  });

  it('cuts a prefix that names no place', () => {
    expect(parseDateline('(AFP) - The bridge reopened.')).toMatchObject({ places: [], agency: { id: 'afp' }, end: 8 });
  });

  it('finds nothing in a plain opening', () => {
    expect(parseDateline('The council met on Monday and approved the plan.')).toBeNull();
    expect(parseDateline('')).toBeNull();
  });

  it('explains what it understood', () => {
    expect(explainDateline('Homs, SANA- The bridge was reopened on Monday.')).toContain('place     Homs → Homs, SY');
  });
});
