export type * from './types.js';
export { RECORD_SCHEMA_VERSION, storyRecordSchema, type StoryRecord } from './record.js';
export { splitStories } from './split-stories.js';
export { splitKicker, type KickedHeadline } from './kicker.js';
export { readPage } from './read-page.js';
export { composeStories } from './compose-stories.js';
export { EXTRACTOR } from './extractor.js';
export { withdrawPage, type WithdrawnPage } from './withdrawal.js';
