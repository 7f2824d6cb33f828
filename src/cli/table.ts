import { stripVTControlCharacters } from 'node:util';

/** Columns as they take in a terminal: wide CJK letters take two, marks that combine none. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) continue;
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(character) ? 2 : 1;
  }
  return width;
}

/** Rows under a head, each column as wide as its widest cell; columns that hold only numbers stand to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[column] ?? ''))));
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => /^[\d,]*$/.test(row[column] ?? '')));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => {
    const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - displayWidth(cell)));
    return numeric[column] === true ? gap + cell : cell + gap;
  }).join('  ').trimEnd();
  return [line(head), ...rows.map(line)].map((text) => `${text}\n`).join('');
}
