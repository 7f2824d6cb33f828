import { log, NOWHERE_NEAR, type Put } from './columns.js';
import type { RawBlock } from './raw-blocks.js';
import { NOWHERE, storyPlaces } from './story-places.js';
import type { Survey } from './survey.js';
import { NO_TWIN, twinPlaces } from './twins.js';

export const STORY_NAMES = ['headline-steps', 'same-article', 'articles-before', 'h1-since', 'headings-since', 'headline-twins', 'other-headline',
  'dates-near', 'twin-index', 'twin-count', 'twin-share', 'twin-dated', 'twin-headed',
  'dated-since-story', 'dated-ahead', 'since-dated', 'until-dated'] as const;
/** Words of prose that make a dated row the mark of another post. */
const STORY = 40;

/** Whose story a block is part of: the headline's, or the next one's on the same page. */
export function storyColumns(survey: Survey, headlineAt: number, otherHeadlines: readonly string[]): (at: number, put: Put) => void {
  const { blocks, dates, datedRows, prose } = survey;
  const places = storyPlaces(survey, headlineAt, otherHeadlines);
  const twins = twinPlaces(survey);
  const count = blocks.length;
  const nextDated = new Int32Array(count + 1).fill(-1);
  for (let at = count - 1; at >= 0; at -= 1) nextDated[at] = datedRows.between(at, at + 1) > 0 ? at : nextDated[at + 1] ?? -1;
  let told = -1;
  for (let at = headlineAt + 1; at < count && told === -1; at += 1) if (prose.between(headlineAt + 1, at) >= STORY) told = at;
  let lastDated = -1;
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
    if (datedRows.between(at, at + 1) > 0) lastDated = at;
    const ahead = nextDated[at] ?? -1;
    put(told === -1 || at < told ? 0 : Math.min(20, datedRows.between(told, at + 1)));
    put(log(datedRows.between(at + 1, count)));
    put(lastDated === -1 ? NOWHERE_NEAR : log(at - lastDated));
    put(ahead === -1 ? NOWHERE_NEAR : log(ahead - at));
  };
}
