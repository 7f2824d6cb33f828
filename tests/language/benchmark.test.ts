import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { language } from '../../bench/language.js';
import { drawDeclarations } from '../../bench/language/declarations.js';
import { confidenceLines } from '../../bench/language/report.js';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dl-language-gold-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What the benchmark prints over a folder, and the predictions that it writes. */
async function bench(corpus: string): Promise<{ readonly code: number; readonly printed: string; readonly predictions: readonly unknown[] }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  const out = join(folder, 'predictions');
  try {
    const code = await language.run({ corpus, out, args: [], flags: {} });
    const written = await readFile(out, 'utf8').catch(() => '');
    return { code, printed: lines.join('\n'), predictions: written.split('\n').filter(Boolean).map((line): unknown => JSON.parse(line)) };
  } finally {
    log.mockRestore();
  }
}

const gold = [
  { id: '1', lang: 'de', len: 'sentence', origin: 'own', text: 'Die Regierung will im nächsten Jahr die Steuern senken.' },
  { id: '2', lang: 'sr-Latn', len: 'sentence', origin: 'own', text: 'Ministar je izjavio da će vlada sledeće godine smanjiti poreze.' },
  { id: '3', lang: 'und', len: 'headline', origin: 'synthetic', text: 'TSLA 12.5 +0.3%' },
  { id: '4', lang: 'ru', len: 'headline', origin: 'own', text: 'The label of this text is wrong on purpose' },
  { id: '5', origin: 'own', paragraphs: [{ lang: 'de', text: 'Die Regierung will im nächsten Jahr die Steuern senken.' }, { lang: 'fr', text: 'Le gouvernement veut baisser les impôts l’an prochain.' }] },
];

test('the benchmark reads any gold file of its folder, writes an answer a text, and counts what is wrong', async () => {
  const corpus = await mkdtemp(join(folder, 'corpus-'));
  await writeFile(join(corpus, 'heldout-of-any-name.jsonl'), gold.map((row) => JSON.stringify(row)).join('\n'));
  const { code, printed, predictions } = await bench(corpus);
  expect(code).toBe(0);
  const answers = z.array(z.strictObject({ id: z.string(), lang: z.string(), conf: z.number().min(0).max(1) })).parse(predictions);
  expect(answers.map(({ id, lang }) => [id, lang])).toEqual([['1', 'de'], ['2', 'sr-Latn'], ['3', 'und'], ['4', 'en'], ['5', 'de'], ['5#0', 'de'], ['5#1', 'fr']]);
  expect(printed).toMatch(/Dateline +50\.0 \| word-pair – {2}headline 0\.0 {2}sentence 100\.0/);
  expect(printed).toContain('mistaken most: ru→en 1 (100.0)');
  expect(printed).toContain('und refused 100.0 of 1; news answered 100.0');
  expect(printed).toContain('mixed documents: paragraphs 100.0, whole documents 100.0 of 1');
  expect(printed).toMatch(/load: Dateline \d+ ms .*, \d+ MB; franc \d+ ms/);
});

test('without its folder the benchmark says so and where such texts can be had', async () => {
  const { code, printed } = await bench(join(folder, 'nowhere'));
  expect(code).toBe(0);
  expect(printed).toMatch(/skipped: no langid corpus.*NTREX-128/);
});

test('the curve of confidence says what was said and what was right, and the gap between them', () => {
  const said = (confidence: number, right: number, wrong: number): { confidence: number; right: boolean }[] =>
    [...Array.from({ length: right }, () => ({ confidence, right: true })), ...Array.from({ length: wrong }, () => ({ confidence, right: false }))];
  const lines = confidenceLines([...said(0.95, 95, 5), ...said(0.55, 80, 20)]);
  expect(lines[9]).toBe('  0.9–1.0  said  95.0  right  95.0  of 100');
  expect(lines[5]).toBe('  0.5–0.6  said  55.0  right  80.0  of 100');
  expect(lines.at(-1)).toBe('  expected calibration error 12.5');
});

test('declarations are drawn the same every time, 92 in 100 of them right', () => {
  const golds = Array.from({ length: 20_000 }, (_, at) => ['hr', 'id', 'sr-Latn', 'fr'][at % 4] ?? '');
  const drawn = drawDeclarations(golds, ['en', 'de', 'fr']);
  expect(drawDeclarations(golds, ['en', 'de', 'fr'])).toEqual(drawn);
  const right = drawn.filter((tag, at) => tag === golds[at]).length / golds.length;
  expect(right).toBeGreaterThan(0.91);
  expect(right).toBeLessThan(0.94);
  expect(new Set(drawn.filter((tag, at) => golds[at] === 'id' && tag !== 'id'))).toEqual(new Set(['en', 'ms', 'de', 'fr']));
});
