/**
 * Whether a file looks as if it were written to its end: a half is no story. Mark-up ends with the end of its root, JSON can be read,
 * a message of the teleprinter has its ETX. Looks at both ends only, but for JSON.
 */
export function isWhole(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Files in UTF-16 have zeros between the letters of mark-up.
  const ascii = (from: number, to: number): string => text.subarray(from, to).toString('latin1').replaceAll('\0', '');
  const start = ascii(0, 4_000).replace(/^(?:\u{EF}\u{BB}\u{BF}|\u{FE}\u{FF}|\u{FF}\u{FE})/u, '').trimStart();
  if (start.startsWith('<')) {
    const end = ascii(Math.max(0, text.length - 1_000), text.length).trimEnd();
    const root = /<([A-Za-z_][\w:.-]{0,99})/.exec(start.replace(/<\?[^>]*>|<!--[\s\S]*?-->|<![^>[]*(?:\[[^\]]*\]\s*)?>/g, ''))?.[1];
    return root === undefined ? end.endsWith('>') : new RegExp(`</${root.replaceAll('.', '\\.')}\\s*>\\s*(?:<!--[^>]*-->\\s*)?$|/>$`).test(end);
  }
  if (/^[[{]/.test(start)) {
    try {
      JSON.parse(text.toString('utf8').replace(/^\u{FEFF}/u, ''));
      return true;
    } catch {
      return false;
    }
  }
  return text.includes(3);
}
