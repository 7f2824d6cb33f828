export type * from './types.js';
export { detectLanguage } from './detect.js';
export { updateHistory } from './history.js';
export { countLanguage, evidentLanguage, NO_LANGUAGES, type LanguageHistogram } from './histogram.js';
export { canonicalTag, languageOf, sameLanguage, directionOf, UNDETERMINED } from './tags.js';
export { detectParagraphs, languageOfParagraphs, type DocumentLanguage } from './paragraphs.js';
