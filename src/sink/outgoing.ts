import { ninjsLine } from './ninjs.js';

/** A story record in the form that a sink sends, as one line of JSON. */
export const outgoing = (format: 'dateline' | 'ninjs', record: string): string => (format === 'ninjs' ? ninjsLine(record) : record);
