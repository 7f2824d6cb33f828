import { failed, misconfigured, ok, type Outcome } from '../../../fault.js';
import type { StoryStore } from '../../../store/index.js';
import type { ConsoleServices } from '../../services.js';

/** The store, or the fault that there is none. */
export const kept = ({ stories }: ConsoleServices): Outcome<StoryStore> => (stories === null
  ? failed(misconfigured({ code: 'no-such-store', message: 'No stories are kept here.', hint: 'Set console.stories.enabled to true.' })) : ok(stories));
