export type * from './types.js';
export { RECORD_SCHEMA_VERSION, storyRecordSchema, type StoryRecord } from './record.js';
export { splitStories } from './split-stories.js';
export { splitKicker, type KickedHeadline } from './kicker.js';
export { readPage } from './read-page.js';
export { composeStories, EXTRACTOR } from './compose-stories.js';
