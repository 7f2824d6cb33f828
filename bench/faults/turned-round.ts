/**
 * Loaded into a process before the service (`--import`), by the harness's own test alone: the order of two writes is turned round
 * there. A sink says that it has the stories before it writes them, so that a delivery is booked before it is made; a harness that
 * does not see what a kill in between loses, sees nothing.
 */
import { register } from 'node:module';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) register('./turned-round-hooks.js', import.meta.url);
