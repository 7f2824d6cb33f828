import { blockVerdicts, type BlockVerdict } from './block-verdicts.js';
import { pageVerdict, type PageVerdict } from './page-verdict.js';
import type { PageReading, Story } from './types.js';

/** A reading as a person looks at it: every block with what it was taken for, and the verdict to hold it to. */
export interface SeenPage {
  readonly blocks: readonly BlockVerdict[];
  readonly verdict: PageVerdict;
  /** Of the text found, 0–1. */
  readonly confidence: number;
  readonly stories: readonly (Pick<Story, 'headline' | 'confidence' | 'dateline'> & { readonly direction: 'ltr' | 'rtl'; readonly language: string })[];
}

export const seePage = (reading: PageReading): SeenPage => ({
  blocks: blockVerdicts(reading), verdict: pageVerdict(reading), confidence: reading.article.confidence,
  stories: reading.split.stories.map(({ headline, confidence, dateline, language }) => ({ headline, confidence, dateline, direction: language.direction, language: language.tag })),
});
