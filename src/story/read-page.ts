import { readArticle } from '../article/index.js';
import { languageOfParagraphs } from '../language/index.js';
import { chosenHeadings } from './chosen-headings.js';
import { splitStories } from './split-stories.js';
import type { PageReading, ReadPageOptions } from './types.js';

/**
 * Everything the pure core makes of one page: article, language, stories. The result can be cloned between threads.
 * A page that was rejected has no stories.
 */
export function readPage(bytes: Uint8Array, options: ReadPageOptions = {}): PageReading {
  const { url, contentType, item, headingSelector, teaserSelector } = options;
  const remove = [options.rules?.remove, teaserSelector].filter((selector) => selector !== undefined).join(', ');
  const rules = remove === '' ? options.rules : { ...options.rules, remove };
  const article = readArticle(bytes, { url, contentType, item, rules, furnitureMemory: options.furnitureMemory });
  const declared = article.declaredLanguage ?? options.declaredLanguage;
  const language = languageOfParagraphs([article.headline?.value ?? '', ...article.blocks.map((block) => block.text)], { declared, history: options.languageHistory });
  if (article.rejection !== null) return { article, split: { stories: [], furniture: [] }, language };
  const split = splitStories({
    blocks: article.blocks,
    headline: article.headline,
    bylines: article.bylines,
    signatures: article.furniture.filter(({ reason }) => reason === 'byline'),
    reference: article.published?.value.iso ?? article.modified?.value.iso ?? options.reference,
    language: language.tag === 'und' ? declared : language.tag,
    agency: options.agency,
    liveBlog: article.liveBlog,
    stories: options.stories,
    headings: headingSelector === undefined ? undefined : chosenHeadings(bytes, headingSelector, contentType),
  });
  return { article, split, language };
}
