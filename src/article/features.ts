import type { Frame } from './frame.js';
import { furnitureWordsIn } from './furniture-words.js';
import { findHeadline } from './headline-block.js';
import { wordsOf } from './headline.js';
import { KnownWords } from './known-words.js';
import { LinkedBody } from './linked-body.js';
import { MARKUP_NAMES, markupColumns } from './markup-columns.js';
import { ORDER_NAMES, orderColumns } from './order-columns.js';
import { PLACE_NAMES, placeColumns } from './place-columns.js';
import type { RawPage } from './raw-blocks.js';
import { STORY_NAMES, storyColumns } from './story-columns.js';
import { survey } from './survey.js';
import { SHORT, TEXT_NAMES, textColumns } from './text-columns.js';

/** What the page says of itself beside its text: the anchors. */
export interface Anchors {
  readonly headline: string | null;
  readonly descriptions: readonly string[];
  /** JSON-LD or microdata `articleBody`, when there. */
  readonly articleBody: string | null;
  /** Headlines of other articles that the page's JSON-LD names. */
  readonly otherHeadlines: readonly string[];
}

export interface PageFeatures {
  /** One row a block, one after the other, each as long as {@link FEATURE_NAMES}. */
  readonly table: Float64Array;
  /** Innermost frame that holds 60 % of the page's prose. */
  readonly core: Frame;
  /** Position of the block that is the headline, or −1. */
  readonly headlineAt: number;
  /** Kinds of furniture each block begins with, see `furnitureWordsIn`. */
  readonly says: readonly number[];
}

/** Names of the columns, in order; a trained model names the columns it uses and is checked against them. */
export const FEATURE_NAMES: readonly string[] = [...TEXT_NAMES, ...MARKUP_NAMES, ...PLACE_NAMES, ...ORDER_NAMES, ...STORY_NAMES];

const SAME_ARTICLE = FEATURE_NAMES.indexOf('same-article');

/** Whether a block stands in a later `article` than the headline's, which holds a story of its own: the next one of an endless page. */
export const isNextStory = ({ table }: Pick<PageFeatures, 'table'>, at: number): boolean => (table[at * FEATURE_NAMES.length + SAME_ARTICLE] ?? 0) < 0;

const MOST_DESCRIPTIONS = 4;
/** A description of fewer words says nothing of the story. */
const FEWEST_WORDS = 4;
const LONGEST_COMPARED = 1_200;

export function pageFeatures(page: RawPage, anchors: Anchors): PageFeatures {
  const { blocks } = page;
  const seen = survey(page);
  const headline = new KnownWords(anchors.headline === null ? [] : wordsOf(anchors.headline));
  const descriptions = anchors.descriptions.slice(0, MOST_DESCRIPTIONS).map((text) => new KnownWords(wordsOf(text.slice(0, 2_000)))).filter(({ size }) => size >= FEWEST_WORDS);
  const says = blocks.map((block) => furnitureWordsIn(block.text));
  const words = blocks.map(({ measure, text }) =>
    (measure.units <= SHORT || descriptions.length > 0 ? wordsOf(text.length > LONGEST_COMPARED ? text.slice(0, LONGEST_COMPARED) : text) : []));
  const headlineAt = findHeadline(blocks, words, headline, seen.core.lastBlock);
  const body = anchors.articleBody === null ? null : new LinkedBody(anchors.articleBody);
  const families = [
    textColumns(seen, { headline, descriptions, body, words }), markupColumns(blocks, says), placeColumns(seen),
    orderColumns(seen, says, headlineAt), storyColumns(seen, headlineAt, anchors.otherHeadlines),
  ];
  const table = new Float64Array(blocks.length * FEATURE_NAMES.length);
  let column = 0;
  const put = (value: number): void => {
    table[column] = value;
    column += 1;
  };
  for (let at = 0; at < blocks.length; at += 1) for (const write of families) write(at, put);
  return { table, core: seen.core, headlineAt, says: says.map(({ begins }) => begins) };
}
