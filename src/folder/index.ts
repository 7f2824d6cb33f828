export { lookIn, pruneTaken, readWhole, setAside, takeAway, type FolderFile, type FolderLook } from './hot-folder.js';
export { matchesPattern } from './pattern.js';
