import { isSampleSource, type Settings, type SourceConfig } from '../src/config/index.js';
import type { Fetched } from '../src/fetch/index.js';
import type { ItemFacts, Reask, YoungPage } from '../src/ledger/index.js';
import { hostOf } from './ask-host.js';
import type { PageStories } from './parse-tasks.js';

/** Milliseconds from one step of the schedule to the next; 0 when there is none. */
const waitBefore = (after: readonly number[], step: number): number => {
  const at = after[step];
  return at === undefined ? 0 : Math.max(1, at - (after[step - 1] ?? 0));
};

/** The first time a page just read is asked again; undefined where it never is: the bundled wire, and what was old when it was first read. */
export function firstReask({ reask: { after } }: Settings, source: SourceConfig, facts: ItemFacts, page: Pick<PageStories, 'bytes'>, fetched: Fetched): Reask | undefined {
  if (after.length === 0 || isSampleSource(source) || facts.url === null || facts.archived !== undefined) return undefined;
  const told = Date.parse((facts.updated ?? facts.published)?.iso ?? '');
  if (told < Date.now() - (after.at(-1) ?? 0)) return undefined;
  return { host: hostOf(facts.url), delayMs: waitBefore(after, 0), young: { step: 0, misses: 0, ...markOf(page.bytes, fetched), facts } };
}

const MOST_VALIDATOR = 500;
const short = (validator: string | undefined): string | null => (validator === undefined || validator.length > MOST_VALIDATOR ? null : validator);

const markOf = (bytes: string, { validators }: Pick<Fetched, 'validators'>): Pick<YoungPage, 'bytes' | 'etag' | 'lastModified'> =>
  ({ bytes, etag: short(validators.etag), lastModified: short(validators.lastModified) });

/** The next step, with what the newest answer left. */
export function nextReask({ reask: { after } }: Settings, young: YoungPage, answer?: { readonly bytes: string; readonly fetched: Fetched }): Reask {
  const step = young.step + 1;
  const mark = answer === undefined ? {} : markOf(answer.bytes, answer.fetched);
  return { host: hostOf(young.facts.url ?? ''), delayMs: waitBefore(after, step), young: { ...young, ...mark, step, misses: 0 } };
}

/** A page that was not there is looked at once more soon; the step is not used up. */
export const secondLook = ({ reask }: Settings, young: YoungPage): Reask =>
  ({ host: hostOf(young.facts.url ?? ''), delayMs: reask.missing, young: { ...young, misses: young.misses + 1 } });

/** The next step of a page believed to be missing: should it still be, no second look is needed. */
export function stillMissing(settings: Settings, young: YoungPage): Reask {
  const next = nextReask(settings, young);
  return { ...next, young: { ...next.young, misses: 1 } };
}

/** The same step again, a little later: something stood in the way that has nothing to do with the page. */
export const sameStep = (young: YoungPage, delayMs: number): Reask => ({ host: hostOf(young.facts.url ?? ''), delayMs, young });

export const noMore = (young: YoungPage): Reask => ({ host: hostOf(young.facts.url ?? ''), delayMs: 0, young });
