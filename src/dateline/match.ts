import type { AgencyIndex, AgencyMatch, BracketMatch } from './agencies.js';
import { dateAt, type DateMatch } from './dates.js';
import { readNumber } from './digits.js';
import { placesNamed } from './gazetteer.js';
import { eastAsianAgencies, eastAsianNames, eastAsianPlaces, type EastAsianPlace } from './east-asian.js';
import { orderTree, type Order, type OrderNode, type Step } from './orders.js';
import { placeSpans, type PlaceSpan } from './places.js';

export type MarkKind = 'dash' | 'double-dash' | 'stop' | 'colon' | 'equals' | 'danda' | 'none' | 'line' | 'dispatch' | 'bracket';

/** What one order found, by offsets into the text. */
export interface Match {
  readonly order: Order;
  readonly start: number;
  readonly end: number;
  readonly span: PlaceSpan | null;
  readonly hplaces: readonly EastAsianPlace[];
  readonly date: (DateMatch & { readonly start: number }) | null;
  readonly agency: (AgencyMatch & { readonly strength: BracketMatch['strength'] | 'bare' | 'word'; readonly bracketed: boolean }) | null;
  readonly reporter: string | null;
  readonly mark: MarkKind;
  /** Where the mark starts: the raw dateline ends here. */
  readonly markStart: number;
}

interface State {
  span: PlaceSpan | null;
  hplaces: readonly EastAsianPlace[];
  date: Match['date'];
  agency: Match['agency'];
  reporter: string | null;
  mark: MarkKind;
  markStart: number;
  closer: string;
}

