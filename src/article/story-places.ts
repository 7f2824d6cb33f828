import { isInside, levelOf, marked, stepsToAncestorOf } from './block-structure.js';
import { MARK, type Frame } from './frame.js';
import type { Survey } from './survey.js';

/** Where a block stands as seen from the headline. */
export interface StoryPlace {
  /** Steps from the headline up to what holds the block too; −1 without a headline. */
  readonly headlineSteps: number;
  /** 1 in the same `article` as the headline, −1 in a later one after one with a story, else 0. */
  readonly sameArticle: number;
  readonly articlesBefore: number;
  /** Main headings between headline and block: a second one opens a second article. */
  readonly topHeadings: number;
  readonly headings: number;
  /** Headings marked up as the headline is, with another text, once a story was told below it. */
  readonly headlineTwins: number;
  /** 1 once the headline of another article, as JSON-LD names them, was passed. */
  readonly otherHeadline: number;
}

/** In an `article` inside the headline's: an embedded post, a card or the next story. */
const NESTED = 0.5;

export const NOWHERE: StoryPlace = {
  headlineSteps: -1, sameArticle: 0, articlesBefore: 0, topHeadings: 0, headings: 0, headlineTwins: 0, otherHeadline: 0,
};

/** Words of prose below the headline that make what follows another heading like it another story. */
const STORY = 40;

export function storyPlaces({ blocks, prose }: Pick<Survey, 'blocks' | 'prose'>, headlineAt: number, otherHeadlines: readonly string[]): StoryPlace[] {
  const headline = blocks[headlineAt];
  const own = headline === undefined ? null : marked(headline.frame, MARK.article);
  const others = new Set(otherHeadlines.map((text) => text.toLowerCase()));
  const seen = new Set<Frame>();
  const headlineLevel = headline === undefined ? 0 : levelOf(headline.frame);
  const wasTold = (at: number): boolean => headline !== undefined && prose.between(headlineAt + 1, at) >= STORY;
  let topHeadings = 0;
  let headings = 0;
  let headlineTwins = 0;
  let otherHeadline = 0;
  return blocks.map((block, at) => {
    const article = marked(block.frame, MARK.article);
    if (article !== null) seen.add(article);
    const level = levelOf(block.frame);
    if (headline !== undefined && at > headlineAt) {
      if (level > 0) {
        headings += 1;
        if (block.frame.name === headline.frame.name || level === 1) topHeadings += 1;
      }
      if (headlineLevel > 0 && block.frame.signature === headline.frame.signature && block.text !== headline.text && wasTold(at)) headlineTwins += 1;
    }
    if (others.size > 0 && level > 0 && wasTold(at) && others.has(block.text.toLowerCase())) otherHeadline = 1;
    return {
      headlineSteps: headline === undefined ? -1 : stepsToAncestorOf(headline.frame, block.frame).steps,
      sameArticle: own === null || article === null ? 0 : own === article ? 1
        : isInside(block.frame, own) ? NESTED : own.proseUnits >= STORY && block.frame.order > own.order ? -1 : 0,
      articlesBefore: seen.size, topHeadings, headings, headlineTwins, otherHeadline,
    };
  });
}
