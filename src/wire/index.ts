export type * from './types.js';
export { parseWire } from './parse-wire.js';
