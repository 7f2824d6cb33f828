/** A place of a dateline, as written and as understood. */
export interface DatelinePlace {
  readonly name: string;
  /** State, province or region as written (`Wyo.`). */
  readonly admin?: string;
  /** Country as written. */
  readonly country?: string;
  /** Canonical English name, when known. */
  readonly englishName?: string;
  /** ISO 3166-1 alpha-2, when known. */
  readonly countryCode?: string;
}

export interface DatelineAgency {
  /** Id in the table of agencies (`sana`, `reuters`), null when it reads as an agency but is not in the table. */
  readonly id: string | null;
  readonly raw: string;
}

export interface Dateline {
  /** As written, without the mark that ends it only if the mark is separated; offsets below are into the given text. */
  readonly raw: string;
  /** UTF-16 offset where the dateline starts. */
  readonly start: number;
  /** UTF-16 offset where the body begins. */
  readonly end: number;
  /** Empty for a prefix that names no place (`(Reuters) -`): to be cut, but no dateline. */
  readonly places: readonly DatelinePlace[];
  readonly date: { readonly raw: string; /** YYYY-MM-DD */ readonly iso: string | null } | null;
  readonly agency: DatelineAgency | null;
  readonly reporter: string | null;
  /** 0–1 */
  readonly confidence: number;
  /** Which order of slots matched, e.g. `place-agency-dash`. */
  readonly order: string;
}

export interface DatelineHints {
  /** BCP 47 tag of the text. */
  readonly language?: string | undefined;
  /** Agency id the source belongs to, when it is one. */
  readonly source?: string | undefined;
  /** Time of the page, ISO 8601: what a date without a year is resolved against. */
  readonly reference?: string | undefined;
}
