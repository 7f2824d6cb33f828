export { giveUpPlace } from './give-up.js';
export { SpillKeeper, type SpillKeeperInit, type SpillNews, type SpillStanding } from './keeper.js';
export { SegmentFolder, type SegmentFile } from './segment-folder.js';
export { decodeSegment, encodeSegment } from './segment.js';
export { spillDir } from './spill-dir.js';
export { verifySegments } from './verify-segments.js';
