/** The encoding of bytes that say nothing true of themselves: a detector, held against what the language is usually written in. */
import { detectAll } from 'jschardet';
import { encodingOfLabel, type EncodingName } from './declared-encoding.js';

/** The detector's model needs no more, and its time grows with the bytes. */
const SAMPLE_BYTES = 65_536;
/** Below this many bytes beyond ASCII the detector guesses; the language's own encodings are then the better evidence. */
const FEW_BYTES = 24;

/** Legacy encodings by language, most usual first (the locale table of the HTML standard, 13.2.3.2, and the wires seen). */
export const ENCODINGS_OF_LANGUAGE: Readonly<Record<string, readonly EncodingName[]>> = {
  ar: ['windows-1256', 'iso-8859-6'], fa: ['windows-1256'], ur: ['windows-1256'], ps: ['windows-1256'],
  az: ['windows-1254', 'windows-1251'], tr: ['windows-1254'], ku: ['windows-1254'],
  ba: ['windows-1251'], be: ['windows-1251'], bg: ['windows-1251'], kk: ['windows-1251'], ky: ['windows-1251'], mk: ['windows-1251'],
  mn: ['windows-1251'], ru: ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'], tg: ['windows-1251'], tt: ['windows-1251'],
  uk: ['windows-1251', 'koi8-u'], uz: ['windows-1251', 'windows-1254'],
  bs: ['windows-1250', 'iso-8859-2'], cs: ['windows-1250', 'iso-8859-2'], hr: ['windows-1250', 'iso-8859-2'], hu: ['windows-1250', 'iso-8859-2'],
  pl: ['windows-1250', 'iso-8859-2'], ro: ['windows-1250', 'iso-8859-2', 'iso-8859-16'], sk: ['windows-1250', 'iso-8859-2'],
  sl: ['windows-1250', 'iso-8859-2'], sq: ['windows-1250', 'windows-1252'], sr: ['windows-1251', 'windows-1250', 'iso-8859-5'],
  el: ['windows-1253', 'iso-8859-7'],
  et: ['windows-1257', 'iso-8859-13', 'windows-1252'], lt: ['windows-1257', 'iso-8859-13'], lv: ['windows-1257', 'iso-8859-13'],
  he: ['windows-1255', 'iso-8859-8'], yi: ['windows-1255'],
  ja: ['shift_jis', 'euc-jp', 'iso-2022-jp'], ko: ['euc-kr'], zh: ['gb18030', 'big5'],
  th: ['windows-874'], vi: ['windows-1258'],
  ...Object.fromEntries(['af', 'ca', 'da', 'de', 'en', 'es', 'eu', 'fi', 'fo', 'fr', 'ga', 'gl', 'id', 'is', 'it', 'ms', 'nb', 'nl', 'nn', 'no', 'pt', 'sv', 'sw', 'tl']
    .map((language): [string, readonly EncodingName[]] => [language, ['windows-1252', 'iso-8859-15', 'macintosh']])),
};

/** Traditional and simplified script decide between two tables that decode each other's bytes without a fault. */
function encodingsOf(languageHint: string): readonly EncodingName[] {
  const tag = languageHint.toLowerCase().replaceAll('_', '-');
  if (/^zh-(?:tw|hk|mo|hant)/.test(tag)) return ['big5', 'gb18030'];
  return ENCODINGS_OF_LANGUAGE[tag.split('-')[0] ?? ''] ?? [];
}

/** The part worth looking at: from shortly before the first byte beyond ASCII. */
function sampleOf(bytes: Uint8Array): { readonly sample: Uint8Array; readonly beyondAscii: number } {
  let first = bytes.findIndex((byte) => byte > 0x7f || byte === 0x1b);
  if (first < 0) first = 0;
  const start = Math.max(0, first - 256);
  const sample = bytes.subarray(start, start + SAMPLE_BYTES);
  let beyondAscii = 0;
  for (const byte of sample) if (byte > 0x7f) beyondAscii++;
  return { sample, beyondAscii };
}

/** The detector's best answer that browsers know and the bytes fit; among equals, windows-1252 as the commonest. */
function bestGuess(sample: Uint8Array, fits: (encoding: EncodingName) => boolean): EncodingName | null {
  let best: EncodingName | null = null;
  let confidence = 0;
  for (const guess of detectAll(sample)) {
    if (best !== null && guess.confidence < confidence) break;
    const encoding = guess.encoding === null ? null : encodingOfLabel(guess.encoding);
    if (encoding === null || encoding.startsWith('utf-') || (best !== null && encoding !== 'windows-1252') || !fits(encoding)) continue;
    best = encoding;
    confidence = guess.confidence;
  }
  return best;
}

export interface DetectedEncoding {
  readonly encoding: EncodingName;
  readonly from: 'language' | 'detected';
}

/**
 * Detects the encoding of bytes that are no valid UTF-8 and carry no label that holds.
 * `fits` says whether the bytes decode in an encoding without a fault; null when nothing fits.
 */
export function detectEncoding(bytes: Uint8Array, languageHint: string | undefined, fits: (encoding: EncodingName) => boolean): DetectedEncoding | null {
  const { sample, beyondAscii } = sampleOf(bytes);
  const usual = languageHint === undefined ? [] : encodingsOf(languageHint);
  const found = bestGuess(sample, fits);
  if (found !== null && (usual.length === 0 || usual.includes(found))) return { encoding: found, from: 'detected' };
  if (found === null || beyondAscii < FEW_BYTES) {
    const hinted = usual.find((encoding) => fits(encoding));
    if (hinted !== undefined) return { encoding: hinted, from: 'language' };
  }
  return found === null ? null : { encoding: found, from: 'detected' };
}
