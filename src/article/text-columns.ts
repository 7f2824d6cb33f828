import { levelOf } from './block-structure.js';
import { log, type Put } from './columns.js';
import type { KnownWords } from './known-words.js';
import type { LinkedBody } from './linked-body.js';
import type { RawBlock } from './raw-blocks.js';
import { YEAR, type Survey } from './survey.js';

export const TEXT_NAMES = ['units', 'chars', 'link-share', 'bold-share', 'italic-share', 'ends-stop', 'ends-letter', 'stops', 'stops-per-unit',
  'commas-per-unit', 'digit-share', 'upper-share', 'quotes-per-unit', 'bars', 'links', 'repeats', 'repeats-before', 'in-headline', 'covers-headline',
  'in-description', 'covers-description', 'in-article-body', 'copyright-mark', 'year', 'heading-level', 'is-row', 'after-break',
  'media-before', 'is-div', 'mentions-rights', 'longest-share'] as const;

const RIGHTS = /rights reserved|all rights|copyright|©|rechte vorbehalten|tous droits|derechos reservados|direitos reservados|diritti riservati|riproduzione riservata|prawa zastrze|все права|усі права|права защищены|перепечатк|πνευματικ|απαγορεύεται η|版权|版權|转载|轉載|無断|無斷|무단|저작권|جميع الحقوق|کلیه حقوق|כל הזכויות|tüm hakları|terms of (?:use|service)/i;
/** Above this many words no block is a headline. */
export const SHORT = 60;

/** What the page says of its story, for comparing. */
export interface TextAnchors {
  readonly headline: KnownWords;
  readonly descriptions: readonly KnownWords[];
  readonly body: LinkedBody | null;
  /** Words of each block, where it is compared with the headline or a description. */
  readonly words: readonly (readonly string[])[];
}

/** What a block's own text says. */
export function textColumns({ blocks, repeats, repeatsBefore, longest }: Survey, anchors: TextAnchors): (at: number, put: Put) => void {
  const { headline, descriptions, body, words } = anchors;
  return (at, put) => {
    const block = blocks[at] as RawBlock;
    const { measure, text, frame } = block;
    const count = Math.max(1, measure.units);
    const letters = Math.max(1, measure.letters);
    put(log(measure.units));
    put(log(text.length));
    put(block.linkShare);
    put(block.boldShare);
    put(block.italicShare);
    put(Number(measure.ending === 1));
    put(Number(measure.ending === 0));
    put(Math.min(8, measure.stops));
    put(measure.stops / count);
    put(measure.commas / count);
    put(measure.digits / (measure.digits + letters));
    put(measure.upper / letters);
    put(measure.quotes / count);
    put(Math.min(8, measure.bars));
    put(log(block.links));
    put(Math.min(8, repeats[at]?.times ?? 1));
    put(Math.min(4, repeatsBefore[at] ?? 0));
    const own = words[at] ?? [];
    const short = measure.units <= SHORT;
    if (short) headline.compare(own);
    put(short ? headline.share : 0);
    put(short ? headline.covered : 0);
    let inDescription = 0;
    let coversDescription = 0;
    for (const description of descriptions) {
      description.compare(own);
      inDescription = Math.max(inDescription, description.share);
      coversDescription = Math.max(coversDescription, description.covered);
    }
    put(inDescription);
    put(coversDescription);
    put(body === null ? -1 : body.shareOf(text));
    put(Number(/[©ⓒ®]/.test(text)));
    put(Number(measure.digits >= 4 && YEAR.test(text.slice(0, 300))));
    put(levelOf(frame));
    put(Number(block.row));
    put(Number(block.afterBreak));
    put(Math.min(6, block.mediaBefore));
    put(Number(frame.name === 'div'));
    put(Number(RIGHTS.test(text)));
    put(measure.units / longest);
  };
}
