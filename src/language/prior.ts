import { sameLanguage } from './tags.js';

/** How often a source that declares a language is trusted to be right before anything is known of it. */
const DECLARED_RIGHT = 0.85;
/** Share of the prior that stays with every language alike, so that a text can contradict its source. */
const OPEN = 0.05;
/** Weight of the source's history beside its declaration. */
const HISTORY = 0.6;

/** Share of a history's texts in a language. */
const shareOf = (history: Readonly<Record<string, number>>, tag: string): number =>
  Object.entries(history).reduce((sum, [other, share]) => sum + (sameLanguage(other, tag) ? share : 0), 0);

/**
 * Logarithm of each language's probability before its text is read. The declared language and the earlier texts of the source are mixed;
 * a declaration that the history contradicts loses its weight, so a source that declares the wrong language is found out.
 */
export function logPrior(tags: readonly string[], declared: string | undefined, history: Readonly<Record<string, number>> | undefined): Float64Array {
  const observed = history === undefined ? 0 : Math.min(1, Object.values(history).reduce((sum, share) => sum + share, 0));
  const kept = declared === undefined || history === undefined ? 1 : 1 - observed * (1 - shareOf(history, declared));
  const declaredWeight = declared === undefined ? 0 : DECLARED_RIGHT * kept * (observed > 0 ? 1 - HISTORY * observed : 1);
  const historyWeight = observed * (1 - OPEN - declaredWeight);
  const rest = (1 - declaredWeight - historyWeight) / tags.length;
  return Float64Array.from(tags, (tag) => {
    const own = declared !== undefined && sameLanguage(tag, declared) ? declaredWeight : 0;
    const earlier = history === undefined ? 0 : historyWeight * shareOf(history, tag);
    return Math.log(rest + own + earlier);
  });
}

