import { datelineParser } from './parser.js';
import type { Dateline, DatelineHints } from './types.js';

export type * from './types.js';
export { agencyFileSchema, agencySchema, bundledAgencies, type Agency } from './agencies.js';
export { createDatelineParser, datelineParser, type DatelineParser, type DatelineParserOptions } from './parser.js';
export { explainDateline } from './explain.js';
export { placePoint, type PlacePoint } from './place-points.js';

/** The dateline in the bracket that closes a text; null where none does. */
export const closingDateline = (text: string, hints: DatelineHints = {}): Dateline | null => datelineParser().closingDateline(text, hints);

/** Datelines that stand one behind the other at the head, in order. */
export const parseDatelines = (text: string, hints: DatelineHints = {}): readonly Dateline[] => datelineParser().parseDatelines(text, hints);

/**
 * Reads the dateline at the head of a text: places, date, agency, and where the body starts.
 * A result without places is a prefix such as "(Reuters) -": to be cut, but no dateline. Null where the text just starts.
 */
export const parseDateline = (text: string, hints: DatelineHints = {}): Dateline | null => datelineParser().parseDateline(text, hints);
