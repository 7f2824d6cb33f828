/** Serbian Cyrillic to Gaj's Latin alphabet, letter by letter (the Serbian standard's own correspondence). */
const latinLetters = 'a b v g d đ e ž z i j k l lj m n nj o p r s t ć u f h c č dž š'.split(' ');
const pairs = Array.from('абвгдђежзијклљмнњопрстћуфхцчџш', (letter, index): [string, string] => [letter, latinLetters[index] ?? letter]);
const latin = new Map(pairs.flatMap(([from, to]): [string, string][] => [
  [from, to], [from.toUpperCase(), (to[0] ?? '').toUpperCase() + to.slice(1)],
]));

export const toSerbianLatin = (text: string): string => Array.from(text, (letter) => latin.get(letter) ?? letter).join('');
