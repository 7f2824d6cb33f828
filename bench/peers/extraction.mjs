// Stands here so that the peers' packages resolve from this folder.
export { Readability } from '@mozilla/readability';
export { Defuddle } from 'defuddle/node';
export { parseHTML } from 'linkedom';
