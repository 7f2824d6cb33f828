import { expect, it } from 'vitest';
import { isSettled, SETTLED_RANGES } from '../../src/article/settled-letters.js';
import { foldText } from '../../src/article/text.js';

it('lists ranges in order, apart from each other', () => {
  for (const [at, [first, last]] of SETTLED_RANGES.entries()) {
    expect(first).toBeLessThanOrEqual(last);
    expect(first).toBeGreaterThan(SETTLED_RANGES[at - 1]?.[1] ?? 0);
  }
});

it('holds only units that are in NFC, and that join no letter before them', () => {
  const wrong: string[] = [];
  for (let code = 0; code < 0x10000; code += 1) {
    const unit = String.fromCharCode(code);
    if (isSettled(code) && (unit.normalize('NFC') !== unit || /[\s\p{Cc}\p{Mn}\u00ad\u200b\u0640\ufeff]/u.test(unit) && !/[\u0900-\u0dff\u0e00-\u0e7f]/.test(unit))) wrong.push(code.toString(16));
    for (const part of unit.normalize('NFD').split('').slice(1)) if (isSettled(part.charCodeAt(0))) wrong.push(`${code.toString(16)} joins`);
  }
  expect(wrong).toEqual([]);
});

it.each([
  ['plain', 'plain'], [' two  spaces ', 'two spaces'], ['line\nbreak', 'line break'], ['行\n行', '行行'], ['e\u0301te\u0301', 'été'], ['soft\u00adhyphen', 'softhyphen'],
  ['no\u00a0break', 'no break'], ['क\u093cलम', 'क\u093cलम'], ['\u0928\u093c', '\u0929'], ['قـــال', 'قال'], ['tab\there', 'tab here'], ['zero\u200bwidth', 'zerowidth'], ['می\u200cرود', 'می\u200cرود'], ['', ''], ['\n', ''],
])('folds %j to %j', (written, folded) => {
  expect(foldText(written)).toBe(folded);
});
