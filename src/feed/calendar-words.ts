/** Names of months, days and halves of the day in the languages of the wires: from Intl (CLDR), and what CLDR leaves out. */

/** Languages whose feeds write words in dates. Order has no meaning. */
export const CALENDAR_LANGUAGES = [
  'af', 'am', 'ar', 'ar-EG', 'ar-IQ', 'ar-MA', 'ar-DZ', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'de-AT', 'el', 'en', 'en-GB', 'es', 'et', 'eu', 'fa', 'fi', 'fil', 'fr', 'fr-CA', 'ga', 'gl', 'gu', 'he', 'hi',
  'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'ka', 'kk', 'km', 'kn', 'ko', 'ky', 'lo', 'lt', 'lv', 'mk', 'ml', 'mn', 'mr', 'ms', 'my', 'nb', 'ne', 'nl', 'nn', 'no', 'pa', 'pl', 'ps', 'pt', 'pt-PT', 'ro', 'ru', 'si', 'sk', 'sl', 'so',
  'sq', 'sr', 'sr-Latn', 'sv', 'sw', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'uz', 'uz-Cyrl', 'vi', 'zh', 'zh-Hant',
] as const;

/** Month names and abbreviations feeds use beside CLDR's; a list a month, January first. */
const MORE_MONTHS: Readonly<Record<string, readonly string[]>> = {
  en: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep sept', 'oct', 'nov', 'dec'],
  id: ['', '', '', '', '', '', '', 'agt', '', '', '', ''],
  sq: ['', '', '', '', '', '', 'kor', 'gsh', '', '', '', ''],
  eu: ['urt', 'ots', 'mar', 'api', 'mai', 'eka', 'uzt', 'abu', 'ira', 'urr', 'aza', 'abe'],
  bg: ['яну', 'фев', 'мар', 'апр', '', 'юни', 'юли', 'авг', 'сеп', 'окт', 'ное', 'дек'],
  cs: ['led', 'úno', 'bře', 'dub', 'kvě', 'čer čvn', 'čvc červec', 'srp', 'zář', 'říj', 'lis', 'pro'],
  pl: ['sty', 'lut', 'mar', 'kwi', 'maj', 'cze', 'lip', 'sie', 'wrz', 'paź', 'lis', 'gru'],
  tl: ['ene', 'peb', 'mar', 'abr', 'may', 'hun', 'hul', 'ago', 'set', 'okt', 'nob', 'dis'],
  bn: ['জানুয়ারী জানুয়ারি', 'ফেব্রুয়ারী ফেব্রুয়ারি', '', '', '', '', '', '', '', '', '', ''],
  hi: ['', '', '', '', '', '', '', '', '', 'अक्टूबर', '', ''],
  fi: ['tammi', 'helmi', 'maalis', 'huhti', 'touko', 'kesä', 'heinä', 'elo', 'syys', 'loka', 'marras', 'joulu'],
  ar: ['كانون_الثاني يناير جانفي', 'شباط فبراير فيفري', 'آذار مارس', 'نيسان أبريل ابريل أفريل', 'أيار ايار مايو ماي', 'حزيران يونيو يونيه جوان', 'تموز يوليو يوليه جويلية', 'آب أغسطس اغسطس أوت غشت', 'أيلول ايلول سبتمبر شتنبر', 'أكتوبر اكتوبر', 'نوفمبر نونبر', 'ديسمبر دجنبر'],
  fa: ['ژانویهٔ ژانویه', 'فوریهٔ فوریه', 'مارس', 'آوریل', 'مهٔ مه', 'ژوئن', 'ژوئیهٔ ژوئیه جولای', 'اوت آگوست', 'سپتامبر', 'اکتبر', 'نوامبر', 'دسامبر'],
  el: ['ιαν ιανουαρίου', 'φεβ φεβρουαρίου', 'μαρ μάρ', 'απρ', 'μαι μαϊ', 'ιουν', 'ιουλ', 'αυγ', 'σεπ σεπτ', 'οκτ', 'νοε νοεμ', 'δεκ'],
};

/** Abbreviated days of the week beside CLDR's. */
const MORE_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'tues', 'wednes', 'thur', 'thurs', 'satur', 'пнд', 'втр', 'срд', 'чтв', 'птн', 'сбт', 'вск', 'κυρ', 'δευ', 'τρι', 'τετ', 'πεμ', 'παρ', 'σαβ', 'seg', 'ter', 'qua', 'qui', 'sex', 'sáb', 'dom'];

