/** Value of every decimal digit of every script that Intl knows (Arabic-Indic, Devanagari, full width …), by character. */
export const digitValues: ReadonlyMap<string, number> = (() => {
  const values = new Map<string, number>();
  for (const system of Intl.supportedValuesOf('numberingSystem')) {
    const format = new Intl.NumberFormat('en', { numberingSystem: system, useGrouping: false });
    const digits = Array.from({ length: 10 }, (_, n) => format.format(n));
    // Chinese numerals are letters and are read where dates are.
    if (digits.every((digit) => /^\p{Nd}$/u.test(digit) && digit.length === 1)) digits.forEach((digit, n) => values.set(digit, n));
  }
  return values;
})();

/** Reads decimal digits from an offset: value, count of digits and where they end; null where none stands. */
export function readNumber(text: string, at: number): { readonly value: number; readonly digits: number; readonly end: number } | null {
  let value = 0;
  let end = at;
  for (; end < text.length && end - at < 6; end++) {
    const code = text.charCodeAt(end);
    if (code < 0x80) {
      if (code < 0x30 || code > 0x39) break;
      value = value * 10 + code - 0x30;
      continue;
    }
    const digit = digitValues.get(text.charAt(end));
    if (digit === undefined) break;
    value = value * 10 + digit;
  }
  return end === at ? null : { value, digits: end - at, end };
}

export const isDigit = (character: string): boolean =>
  (character >= '0' && character <= '9') || (character > '\u007f' && digitValues.has(character));
