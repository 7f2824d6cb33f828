export type * from './types.js';
export { RECORD_SCHEMA_VERSION, storyRecordSchema, type StoryRecord } from './record.js';
