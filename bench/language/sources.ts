import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { languageOf } from '../../src/language/tags.js';
import { chineseLetters } from './chinese.js';
import type { GoldText } from './gold.js';
import { readPressGrams } from './lingua.js';
import type { TrainingData } from './model.js';
import { readDeclarations } from './udhr.js';
import { LISTED_WORDS, readWordLists } from './words.js';

/** What the tables are made from beside the corpus, from the folder that `sources.sh` fills; nothing without one. */
export function readSources(folder: string | undefined, texts: readonly GoldText[]): Omit<TrainingData, 'texts'> {
  if (folder === undefined) return { lists: [], counted: [], strangers: [] };
  const languages = new Set(texts.map(({ lang }) => languageOf(lang)));
  return {
    // A language known by its words alone would draw its neighbours' short texts to itself.
    lists: readWordLists(join(folder, 'words'), LISTED_WORDS, (tag) => languages.has(languageOf(tag))),
    counted: [...readPressGrams(join(folder, 'lingua'), new Set(texts.map(({ lang }) => lang)))].map(({ tag, grams }) => ({ tag, grams, source: 'press' })),
    strangers: readDeclarations(join(folder, 'udhr', 'declaration')),
  };
}

const packedDictionary = z.object({ default: z.string() });

/** The letters of one Chinese script only, from the same folder. */
export async function readChineseDictionaries(folder: string): Promise<ReturnType<typeof chineseLetters>> {
  const dictionary = async (name: string): Promise<string> =>
    packedDictionary.parse(await import(pathToFileURL(join(folder, 'opencc-js', 'dist', 'esm-lib', 'dict', `${name}.js`)).href)).default;
  return chineseLetters(await dictionary('STCharacters'), await dictionary('TSCharacters'));
}
