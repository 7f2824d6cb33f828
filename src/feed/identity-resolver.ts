/**
 * Which of guid, link and title with date is a source's stable name for an item: tested between polls, not trusted.
 *
 * Some feeds draw a new guid at every poll, give every item the same one, or put a session into every link; each would look like a feed full of news,
 * or like a feed that never has any. The state is small and plain, kept by whoever polls.
 */
import { identityText, itemIdentity, keyOf, type Identifiable, type IdentityRung } from './item-identity.js';

/** Items remembered of the last poll. */
const REMEMBERED = 500;
/** A rung falls when so many items, and so large a share of those compared, changed it while the rest of the item stayed. */
const CHANGED_ITEMS = 2;
const CHANGED_SHARE = 0.5;
/** A rung is no name when so large a share of a poll's items share it with an item of another title. */
const SHARED_SHARE = 0.2;

type TestedRung = 'guid' | 'link';

/** Keys of one item under every rung; an absent one is left out. */
export interface ItemFacts {
  readonly guid?: string;
  readonly link?: string;
  readonly 'title-date'?: string;
}

export interface IdentityState {
  /** The rung in use: the highest that no poll has shown to be unstable. */
  readonly rung: IdentityRung;
  readonly unstable: readonly TestedRung[];
  readonly last: readonly ItemFacts[];
}

const FRESH: IdentityState = { rung: 'guid', unstable: [], last: [] };

/** The item's keys under every rung that it has. */
export function itemFacts(item: Identifiable): ItemFacts {
  const facts: { guid?: string; link?: string; 'title-date'?: string } = {};
  for (const rung of ['guid', 'link', 'title-date'] as const) {
    const text = identityText(item, rung);
    if (text !== null) facts[rung] = keyOf(rung, text);
  }
  return facts;
}

/** Facts by their key under a rung; keys that two items share are left out. */
function byKey(facts: readonly ItemFacts[], rung: keyof ItemFacts): Map<string, ItemFacts | null> {
  const found = new Map<string, ItemFacts | null>();
  for (const each of facts) {
    const key = each[rung];
    if (key !== undefined) found.set(key, found.has(key) ? null : each);
  }
  return found;
}

/** Whether items that stayed the same by their title, or else by the other rung, changed this one. */
function changes(rung: TestedRung, last: readonly ItemFacts[], now: readonly ItemFacts[]): boolean {
  const other: TestedRung = rung === 'guid' ? 'link' : 'guid';
  const byTitle = byKey(last, 'title-date');
  const byOther = byKey(last, other);
  let compared = 0;
  let changed = 0;
  for (const facts of now) {
    const title = facts['title-date'];
    const same = (title === undefined ? undefined : byTitle.get(title)) ?? (facts[other] === undefined ? undefined : byOther.get(facts[other]));
    if (same === undefined || same === null || same[rung] === undefined || facts[rung] === undefined) continue;
    compared++;
    if (same[rung] !== facts[rung]) changed++;
  }
  return changed >= CHANGED_ITEMS && changed >= compared * CHANGED_SHARE;
}

/** Whether items of different titles share the rung within one poll. */
function isShared(rung: TestedRung, now: readonly ItemFacts[]): boolean {
  const titles = new Map<string, Set<string>>();
  for (const facts of now) {
    const key = facts[rung];
    if (key !== undefined) titles.set(key, (titles.get(key) ?? new Set()).add(facts['title-date'] ?? ''));
  }
  const sharing = now.filter((facts) => facts[rung] !== undefined && (titles.get(facts[rung])?.size ?? 0) > 1).length;
  return sharing >= CHANGED_ITEMS && sharing > now.length * SHARED_SHARE;
}

/**
 * The state after a poll, given the state after the one before (null: the first). Learn first, then ask for keys: a guid that changes at
 * every poll is found out at the second, before its items pass for new.
 */
export function learnIdentity(previous: IdentityState | null, items: readonly Identifiable[]): IdentityState {
  const { unstable: known, last } = previous ?? FRESH;
  const now = items.slice(0, REMEMBERED).map(itemFacts);
  const unstable = (['guid', 'link'] as const).filter((rung) => known.includes(rung) || isShared(rung, now) || changes(rung, last, now));
  const rung = !unstable.includes('guid') ? 'guid' : !unstable.includes('link') ? 'link' : 'title-date';
  // an empty answer proves nothing and must not make the next one look new
  return { rung, unstable, last: now.length === 0 ? last : now };
}

/** The key an item is looked up by among those seen. */
export const itemKey = (state: IdentityState, item: Identifiable): string => itemIdentity(item, state.rung).key;

/**
 * All keys to remember of an item that was seen: with these in the set, a source whose guid turns out unstable is not taken for a source full of
 * new items when its rung changes.
 */
export function itemKeys(item: Identifiable): readonly string[] {
  const facts = itemFacts(item);
  const keys = [facts.guid, facts.link, facts['title-date']].filter((key) => key !== undefined);
  return keys.length > 0 ? keys : [itemIdentity(item).key];
}
