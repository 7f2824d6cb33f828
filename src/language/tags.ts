/** The tag for "no language said" (RFC 5646, ISO 639-2). */
export const UNDETERMINED = 'und';

/** Codes that CLDR's aliases leave alone but news feeds and detectors use for a language of another code. */
const folded: Readonly<Record<string, string>> = {
  no: 'nb', zlm: 'ms', azb: 'az', pbt: 'ps', pst: 'ps', quy: 'qu', pes: 'fa', prs: 'fa', yue: 'yue',
};

/** Languages whose script is always written out, since the press uses both. */
const scriptAlwaysMatters = new Set(['zh', 'sr']);

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

function isRegistered(language: string): boolean {
  try {
    return names.of(language) !== undefined;
  } catch {
    return false;
  }
}

function parse(code: string): Intl.Locale | null {
  // POSIX locales (`de_DE.UTF-8`, `sr_RS@latin`) and Java's underscores are common where BCP 47 is asked for.
  const [bare = ''] = code.trim().replaceAll('_', '-').split(/[.@]/, 1);
  try {
    const [canonical] = Intl.getCanonicalLocales(bare);
    return canonical === undefined ? null : new Intl.Locale(canonical);
  } catch {
    return null;
  }
}

/**
 * A language code as feeds, pages and detectors write it (`zh_TW`, `iw`, `ger`, `cmn`, `pt-BR`) as the BCP 47 tag that {@link Language.tag}
 * uses: the language, and its script where that is not the one CLDR expects or where the press uses two (`zh-Hant`, `sr-Latn`).
 * Regions are dropped, but tell the script of Chinese. `und` for what is no registered language.
 */
export function canonicalTag(code: string): string {
  if (code.length > 64) return UNDETERMINED;
  // CLDR turns Serbo-Croatian into Serbian in Latin script: a claim that the code does not make.
  if (/^(?:sh|hbs)\b/i.test(code.trim())) return UNDETERMINED;
  const locale = parse(code);
  // `Intl.Locale('und').language` is undefined on Node 20 although typed as a string.
  const given = locale?.language ?? UNDETERMINED;
  const language = folded[given] ?? given;
  if (locale === null || language === UNDETERMINED || !isRegistered(language)) return UNDETERMINED;
  const script = locale.script ?? (language === 'zh' && locale.region !== undefined ? locale.maximize().script : undefined);
  return script === undefined ? language : tagWithScript(language, script);
}

const likelyScripts = new Map<string, string | undefined>();

/** The script that CLDR expects of a language. */
export function likelyScript(language: string): string | undefined {
  if (!likelyScripts.has(language)) likelyScripts.set(language, new Intl.Locale(language).maximize().script);
  return likelyScripts.get(language);
}

/** Scripts that CLDR counts as one writing: Korean is Hangul with some Han, Japanese both kana and Han. */
const writings: Readonly<Record<string, string>> = { Hang: 'Kore', Hira: 'Jpan', Kana: 'Jpan' };

/** A language with its script where that matters. */
export function tagWithScript(language: string, script: string): string {
  if (likelyScript(language) === writings[script]) return language;
  return scriptAlwaysMatters.has(language) || likelyScript(language) !== script ? `${language}-${script}` : language;
}

/** The language subtag: `zh-Hant` → `zh`. */
export function languageOf(tag: string): string {
  const end = tag.indexOf('-');
  return end < 0 ? tag : tag.slice(0, end);
}

/** Whether two tags name one language: equal, or one of them leaves the script open (`sr` and `sr-Latn`). */
export function sameLanguage(a: string, b: string): boolean {
  return a === b || (languageOf(a) === languageOf(b) && (!a.includes('-') || !b.includes('-')));
}

const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Samr', 'Mand']);

/** Direction of a script's letters (Unicode bidirectional classes R and AL). */
export const directionOf = (script: string): 'ltr' | 'rtl' => (rightToLeft.has(script) ? 'rtl' : 'ltr');
