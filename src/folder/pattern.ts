/**
 * Whether a file's name fits a pattern of `*` (any letters, none included) and `?` (one letter); capitals do not count.
 * Goes back to the last star only, so that no pattern takes more than name times pattern.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  const text = Array.from(name.toLowerCase());
  const wanted = Array.from(pattern.toLowerCase());
  let [at, to, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (to < wanted.length && wanted[to] === '*') {
      star = to;
      mark = at;
      to += 1;
    } else if (to < wanted.length && (wanted[to] === '?' || wanted[to] === text[at])) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      mark += 1;
      at = mark;
      to = star + 1;
    } else return false;
  }
  while (wanted[to] === '*') to += 1;
  return to === wanted.length;
}
