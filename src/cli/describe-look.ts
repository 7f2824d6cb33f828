import { styleText } from 'node:util';
import type { Feed } from '../feed/index.js';
import type { PageReading } from '../story/index.js';
import { clip, describeDateline } from './explain.js';
import { newestFirst, timeOf, type PageLook } from '../sourcing/index.js';

const ITEMS_SHOWN = 5;
const STORIES_SHOWN = 3;
const LINES_SHOWN = 3;

/** What a stranger wrote, fit for a terminal: no control character of it gets there. */
const plain = (text: string): string => clip(text.replaceAll(/\p{Cc}+/gu, ' '));

const label = (name: string): string => styleText('bold', name.padEnd(9));

/** A feed in a few lines: what it is, and its newest items. */
export function describeFeed(feed: Feed, url: string): string[] {
  const title = feed.title === null ? '' : ` “${plain(feed.title)}”`;
  const newest = newestFirst(feed);
  return [
    `${label('feed')} ${url}${title}`,
    `${label('')} ${feed.format}, ${feed.items.length} ${feed.items.length === 1 ? 'item' : 'items'}, declares ${feed.language ?? 'no language'}${feed.encoding === null ? '' : `, ${feed.encoding}`}`,
    ...newest.slice(0, ITEMS_SHOWN).map((item) => `${label('')} ${(timeOf(item) || 'no time').padEnd(20)}  ${plain(item.title ?? item.link ?? '')}`),
    ...(newest.length > ITEMS_SHOWN ? [`${label('')} and ${newest.length - ITEMS_SHOWN} more`] : []),
  ];
}

/** One page in a few lines: headline, language, and of each story its dateline and first lines. */
export function describePage({ url, reading, withoutRules }: PageLook): string[] {
  const { article, language, split: { stories } } = reading;
  return [
    `${label('page')} ${url}`,
    `${label('headline')} ${article.headline === null ? 'none' : `${plain(article.headline.value)} (from ${article.headline.from})`}`,
    `${label('language')} ${language.tag}, confidence ${language.confidence.toFixed(2)}; the page declares ${article.declaredLanguage ?? 'none'}`,
    `${label('stories')} ${summary(reading)}${withoutRules === null ? '' : `; without the rules of the source: ${summary(withoutRules)}`}`,
    ...stories.slice(0, STORIES_SHOWN).flatMap((story, index) => [
      `${label(stories.length === 1 ? '' : `  ${index + 1}`)} ${stories.length === 1 || story.headline === null ? '' : `${plain(story.headline)}; `}dateline: ${plain(describeDateline(story))}`,
      ...story.body.slice(0, LINES_SHOWN).map((block) => `${label('')}   ${plain(block.text)}`),
    ]),
    ...(stories.length > STORIES_SHOWN ? [`${label('')} and ${stories.length - STORIES_SHOWN} more stories`] : []),
  ];
}

/** `2 stories, 1840 characters`. */
export function summary({ article, split: { stories } }: PageReading): string {
  if (article.rejection !== null) return article.rejection.reason;
  const characters = stories.reduce((sum, story) => sum + story.body.reduce((length, block) => length + block.text.length, 0), 0);
  return `${stories.length} ${stories.length === 1 ? 'story' : 'stories'}, ${characters} characters`;
}
