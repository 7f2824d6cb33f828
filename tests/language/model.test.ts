import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadModel } from '../../src/language/model.js';
import { readTable } from '../../src/language/table.js';

const file = (name: string): URL => new URL(`../../config/language/${name}`, import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(file(name), 'utf8'));

describe('the shipped model', () => {
  it('has a calibration of the shape that the code reads', () => {
    const calibration = z.strictObject({
      temperatures: z.array(z.tuple([z.number().min(0), z.number().positive()])).min(1),
      known: z.record(z.string().regex(/^[A-Z][a-z]{3}$/), z.array(z.number()).length(10)),
      typical: z.record(z.string(), z.strictObject({ hitShare: z.number().min(0).max(1), wordNats: z.number().min(0) })),
      rarity: z.record(z.string(), z.number().positive().max(5)),
    }).parse(json('calibration.json'));
    const letters = calibration.temperatures.map(([least]) => least);
    expect(letters).toEqual([...letters].sort((a, b) => a - b));
    expect(letters[0]).toBe(0);
    expect(calibration.typical).toHaveProperty('und');
    const temperatures = calibration.temperatures.map(([, temperature]) => temperature);
    expect(temperatures).toEqual([...temperatures].sort((a, b) => a - b));
    // A neighbour is rarer than the language that it is mistaken for, never the other way round.
    expect(Object.keys(calibration.rarity)).toEqual(expect.arrayContaining(['nn', 'gl', 'af', 'ca']));
    for (const tag of ['nb', 'es', 'pt', 'nl', 'bs', 'ms', 'hi', 'sr-Latn']) expect(calibration.rarity).not.toHaveProperty([tag]);
  });

  it('has letters of each Chinese script that the other has not', () => {
    const { simplified, traditional } = z.strictObject({ simplified: z.string(), traditional: z.string() }).parse(json('chinese.json'));
    const ofBoth = new Set(traditional);
    expect(Array.from(simplified).filter((letter) => ofBoth.has(letter))).toEqual([]);
    expect(Array.from(simplified).length).toBeGreaterThan(2_000);
  });

  it('is what the build made: a part changed alone would not be what its figures were taken of', () => {
    const { files } = z.object({ files: z.record(z.string(), z.string()) }).parse(json('built.json'));
    const bytes: Record<string, Uint8Array> = {
      'ngrams.bin': gunzipSync(readFileSync(file('ngrams.bin.gz'))), 'calibration.json': readFileSync(file('calibration.json')), 'chinese.json': readFileSync(file('chinese.json')),
    };
    expect(Object.fromEntries(Object.entries(bytes).map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]))).toEqual(files);
  });

  it('keeps the table within five mebibytes, with every news language that shares its script', () => {
    expect(statSync(file('ngrams.bin.gz')).size).toBeLessThanOrEqual(5 * 2 ** 20);
    const { table } = loadModel();
    for (const language of ('ar en fr ru es tr fa de pt it nl pl ro bg sr hr bs mk sq uk be cs sk hu sv da nb fi et lv lt hi ur id ms vi az kk uz am sw ku ckb ps').split(' ')) {
      expect(table.languages).toContain(language);
    }
  });
});

describe('the notice', () => {
  const notice = readFileSync(new URL('../../NOTICE', import.meta.url), 'utf8');
  it.each(['NTREX-128', 'lingua-rs', 'Leipzig Corpora Collection', 'tessdata_fast', 'OpenCC', 'CC BY-SA 4.0|Creative Commons Attribution-ShareAlike 4.0'])('names %s', (work) => {
    expect(notice).toMatch(new RegExp(work));
  });
});

describe('readTable', () => {
  it('refuses what is no table', () => {
    expect(() => readTable(new Uint8Array(64))).toThrow(SyntaxError);
    expect(() => readTable(new TextEncoder().encode('DLT1'))).toThrow(RangeError);
  });
});
