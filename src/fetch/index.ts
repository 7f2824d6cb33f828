export type * from './types.js';
export { decodeBytes, type Decoded, type DecodeDefect, type DecodeOptions, type EncodingEvidence } from './decode-bytes.js';
export { createFetcher, type FetcherOptions } from './fetcher.js';
export { printableUrl } from './request-url.js';
export { allows, isAllowed, parseRobots, rulesFor, type AgentRules, type Robots } from './robots.js';
export { createHostGate, gateHost, type HostGateOptions } from './host-gate.js';
export { createRobotsGate, type RobotsGateOptions } from './robots-gate.js';
export { createDispatchers, resolveBySystem, type DispatcherOptions, type Dispatchers } from './dispatchers.js';
export { retryAfterMs } from './freshness.js';
