import type { Settings } from '../config/index.js';
import { createFetcher, type Fetcher } from '../fetch/index.js';
import { withSampleWire } from './sample-wire.js';

/** The way out to the network by the settings, and to the bundled sample wire. */
export const openFetcher = ({ fetch }: Pick<Settings, 'fetch'>): Fetcher => withSampleWire(createFetcher({
  userAgent: fetch.contact === null ? fetch.userAgent : `${fetch.userAgent} (+${fetch.contact})`,
  totalMs: fetch.totalTimeout,
  idleMs: fetch.idleTimeout,
  connectMs: fetch.connectTimeout,
  maxRedirects: fetch.maxRedirects,
}));
