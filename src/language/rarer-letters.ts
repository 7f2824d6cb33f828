/** Letters that a rarer language of a script has and the one that CLDR expects has not (Unicode, blocks Hebrew and Bengali). */
const rarer: Readonly<Record<string, { readonly tag: string; readonly letters: string }>> = {
  // Digraphs vav-vav, vav-yod, yod-yod, and alef with patah or qamats, which is two characters when composed.
  Hebr: { tag: 'yi', letters: 'װױײ\u05b7\u05b8' },
  Beng: { tag: 'as', letters: 'ৰৱ' },
};

/** Share of a text's characters from which such a letter is its own and no quotation's. */
const LEAST_SHARE = 0.01;
/** Points also stand in Hebrew for children and in verse, but with all the others, which Yiddish never writes. */
const hebrewPoints = /[\u05b0-\u05b4\u05b6\u05b9\u05bb]/gu;

/** The rarer language that the letters of a cleaned text tell; undefined for a text in the script's usual one. */
export function rarerLanguage(text: string, script: string): string | undefined {
  const own = rarer[script];
  if (own === undefined) return undefined;
  let found = 0;
  for (const letter of text) if (own.letters.includes(letter)) found++;
  const others = script === 'Hebr' ? text.match(hebrewPoints)?.length ?? 0 : 0;
  return found > others && found >= LEAST_SHARE * text.length ? own.tag : undefined;
}
