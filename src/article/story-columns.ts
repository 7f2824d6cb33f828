import type { Put } from './columns.js';
import type { RawBlock } from './raw-blocks.js';
import { NOWHERE, storyPlaces } from './story-places.js';
import type { Survey } from './survey.js';
import { NO_TWIN, twinPlaces } from './twins.js';

export const STORY_NAMES = ['headline-steps', 'same-article', 'articles-before', 'h1-since', 'headings-since', 'headline-twins', 'other-headline',
  'dates-near', 'twin-index', 'twin-count', 'twin-share', 'twin-dated', 'twin-headed'] as const;

/** Whose story a block is part of: the headline's, or the next one's on the same page. */
export function storyColumns(survey: Survey, headlineAt: number, otherHeadlines: readonly string[]): (at: number, put: Put) => void {
  const { blocks, dates } = survey;
  const places = storyPlaces(survey, headlineAt, otherHeadlines);
  const twins = twinPlaces(survey);
  return (at, put) => {
    const place = places[at] ?? NOWHERE;
    put(place.headlineSteps);
    put(place.sameArticle);
    put(Math.min(12, place.articlesBefore));
    put(Math.min(8, place.topHeadings));
    put(Math.min(12, place.headings));
    put(Math.min(6, place.headlineTwins));
    put(place.otherHeadline);
    put(dates.between(at - 5, at + 6));
    const twin = twins.get((blocks[at] as RawBlock).frame) ?? NO_TWIN;
    put(Math.min(20, twin.index));
    put(Math.min(20, twin.count));
    put(twin.share);
    put(twin.dated);
    put(twin.headed);
  };
}
