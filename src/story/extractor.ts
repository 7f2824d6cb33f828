/** Name and version of what made a record; the version rises when the same page would be read otherwise. */
export const EXTRACTOR = 'dateline/1.0';
