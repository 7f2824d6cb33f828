import { z } from 'zod';
import { fold } from './fold.js';
import { dateLocales } from './months.js';
import { readTable } from './tables.js';

export interface Region {
  readonly countryCode: string;
  /** True where the name is that of a country, false for a state or province. */
  readonly isCountry: boolean;
}

const regionTable = readTable('regions.yaml', z.record(z.string(), z.record(z.string(), z.array(z.string()))));
const countryNames: Readonly<Record<string, true>> = Object.fromEntries(
  ['United Kingdom', 'United States', 'United Arab Emirates', 'Bosnia-Herzegovina', 'the Netherlands', 'Ivory Coast', 'Burma', 'West Germany', 'Soviet Union', 'Yugoslavia',
    'Czechoslovakia', 'Trinidad and Tobago', 'Switzerland', 'Zaire', 'Macedonia', 'Swaziland', 'South Korea', 'North Korea', 'Vatican', 'Antarctica'].map((name) => [name, true] as const),
);

/** Two-letter codes of countries: those that are their own canonical form (DD is DE, SU is RU) and have an English name. */
function countryCodes(): string[] {
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const unions = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return letters.flatMap((a) => letters.map((b) => a + b))
    .filter((code) => !unions.has(code) && english.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code);
}

function build(): Map<string, Region> {
  const regions = new Map<string, Region>();
  const codes = countryCodes();
  for (const locale of [...dateLocales, 'zh', 'zh-Hant', 'ja', 'ko']) {
    const plain = new Intl.Locale(locale).baseName;
    if (Intl.DisplayNames.supportedLocalesOf(plain).length === 0) continue;
    const names = new Intl.DisplayNames(plain, { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = names.of(code);
      if (name === undefined) continue;
      const key = fold(name);
      if (!regions.has(key)) regions.set(key, { countryCode: code, isCountry: true });
    }
  }
  for (const [country, rows] of Object.entries(regionTable)) {
    for (const [name, others] of Object.entries(rows)) {
      const region: Region = { countryCode: country.slice(0, 2), isCountry: countryNames[name] === true };
      for (const form of [name, ...others]) {
        const key = fold(form);
        // "Georgia" is both; the state wins only behind an American place, which resolvePlace decides.
        if (!regions.has(key) || key.length <= 4) regions.set(key, region);
      }
    }
  }
  return regions;
}

let regions: Map<string, Region> | undefined;
/** The country or province a name stands for, in any language of Intl; null when it is neither. */
export const regionNamed = (name: string): Region | null => (regions ??= build()).get(fold(name)) ?? null;

let countriesByStart: Map<string, string[]> | undefined;
/** Length of the country name in Chinese characters at the head of a run ("德国慕尼黑"), 0 for none. */
export function leadingCountry(run: string): number {
  if (countriesByStart === undefined) {
    countriesByStart = new Map();
    for (const name of (regions ??= build()).keys()) {
      if (!/^[\p{Script=Han}]{2,}$/u.test(name)) continue;
      const first = name.charAt(0);
      countriesByStart.set(first, [...(countriesByStart.get(first) ?? []), name].sort((a, b) => b.length - a.length));
    }
  }
  return countriesByStart.get(run.charAt(0))?.find((name) => run.startsWith(name))?.length ?? 0;
}
