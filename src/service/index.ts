export { startService, type Service, type ServiceOptions } from './start.js';
export { createEvents, type ServiceEmitter, type ServiceEvents, type StoryNews } from './events.js';
export { createLog, logEvents } from './log.js';
export { SourceSet } from './source-set.js';
export { openFetcher } from './open-fetcher.js';
