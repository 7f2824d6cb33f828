/** The shingle measure of the scrapinghub article extraction benchmark: four-token runs, counted with their number. */

const SPACELESS = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const TOKEN = new RegExp(`[${SPACELESS}]\\p{M}*|(?:(?![${SPACELESS}])[\\p{L}\\p{M}\\p{N}_])+`, 'gu');

/** Words; characters in scripts written without spaces. */
export const tokensOf = (text: string): string[] => text.normalize('NFC').match(TOKEN) ?? [];

export function shinglesOf(tokens: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, tokens.length - 3); at += 1) {
    if (tokens.length === 0) break;
    const shingle = tokens.slice(at, at + 4).join('\u0001');
    counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

export interface PageScore {
  /** Null where nothing was predicted. */
  readonly precision: number | null;
  readonly recall: number;
}

export function scorePage(predicted: readonly string[], gold: ReadonlyMap<string, number>): PageScore {
  const found = shinglesOf(predicted);
  let both = 0;
  let total = 0;
  let wanted = 0;
  for (const [shingle, count] of found) {
    total += count;
    both += Math.min(count, gold.get(shingle) ?? 0);
  }
  for (const count of gold.values()) wanted += count;
  return { precision: total === 0 ? null : both / total, recall: wanted === 0 ? 1 : both / wanted };
}

/** Precision and recall averaged over pages, and their harmonic mean. */
export function f1Of(scores: readonly PageScore[]): number {
  const precisions = scores.map(({ precision }) => precision).filter((value): value is number => value !== null);
  const precision = precisions.reduce((sum, value) => sum + value, 0) / Math.max(1, precisions.length);
  const recall = scores.reduce((sum, value) => sum + value.recall, 0) / Math.max(1, scores.length);
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