/** Words that stand in dates and mean nothing there: prepositions, "year", "o'clock", ordinal endings. */
const FILLERS = new Set(fold(
  'of at on the th st nd rd year in de del à a às le la el en um uhr kl klo om в у во о г год года році року р рік ob u o i w dnia roku rok dne v sati godine god goda lúc ngày vào năm เวลา เมื่อ วันที่ ปี พ ค ศ '
  + 'der den dem am vom av den der d m g gads gada metų metais di da do dos pada tanggal pukul jam ng ika alas ال في الساعة ه সাল সালে লা ই শে রা ঠা वर्ष को बजे წ წელი წლის ժ թ жылы жылғы ж ko eko e az a és ún ora ore ve saat',
).split(/\s+/));

const HOURS = new Set(fold('h hr hrs час часа часов годин година години гадзін гадзіны гадзіна hod hodin godz saat ώρα').split(/\s+/));
const MINUTES = new Set(fold('min mins minute minutes мин минут минуты хвілін хвіліны хвилин хвилини dk').split(/\s+/));
const NOON = new Set(fold('noon midday mittag midi mediodía mezzogiorno podne poledne południe полдень опівдні').split(/\s+/));
const MIDNIGHT = new Set(fold('midnight mitternacht minuit medianoche mezzanotte ponoć půlnoc północ полночь').split(/\s+/));
const MORE_HALVES: Readonly<Record<string, 'am' | 'pm'>> = { am: 'am', pm: 'pm', 上午: 'am', 早上: 'am', 凌晨: 'am', 下午: 'pm', 晚上: 'pm', 晚: 'pm', 午前: 'am', 午後: 'pm', 오전: 'am', 오후: 'pm', ص: 'am', صباحا: 'am', مساء: 'pm' };

/** One spelling for a word: lower case, no accents of Latin, Greek and Cyrillic, no dots, one sigma; other scripts' signs stay. */
export function fold(word: string): string {
  return word.normalize('NFKD').toLowerCase().replace(/[\u{300}-\u{36F}.]/gu, '').replaceAll('ς', 'σ').replaceAll('ı', 'i').normalize('NFKC');
}

interface MonthTable {
  /** Month 1–12 by folded name. */
  readonly exact: ReadonlyMap<string, number>;
  /** Folded long names, for abbreviations nobody lists. */
  readonly names: readonly (readonly [string, number])[];
}

/** A word in the middle of its language's dates: nominative and genitive may differ. */
const MONTH_FORMS: readonly Intl.DateTimeFormatOptions[] = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }, { month: 'short', day: 'numeric' }];

