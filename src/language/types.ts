/** How sure, in which language and script, a text is written. */
export interface Language {
  /** BCP 47 tag, canonical; `und` when it is right not to say. Script subtag only where it matters (`zh-Hant`, `sr-Latn`). */
  readonly tag: string;
  /** ISO 15924 code of the dominant script, `Zyyy` when there are no letters. */
  readonly script: string;
  readonly direction: 'ltr' | 'rtl';
  /** 0–1, calibrated: of answers given at 0.9 about nine in ten are right. */
  readonly confidence: number;
  /** Best first, without the answer itself. */
  readonly alternatives: readonly { readonly tag: string; readonly confidence: number }[];
  /** Languages that short texts cannot tell apart and that this answer belongs to, e.g. `bs-hr-sr`. */
  readonly group?: string;
  /** Which part decided. */
  readonly decidedBy: 'script' | 'ngrams' | 'declared' | 'history' | 'franc' | 'none';
}

export interface LanguageHints {
  /** Tag the source, feed or page declares; a prior, not the truth. */
  readonly declared?: string | undefined;
  /** Share of each tag among earlier texts of the source (0–1). */
  readonly history?: Readonly<Record<string, number>> | undefined;
}
