import { languageOf } from '../../src/language/tags.js';

/** Tags of the news wires that the figures are over. */
export const newsLanguages: ReadonlySet<string> = new Set(('ar en fr ru es zh tr he fa de pt it nl pl ro bg sr hr bs mk sq el uk be cs sk hu sv da nb fi et lv '
  + 'lt ja ko hi ur bn id ms vi th az kk uz hy ka am sw ku ckb ps').split(' '));

/** The five names of lengths that the mean is over. */
export const lengths = ['word-pair', 'headline', 'sentence', '200', '500'] as const;

export const hardLanguages = ['bs', 'hr', 'sr', 'id', 'ms'];

export interface Judged {
  readonly gold: string;
  readonly length: string;
  readonly origin: string;
  readonly answer: string;
}

/** A bare `ku` for Sorani is right too: it is its macrolanguage. */
export const isRight = ({ gold, answer }: Judged): boolean =>
  languageOf(gold) === languageOf(answer) || (languageOf(gold) === 'ckb' && languageOf(answer) === 'ku');

/** Share right for each language, 0–1. */
export function recalls(judged: readonly Judged[]): Map<string, number> {
  const counts = new Map<string, [right: number, all: number]>();
  for (const row of judged) {
    const language = languageOf(row.gold);
    const [right, all] = counts.get(language) ?? [0, 0];
    counts.set(language, [right + (isRight(row) ? 1 : 0), all + 1]);
  }
  return new Map([...counts].map(([language, [right, all]]) => [language, right / all]));
}

export const mean = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length);

/** Mean over languages of the share right. */
export const macro = (judged: readonly Judged[]): number => mean([...recalls(judged).values()]);

/** Macro share by length, and the mean of the lengths that occur. */
export function byLength(judged: readonly Judged[]): { readonly each: ReadonlyMap<string, number>; readonly mean: number } {
  const each = new Map<string, number>();
  for (const length of lengths) {
    const own = judged.filter((row) => row.length === length);
    if (own.length > 0) each.set(length, macro(own));
  }
  return { each, mean: mean([...each.values()]) };
}

/** The pairs mistaken most: gold → answer, times, share of the gold language. */
export function confusions(judged: readonly Judged[], most: number): string[] {
  const all = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const row of judged) {
    const gold = languageOf(row.gold);
    all.set(gold, (all.get(gold) ?? 0) + 1);
    const pair = `${gold}→${languageOf(row.answer)}`;
    if (!isRight(row)) pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return [...pairs].sort(([, a], [, b]) => b - a).slice(0, most)
    .map(([pair, times]) => `${pair} ${times} (${percent(times / (all.get(pair.split('→', 1)[0] ?? '') ?? 1))})`);
}

export const percent = (share: number): string => (Number.isNaN(share) ? '–' : (100 * share).toFixed(1));