function monthTableOf(language: string): MonthTable {
  const exact = new Map<string, number>();
  const names: [string, number][] = [];
  const put = (word: string, month: number): void => {
    const key = fold(word).trim();
    if (key === '' || /^\d+$/.test(key)) return;
    exact.set(key, exact.get(key) ?? month);
    names.push([key, month]);
  };
  for (const form of MONTH_FORMS) {
    const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...form, timeZone: 'UTC' });
    for (let month = 1; month <= 12; month++) {
      const part = format.formatToParts(Date.UTC(2024, month - 1, 15)).find(({ type }) => type === 'month');
      // some locales glue the particle on: "de gener", "d’abril"
      if (part !== undefined) put(part.value.replace(/^(?:de |d[’'])/, ''), month);
    }
  }
  for (const [i, list] of (MORE_MONTHS[language] ?? []).entries()) for (const word of list.split(' ')) put(word.replaceAll('_', ' '), i + 1);
  return { exact, names };
}

const tables = new Map<string, MonthTable>();
function monthTable(language: string): MonthTable {
  let table = tables.get(language);
  if (table === undefined) {
    table = monthTableOf(language);
    tables.set(language, table);
  }
  return table;
}

/** The months a folded word means in a language: whole, or begun with at least three letters. */
function monthsIn(word: string, language: string): readonly number[] {
  const { exact, names } = monthTable(language);
  const found = exact.get(word);
  if (found !== undefined) return [found];
  if (word.length < 3) return [];
  return [...new Set(names.filter(([name]) => name.startsWith(word)).map(([, month]) => month))];
}

const baseLanguage = (tag: string): string => tag.toLowerCase().replaceAll('_', '-').split('-')[0] ?? '';

const found = new Map<string, number | null>();

/**
 * The month a folded word names, 1–12, or null. The source's language decides first, then English; in any other language the word
 * must mean one month only, exact names before abbreviations (`lis` is November in Polish and October in Croatian: null without the language).
 */
export function monthOf(word: string, language: string | undefined): number | null {
  const base = language === undefined ? '' : baseLanguage(language);
  const key = `${base} ${word}`;
  let month = found.get(key);
  if (month === undefined) {
    month = lookUpMonth(word, base);
    // words come from feeds: a bound, so that a hostile one cannot fill the memory
    if (found.size < 5000) found.set(key, month);
  }
  return month;
}

function lookUpMonth(word: string, base: string): number | null {
  const own = CALENDAR_LANGUAGES.filter((tag) => baseLanguage(tag) === base || (base === 'fil' && tag === 'tl'));
  for (const tag of [...own, 'en']) {
    const months = monthsIn(word, tag);
    if (months.length === 1) return months[0] ?? null;
  }
  const languages = languagesIn(scriptOf(word));
  const exact = new Set(languages.flatMap((tag) => monthTable(tag).exact.get(word) ?? []));
  const months = exact.size > 0 ? exact : new Set(languages.flatMap((tag) => monthsIn(word, tag)));
  return months.size === 1 ? [...months][0] ?? null : null;
}

type Script = 'Latn' | 'Cyrl' | 'other';

const scriptOf = (word: string): Script => (/^\p{Script=Latin}/u.test(word) ? 'Latn' : /^\p{Script=Cyrillic}/u.test(word) ? 'Cyrl' : 'other');

/** The languages that are written in a script: building the tables of all takes a tenth of a second. */
const languagesIn = (script: Script): readonly string[] => CALENDAR_LANGUAGES.filter((tag) => {
  const own = new Intl.Locale(tag).maximize().script;
  return (own === 'Latn' || own === 'Cyrl' ? own : 'other') === script;
});

const usualWeekdays = new Set(MORE_WEEKDAYS.map(fold));
const weekdays = new Map<Script, Set<string>>();

function weekdaysIn(script: Script): Set<string> {
  const found = new Set<string>();
  for (const language of languagesIn(script)) for (const weekday of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
    for (let day = 1; day <= 7; day++) for (const part of fold(format.format(Date.UTC(2024, 0, day))).split(/[\s-]+/)) found.add(part);
  }
  return found;
}

/** True for a folded name of a day of the week, in any language. */
export function isWeekday(word: string): boolean {
  if (usualWeekdays.has(word)) return true;
  const script = scriptOf(word);
  let known = weekdays.get(script);
  if (known === undefined) {
    known = weekdaysIn(script);
    weekdays.set(script, known);
  }
  return known.has(word);
}

let halves: Map<string, 'am' | 'pm'> | null = null;

/** Which half of the day a folded word names. */
export function halfOfDay(word: string): 'am' | 'pm' | null {
  if (halves === null) {
    halves = new Map(Object.entries(MORE_HALVES).map(([name, half]) => [fold(name), half]));
    for (const language of CALENDAR_LANGUAGES) for (const [hour, half] of [[9, 'am'], [21, 'pm']] as const) {
      const part = new Intl.DateTimeFormat(language, { hour: 'numeric', hour12: true, timeZone: 'UTC' }).formatToParts(Date.UTC(2024, 0, 1, hour)).find(({ type }) => type === 'dayPeriod');
      const key = fold(part?.value ?? '').replace(/\s+/g, '');
      if (key.length > 1 && !halves.has(key) && !FILLERS.has(key)) halves.set(key, half);
    }
  }
  return halves.get(word) ?? null;
}

export const isFiller = (word: string): boolean => FILLERS.has(word);
export const isHourWord = (word: string): boolean => HOURS.has(word);
export const isMinuteWord = (word: string): boolean => MINUTES.has(word);

/** The hour a word alone names. */
export const hourOfWord = (word: string): number | null => (NOON.has(word) ? 12 : MIDNIGHT.has(word) ? 0 : null);

/** Whether the language writes day before month in figures; null where it is not known (English without a region). */
export function dayFirst(language: string | undefined): boolean | null {
  if (language === undefined || /^en$/i.test(language)) return null;
  try {
    const order = new Intl.DateTimeFormat(language.replaceAll('_', '-'), { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' }).formatToParts(0).map(({ type }) => type);
    return order.indexOf('day') < order.indexOf('month');
  } catch {
    return null;
  }
}
