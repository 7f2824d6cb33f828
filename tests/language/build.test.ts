import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/package-root.js';

const run = promisify(execFile);
let folder = '';
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dl-language-')); });
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Sentences enough for a table of two languages. */
const danish = ['Regeringen vil sætte skatterne ned', 'Havnen blev lukket om mandagen', 'Borgmesteren talte til byens børn', 'Færgen sejler igen på fredag', 'Prisen på brød er steget'];
const english = ['The government will lower taxes', 'The harbour was shut on Monday', 'The mayor spoke to the children of the town', 'The ferry sails again on Friday', 'The price of bread has risen'];
const rows = (order: 1 | -1): string => [danish, english].flatMap((sentences, language) => Array.from({ length: 60 }, (_, at) => ({
  id: `${language}:${String(at).padStart(3, '0')}`, lang: language === 0 ? 'da' : 'en', len: 'sentence', origin: 'own',
  text: `${sentences[at % 5] ?? ''}, ${sentences[(at * 3 + 1) % 5]?.toLowerCase() ?? ''} ${language === 0 ? 'og' : 'and'} ${sentences[Math.floor(at / 5) % 5]?.toLowerCase() ?? ''}.`,
}))).sort((a, b) => (a.id < b.id ? -order : order)).map((row) => JSON.stringify(row)).join('\n');

async function build(...flags: string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  try {
    const { stdout } = await run(process.execPath, [join(packageRoot, 'dist', 'bench', 'language', 'build.js'), '--corpus', folder, '--out', folder, ...flags], { cwd: packageRoot });
    return { code: 0, stdout };
  } catch (error) {
    const { code, stdout = '' } = error as { readonly code: number; readonly stdout?: string };
    return { code, stdout };
  }
}

test('the build makes the same model of the same texts, whatever their order, and its check tells one that is another', async () => {
  await writeFile(join(folder, 'rows.jsonl'), rows(1));
  expect((await build()).code).toBe(0);
  await writeFile(join(folder, 'rows.jsonl'), rows(-1));
  expect(await build('--check')).toEqual({ code: 0, stdout: 'ngrams.bin: the same\ncalibration.json: the same\n' });
  const calibration = join(folder, 'calibration.json');
  await writeFile(calibration, (await readFile(calibration, 'utf8')).replace('"temperatures":[[0,', '"temperatures":[[0,1'));
  expect(await build('--check')).toEqual({ code: 1, stdout: 'ngrams.bin: the same\ncalibration.json: DIFFERS\n' });
}, 60_000);
