import { sameLanguage } from './tags.js';

/** How often a source that declares a language is trusted to be right before anything is known of it. */
export const DECLARED_RIGHT = 0.85;
/** Share of the prior that stays with every language alike, so that a text can contradict its source. */
const OPEN = 0.05;
/** Weight of the source's history beside its declaration. */
const HISTORY = 0.6;

/** A history's shares as numbers from 0 to 1: they come out of a store. */
const sound = (history: Readonly<Record<string, number>>): [tag: string, share: number][] =>
  Object.entries(history).map(([tag, share]) => [tag, Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0]);

/** Share of a history's texts in a language. */
const shareOf = (history: readonly (readonly [tag: string, share: number])[], tag: string): number =>
  Math.min(1, history.reduce((sum, [other, share]) => sum + (sameLanguage(other, tag) ? share : 0), 0));

/**
 * Logarithm of each language's probability before its text is read. The declared language and the earlier texts of the source are mixed;
 * a declaration that the history contradicts loses its weight, so a source that declares the wrong language is found out.
 */
export function logPrior(tags: readonly string[], declared: string | undefined, earlier: Readonly<Record<string, number>> = {}): Float64Array {
  const history = sound(earlier);
  const observed = Math.min(1, history.reduce((sum, [, share]) => sum + share, 0));
  const kept = declared === undefined ? 1 : 1 - observed * (1 - shareOf(history, declared));
  const declaredWeight = declared === undefined ? 0 : DECLARED_RIGHT * kept * (1 - HISTORY * observed);
  const historyWeight = observed * (1 - OPEN - declaredWeight);
  const rest = (1 - declaredWeight - historyWeight) / tags.length;
  return Float64Array.from(tags, (tag) => {
    const own = declared !== undefined && sameLanguage(tag, declared) ? declaredWeight : 0;
    return Math.log(rest + own + historyWeight * shareOf(history, tag));
  });
}
