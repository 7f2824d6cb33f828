export { BAND_BYTES, NEAR_BYTES, sketchForDuplicates } from './sketch.js';
export { isSameStory, likeness, SAME_STORY, type Likeness } from './likeness.js';
export { LUA_NEAR, nearArguments, nearStories, type Found, type NearBounds, type NearStory, type Remembered } from './window.js';
