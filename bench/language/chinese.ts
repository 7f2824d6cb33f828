/** Rows of an OpenCC dictionary as opencc-js packs it: `from to[ to…]` between bars. */
const rows = (packed: string): (readonly [string, readonly string[]])[] => packed.split('|').map((row) => {
  const [from = '', ...to] = row.split(' ');
  return [from, to];
});

const changed = (packed: string): string => rows(packed)
  .filter(([from, to]) => Array.from(from).length === 1 && !to.includes(from)).map(([from]) => from).join('');

/** The letters that only one Chinese script has, from OpenCC's tables of single letters: those whose conversions all differ from them. */
export function chineseLetters(simplifiedToTraditional: string, traditionalToSimplified: string): { simplified: string; traditional: string } {
  const simplified = changed(simplifiedToTraditional);
  const traditional = changed(traditionalToSimplified);
  const without = (letters: string, others: string): string => Array.from(letters).filter((letter) => !others.includes(letter)).join('');
  return { simplified: without(simplified, traditional), traditional: without(traditional, simplified) };
}