const pairs: Readonly<Record<string, string>> = { '(': ')', '[': ']', '（': '）', '［': '］', '【': '】', '〔': '〕', '/': '/', '「': '」', '«': '»', '﴾': '﴿', '|': '|' };
const dashes = /[-\u2010-\u2015_−ー－﹣∙]/u;
const blank = /[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/u;

/** A second house named behind the first: "РИА Новости/Прайм". */
const partner = /\/\p{Lu}\p{L}{2,14}(?=\s?[.,:–—-])/uy;
type Go = (end: number, change: Partial<State> | null) => void;
const none: readonly EastAsianPlace[] = [];
const maxReadings = 48;

/** One walk over one text from one offset; what each slot finds is kept, since many orders ask the same. */
export class Matcher {
  readonly #text: string;
  readonly #agencies: AgencyIndex;
  readonly #language: string | undefined;
  readonly #dates = new Map<number, DateMatch | null>();
  readonly #places = new Map<number, PlaceSpan[]>();
  readonly #bare = new Map<number, AgencyMatch | null>();
  readonly #hplaces = new Map<number, EastAsianPlace[][]>();
  readonly #brackets = new Map<number, BracketMatch | null>();
  #budget = 2000;

  constructor(text: string, agencies: AgencyIndex, language: string | undefined) {
    this.#text = text;
    this.#agencies = agencies;
    this.#language = language;
  }

  /** Every reading of every order from an offset, at most a few dozen. */
  match(start: number, tree: readonly OrderNode[] = orderTree): Match[] {
    const found: Match[] = [];
    const state: State = { span: null, hplaces: none, date: null, agency: null, reporter: null, mark: 'none', markStart: -1, closer: '' };
    for (const node of tree) this.#walk(node, start, start, state, found);
    return found;
  }

  dateAt(at: number): DateMatch | null {
    let found = this.#dates.get(at);
    if (found === undefined) {
      found = dateAt(this.#text, at, this.#language, true);
      this.#dates.set(at, found);
    }
    return found;
  }

  bareAt(at: number): AgencyMatch | null {
    let found = this.#bare.get(at);
    if (found === undefined) {
      found = this.#agencies.at(this.#text, at, true);
      partner.lastIndex = found?.end ?? 0;
      const joined = found === null ? undefined : partner.exec(this.#text)?.[0];
      if (found !== null && joined !== undefined) found = { ...found, end: found.end + joined.length };
      this.#bare.set(at, found);
    }
    return found;
  }

  #spans(at: number): PlaceSpan[] {
    let found = this.#places.get(at);
    if (found === undefined) {
      found = placeSpans(this.#text, at, (stop, inside) => {
        if (stop >= this.#text.length) return false;
        const date = this.dateAt(stop);
        return (date !== null && !(inside && date.weekday)) || this.bareAt(stop) !== null;
      }, (from, to) => {
        const inside = this.#agencies.inBrackets(this.#text, from, to);
        return inside !== null && inside.strength !== 'shape';
      });
      this.#places.set(at, found);
    }
    return found;
  }

  /** Takes the node's step at an offset, then whatever may follow it. */
  #walk(node: OrderNode, start: number, at: number, state: State, found: Match[]): void {
    if (this.#budget-- <= 0 || found.length >= maxReadings) return;
    const { step } = node;
    const here = step.kind === 'slot' && step.slot === 'LINE' ? at : this.#skip(at);
    let taken = false;
    const go: Go = (end, change) => {
      taken = true;
      this.#follow(node, start, end, change === null ? state : { ...state, ...change }, found);
    };
    switch (step.kind) {
      case 'literal': {
        const choice = step.choices.find((literal) => this.#text.startsWith(literal, here));
        if (choice !== undefined) go(here + choice.length, choice.charCodeAt(0) > 0x3000 && choice !== '＝' ? { mark: 'dispatch', markStart: here + choice.length } : null);
        break;
      }
      case 'open': {
        const closer = pairs[this.#text.charAt(here)];
        if (closer !== undefined && this.#text.indexOf(closer, here + 1) >= 0) go(here + 1, { closer });
        break;
      }
      case 'close':
        if (this.#text.charAt(here) === state.closer) go(here + 1, { mark: state.mark === 'dispatch' ? 'dispatch' : 'bracket', markStart: here + 1 });
        break;
      case 'slot':
        this.#slot(step.slot, here, state, go);
        break;
    }
    // What fits is taken; only a slash may be a mark between parts or open a bracket.
    if (step.optional && (!taken || this.#text.charAt(here) === '/')) this.#follow(node, start, at, state, found);
  }

  #follow(node: OrderNode, start: number, at: number, state: State, found: Match[]): void {
    if (at > start) {
      for (const order of node.orders) {
        const { span, hplaces, date, agency, reporter, mark, markStart } = state;
        found.push({ order, start, end: at, span, hplaces, date, agency, reporter, mark, markStart: markStart < 0 ? at : markStart });
      }
    }
    for (const next of node.next) this.#walk(next, start, at, state, found);
  }

  #skip(at: number): number {
    let end = at;
    while (end < this.#text.length && end - at < 6 && this.#text.charAt(end) !== '\n' && blank.test(this.#text.charAt(end))) end++;
    return end;
  }

  #slot(slot: Extract<Step, { kind: 'slot' }>['slot'], at: number, state: State, go: Go): void {
    const text = this.#text;
    switch (slot) {
      case 'PLACE':
        for (const span of this.#spans(at)) go(span.end, { span });
        break;
      case 'HPLACE': {
        let found = this.#hplaces.get(at);
        if (found === undefined) {
          found = eastAsianPlaces(text, at);
          this.#hplaces.set(at, found);
        }
        for (const hplaces of found) go(hplaces.at(-1)?.end ?? at, { hplaces });
        break;
      }
      case 'DATE': {
        const date = this.dateAt(at);
        if (date !== null) go(date.end, { date: { ...date, start: at } });
        break;
      }
      case 'TIME': {
        const hour = readNumber(text, at);
        const minute = hour !== null && /[:.٫h]/u.test(text.charAt(hour.end)) ? readNumber(text, hour.end + 1) : null;
        if (minute !== null && minute.digits === 2) go(minute.end, null);
        break;
      }
      case 'AGENCY': {
        const comma = /[,،]/u;
        const close = text.indexOf(state.closer, at);
        if (close < 0 || close - at > 60) break;
        let whole = this.#brackets.get(at);
        if (whole === undefined) {
          whole = this.#agencies.inBrackets(text, at, close);
          this.#brackets.set(at, whole);
        }
        if (whole !== null) { go(close, { agency: { ...whole, bracketed: true } }); break; }
        for (let end = at; end < close; end++) {
          if (!comma.test(text.charAt(end))) continue;
          const part = this.#agencies.inBrackets(text, at, end);
          if (part !== null && part.strength === 'known') go(end, { agency: { ...part, bracketed: true } });
          break;
        }
        break;
      }
      case 'BARE': {
        const quoted = /[«"“]/u.test(text.charAt(at)) ? 1 : 0;
        const agency = this.bareAt(at + quoted);
        if (agency !== null) go(agency.end + (quoted === 1 && /[»"”]/u.test(text.charAt(agency.end)) ? 1 : 0), { agency: { ...agency, strength: 'bare', bracketed: false } });
        break;
      }
      case 'WORD': {
        capitalised.lastIndex = at;
        const word = capitalised.exec(text)?.[0];
        if (word !== undefined) go(at + word.length, { agency: { id: null, start: at, end: at + word.length, strength: 'word', bracketed: false } });
        break;
      }
      case 'HWORD':
        for (const end of eastAsianAgencies(text, at)) go(end, { agency: { id: null, start: at, end, strength: 'word', bracketed: false } });
        break;
      case 'HNAMES': {
        chineseNames.lastIndex = at;
        const names = chineseNames.exec(text)?.[0];
        if (names !== undefined) go(at + names.length, { reporter: names });
        break;
      }
      case 'NAMES': {
        const close = text.indexOf(state.closer, at);
        const names = close < 0 || close - at > 30 ? '' : text.slice(at, close).trim();
        if (names !== '' && /^[\p{L}\p{M}\s、・,，]+$/u.test(names)) go(close, { reporter: names });
        break;
      }
      case 'NAMEPLACE':
      case 'PLACENAME': {
        const read = eastAsianNames(text, at, slot === 'NAMEPLACE');
        if (read !== null) go(read.end, { hplaces: read.places, reporter: read.names });
        break;
      }
      case 'REPORT': {
        const report = reportAt(text, at);
        if (report !== null) go(report.end, { reporter: report.names });
        break;
      }
      case 'PERSON': {
        person.lastIndex = at;
        const name = person.exec(text)?.[0];
        // "New York/Ankara" are two places.
        if (name !== undefined && placesNamed(name).length === 0) go(at + name.length, { reporter: name });
        break;
      }
      case 'MARK': this.#mark(at, go); break;
      case 'DASH': if (dashes.test(text.charAt(at))) go(this.#dashes(at), null); break;
      case 'SEP': {
        const character = text.charAt(at);
        if (/[,،、;.۔।/|፤፣]/u.test(character) || dashes.test(character)) {
          let end = at + 1;
          // ".-" and "،-" are one mark.
          while (dashes.test(text.charAt(this.#skip(end))) && end - at < 4) end = this.#skip(end) + 1;
          go(end, null);
        } else if (/^(?:في|فى)\s/u.test(text.slice(at, at + 3))) go(at + 3, null);
        break;
      }
      case 'LINE': {
        let end = at;
        while (end < text.length && text.charAt(end) !== '\n' && blank.test(text.charAt(end))) end++;
        if (text.charAt(end) === '\n') go(end + 1, { mark: 'line', markStart: at });
        break;
      }
    }
  }

  #dashes(at: number): number {
    let end = at;
    while (end < this.#text.length && end - at < 6 && (dashes.test(this.#text.charAt(end)) || (this.#text.charAt(end) === ' ' && dashes.test(this.#text.charAt(end + 1))))) end++;
    return end;
  }

  #mark(at: number, go: Go): void {
    const text = this.#text;
    let from = at;
    if ((text.charAt(from) === '.' || text.charAt(from) === ',' || text.charAt(from) === ':' || text.charAt(from) === '।') && dashes.test(text.charAt(this.#skip(from + 1)))) from = this.#skip(from + 1);
    const character = text.charAt(from);
    if (dashes.test(character)) {
      const end = this.#dashes(from);
      const run = text.slice(from, end);
      const double = run.length > 1 || run === '—' || run === '_' || run === '―';
      // A hyphen inside a word is none: "Kota-Bharu".
      // "April 21-22" is a span of days.
      if (run === '-' && text.charAt(from - 1) !== ' ' && readNumber(text, end) !== null) return;
      const open = blank.test(text.charAt(end)) || blank.test(text.charAt(from - 1)) || double || /[^\p{L}]/u.test(text.charAt(from - 1)) || from > at || /\p{Lo}/u.test(text.charAt(end));
      if (open && end < text.length) go(end, { mark: double ? 'double-dash' : 'dash', markStart: at });
      return;
    }
    const kind: MarkKind | null = character === '=' || character === '＝' ? 'equals'
      : character === ':' || character === '：' || character === '፦' || character === '՝' || character === '៖' ? 'colon'
        : character === '।' || character === '|' || character === '॥' ? 'danda'
          : character === '.' || character === '…' || character === '۔' || character === '。' || character === '։' ? 'stop' : null;
    if (kind === null) return;
    let end = from + 1;
    while (text.charAt(end) === '.' && end - from < 4) end++;
    go(end, { mark: kind, markStart: at });
  }
}

/** One or two words that an agency nobody listed may write of itself. */
const capitalised = /\p{Lu}[\p{L}.&'-]{1,14}(?: \p{Lu}[\p{L}&'-]{1,14})?(?=\s{0,2}[-–—_.:])/uy;
const chineseNames = /\p{Script=Han}{2,4}(?:[、，]\p{Script=Han}{2,4}){0,3}/uy;

/** Two to four words with capitals: "Иван Петров", "Ana María Ruiz". */
const person = /\p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}'’-]{0,20}){1,3}(?:, \p{Lu}[\p{L}'’-]{1,20}(?: \p{Lu}[\p{L}'’-]{0,20}){1,3}){0,3}(?=\s?[.:–—/-])/uy;

/** Titles of reporters in Chinese and Korean, before or behind the name. */
const reporters = /^\s{0,2}(?:[（(]\s?(?:(?:全媒体|通讯员|實習|实习|特约|记者|記者|通訊員|见习|总台|央视|本报)?[^（）()\n]{2,40})[）)]|(?:(?:新华社|本报|特派|特约|驻)?(?:记者|記者|特派员|通讯员)[\p{Script=Han}、·\s]{2,40}?(?:报道|報道|報導|摄影报道)\s?[：:])|[\p{Script=Hangul}\s·,]{2,40}(?:기자|특파원|통신원|선임기자|객원기자|인턴기자)\s?=)/u;

/** The reporter behind a dispatch mark: （记者刘亚南 邓仙来）, 记者陈伟光报道：, 김유아 기자 =. */
function reportAt(text: string, at: number): { readonly end: number; readonly names: string } | null {
  const found = reporters.exec(text.slice(at, at + 64))?.[0];
  if (found === undefined) return null;
  const names = found.replace(/[（()）=：:]|新华社|本报|全媒体|实习|特约|记者|記者|通讯员|报道|報道|報導|기자|특파원/gu, ' ').replace(/\s+/gu, ' ').trim();
  return { end: at + found.length, names };
}
