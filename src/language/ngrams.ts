import { COMMON, scriptOf } from './script.js';

/** Kinds of features: n-grams of one to five characters inside a word with its borders, and whole words. */
export const ORDERS = 6;
export const WORD_ORDER = 5;
const LONGEST_NGRAM = 5;
/** Characters of a word that are looked at; longer runs are no words. */
const LONGEST_WORD = 40;

const BORDER = 32;
const seeds = Int32Array.from({ length: ORDERS }, (_, order) => Math.imul(order + 1, 0x9e3779b1));

/** MurmurHash3's finaliser: spreads a rolling hash over all 32 bits (public domain, Austin Appleby). */
function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * The distinct features of one text with their counts; reused between texts, so nothing is allocated a text. A text says most of its
 * n-grams many times over, and a frequent one has a row of a hundred languages: it is looked up once and counted.
 */
export class Features {
  hashes = new Int32Array(4096);
  orders = new Uint8Array(4096);
  counts = new Int32Array(4096);
  /** Distinct features. */
  size = 0;
  /** Features met. */
  total = 0;
  /** Words met. */
  words = 0;
  /** Open addressing: a feature's number and one, 0 where free. Twice the room of the lists at least. */
  private slots = new Int32Array(8192);

  clear(): void {
    this.slots.fill(0);
    this.size = 0;
    this.total = 0;
    this.words = 0;
  }

  add(hash: number, order: number): void {
    this.total++;
    const { slots, hashes, orders } = this;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const held = (slots[slot] ?? 0) - 1;
      if (held < 0) break;
      if (hashes[held] === hash && orders[held] === order) {
        this.counts[held] = (this.counts[held] ?? 0) + 1;
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = this.size + 1;
    hashes[this.size] = hash;
    orders[this.size] = order;
    this.counts[this.size] = 1;
    this.size++;
    if (this.size === hashes.length) this.grow();
  }

  private grow(): void {
    const room = this.hashes.length * 2;
    const hashes = new Int32Array(room);
    hashes.set(this.hashes);
    const orders = new Uint8Array(room);
    orders.set(this.orders);
    const counts = new Int32Array(room);
    counts.set(this.counts);
    const slots = new Int32Array(room * 2);
    for (let feature = 0; feature < this.size; feature++) {
      let slot = (hashes[feature] ?? 0) & (slots.length - 1);
      while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
      slots[slot] = feature + 1;
    }
    this.hashes = hashes;
    this.orders = orders;
    this.counts = counts;
    this.slots = slots;
  }
}

/** One character more of an n-gram. */
const roll = (rolling: number, code: number): number => (Math.imul(rolling, 0x01000193) ^ code) | 0;

/** The hash of an n-gram of one to five characters, a word's border written as a space: for tables made from counts rather than from texts. */
export function hashOfGram(gram: string): number {
  let rolling = 0;
  for (let at = 0; at < gram.length; at++) rolling = roll(rolling, gram.charCodeAt(at));
  return mix(rolling ^ (seeds[gram.length - 1] ?? 0));
}

const word = new Uint16Array(LONGEST_WORD + 2);

/** Adds the features of the word in `word`. */
function addWord(length: number, features: Features): void {
  word[0] = BORDER;
  word[length + 1] = BORDER;
  let whole = 0;
  for (let from = 0; from <= length + 1; from++) {
    let rolling = 0;
    const code = word[from] ?? 0;
    if (from > 0 && from <= length) whole = Math.imul(whole, 31) + code;
    for (let order = 0; order < LONGEST_NGRAM; order++) {
      const at = from + order;
      if (at > length + 1) break;
      rolling = roll(rolling, word[at] ?? 0);
      // A lone border says nothing.
      if (order === 0 && code === BORDER) continue;
      features.add(mix(rolling ^ (seeds[order] ?? 0)), order);
    }
  }
  features.add(mix(whole ^ (seeds[WORD_ORDER] ?? 0)), WORD_ORDER);
  features.words++;
}

/**
 * Fills `features` with those of the letters of one script in a lower-cased text. An apostrophe ends a word and belongs to it
 * (l’ homme, o‘ zbek); letters of other scripts are borders.
 */
export function collectFeatures(text: string, script: number, features: Features): void {
  features.clear();
  let length = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : BORDER;
    const kind = scriptOf(code);
    if (kind === script || (kind === COMMON && length > 0)) {
      if (length < LONGEST_WORD) word[++length] = code;
      continue;
    }
    const apostrophe = length > 0 && (code === 39 || code === 0x2019 || code === 0x2018);
    if (apostrophe && length < LONGEST_WORD) word[++length] = 39;
    if (length > 0) addWord(length, features);
    length = 0;
  }
}
