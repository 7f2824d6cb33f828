/** Longest text looked at, in UTF-16 units: more adds nothing to the answer. Longer ones are sampled at their start, middle and end. */
const LONGEST = 6_000;

/** A text's share that is enough to know it, so that ten megabytes cost what a page costs. */
export function sample(text: string): string {
  if (text.length <= LONGEST) return text;
  const third = LONGEST / 3;
  const middle = Math.floor(text.length / 2);
  return [text.slice(0, third), text.slice(middle, middle + third), text.slice(-third)].join(' ');
}

const isSpace = (code: number): boolean => code <= 32 || code === 0xa0 || code === 0x3000 || code === 0x2028 || code === 0x2029;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;
const isLower = (code: number): boolean => code >= 97 && code <= 122;

// _ / \ < > { } [ ] = @ # $ ^ ` | ~ + *
const isOdd = (code: number): boolean => '_/\\<>{}[]=@#$^`|~+*'.includes(String.fromCharCode(code));

/** Whether a run of characters without a space is machine text: a URL, an address, a handle, a hash tag, a number, a code. Only ASCII is judged. */
function isMachineToken(text: string, from: number, to: number, codesAreNoise: boolean): boolean {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let odd = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code > 127) return false;
    if (isDigit(code)) digits++;
    else if (isUpper(code)) upper++;
    else if (isLower(code)) lower++;
    else if (isOdd(code)) odd++;
  }
  const letters = upper + lower;
  if (letters === 0) return true;
  const first = text.charCodeAt(from);
  if (first === 35 || first === 64) return true;
  if (odd > 0 && lower === 0 && codesAreNoise) return true;
  if (odd > 0) return digits > 0 || odd > 1 || text.slice(from, to).includes('@') || text.slice(from, to).includes('_');
  if (digits > 0) return true;
  const inner = text.slice(from, to);
  if (/^www\.|:\/\/|^[a-z0-9-]+(?:\.[a-z0-9-]+){1,4}\/|\.(?:com|org|net|html?|js|php)\b/i.test(inner)) return true;
  return codesAreNoise && lower === 0 && upper >= 2 && upper <= 4;
}

/** Whether a short word in capitals is an abbreviation or a ticker rather than a shouted word: capitals are few, digits are many, or all is short. */
function hasCodes(text: string): boolean {
  let upper = 0;
  let lower = 0;
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isUpper(code)) upper++;
    else if (isDigit(code)) digits++;
    else if (isLower(code) || code > 127) lower++;
  }
  return lower > upper || 2 * digits >= upper || /^[\p{Lu}\d]{1,4}(?:\P{L}{1,3}[\p{Lu}\d]{1,4}){0,5}$/u.test(text.trim());
}

/**
 * The words of a text without what no language owns: URLs, e-mail addresses, handles, hash tags, numbers with units, tickers and
 * other codes. Composed (NFC), since tables are counted so. Only ASCII tokens are dropped: scripts without spaces would lose whole paragraphs.
 */
export function clean(text: string): string {
  const source = sample(text).normalize('NFC');
  const codesAreNoise = hasCodes(source);
  let kept = '';
  let keptTo = 0;
  let at = 0;
  while (at < source.length) {
    while (at < source.length && isSpace(source.charCodeAt(at))) at++;
    const from = at;
    while (at < source.length && !isSpace(source.charCodeAt(at))) at++;
    if (at > from && isMachineToken(source, from, at, codesAreNoise)) {
      kept += source.slice(keptTo, from);
      keptTo = at;
    }
  }
  return kept + source.slice(keptTo);
}
