/** Languages that short texts cannot tell apart, by the name of their group. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'bs-hr-sr': ['bs', 'hr', 'sr'],
  'id-ms': ['id', 'ms'],
  'da-nb-nn': ['da', 'nb', 'nn'],
  'cs-sk': ['cs', 'sk'],
  'gl-pt': ['gl', 'pt'],
  'bg-mk': ['bg', 'mk'],
};

const byLanguage = new Map(Object.entries(groups).flatMap(([group, languages]) => languages.map((language): [string, string] => [language, group])));

/** Name of the group that a language belongs to. */
export const groupOf = (language: string): string | undefined => byLanguage.get(language);
