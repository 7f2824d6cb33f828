import { giveUp, misconfigured, retryLater, type Consequence, type Fault, type FaultInit } from '../fault.js';
import { retryAfterMs } from './freshness.js';

interface Meaning { readonly consequence: Consequence; readonly says: string; readonly hint?: string }

/** What an answer that is no page means for the next attempt; RFC 9110 section 15 unless a row says otherwise. */
export const STATUS_MEANINGS: Readonly<Record<number, Meaning>> = {
  202: { consequence: 'retry-later', says: 'accepted the request but gave no page', hint: 'Some hosts answer so while they check whether the client is a robot.' },
  204: { consequence: 'retry-later', says: 'answered without a body' },
  205: { consequence: 'retry-later', says: 'answered without a body' },
  206: { consequence: 'retry-later', says: 'sent a part of the page though all of it was asked for' },
  304: { consequence: 'retry-later', says: 'said "not modified" to a request without validators' },
  401: { consequence: 'misconfigured', says: 'wants credentials', hint: 'Give them in the headers of the source; they are not sent on to another origin by a redirect.' },
  402: { consequence: 'give-up', says: 'wants payment' },
  403: { consequence: 'give-up', says: 'refuses this client', hint: 'The host may block robots or this network; ask its owner, naming the user agent.' },
  404: { consequence: 'give-up', says: 'has no such page' },
  407: { consequence: 'misconfigured', says: 'is behind a proxy that wants credentials', hint: 'Give them in the proxy address of the source.' },
  408: { consequence: 'retry-later', says: 'timed out waiting for the request' },
  410: { consequence: 'give-up', says: 'says the page is gone for good' },
  421: { consequence: 'retry-later', says: 'says the request reached the wrong server' },
  423: { consequence: 'retry-later', says: 'has the page locked' },
  425: { consequence: 'retry-later', says: 'was asked too early' },
  429: { consequence: 'retry-later', says: 'was asked too often' },
  451: { consequence: 'give-up', says: 'may not show the page, for legal reasons' },
};

/** Rows for whatever has none of its own. */
function meaningOf(status: number): Meaning {
  const row = STATUS_MEANINGS[status];
  if (row !== undefined) return row;
  if (status >= 500) return { consequence: 'retry-later', says: 'has trouble of its own' };
  if (status >= 400) return { consequence: 'give-up', says: 'refuses the request' };
  return { consequence: 'give-up', says: 'gave an answer that is no page' };
}

const MAKERS: Readonly<Record<Consequence, (init: FaultInit) => Fault>> = { 'retry-later': retryLater, 'give-up': giveUp, misconfigured };

/** The fault of an answer that is no page: code `http-<status>`, Retry-After kept as a floor. */
export function statusFault(status: number, headers: Readonly<Record<string, string>>, shownUrl: string, now: number): Fault {
  const { consequence, says, hint } = meaningOf(status);
  const challenged = headers['cf-mitigated'] === 'challenge';
  const wait = retryAfterMs(headers['retry-after'], now);
  const shownHint = challenged ? 'The host shows a challenge for browsers; only its owner can let this client in.' : hint;
  return MAKERS[consequence]({
    code: `http-${status}`,
    message: `${shownUrl}: the host ${says} (HTTP ${status})`,
    ...(shownHint === undefined ? {} : { hint: shownHint }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}
