import { z } from 'zod';
import { jsonLinesFiles, readJsonLines } from '../benchmark.js';

const textRow = z.object({ id: z.string(), lang: z.string(), len: z.string(), text: z.string(), origin: z.string() });
const mixedRow = z.object({
  id: z.string(),
  paragraphs: z.array(z.object({ lang: z.string(), text: z.string() })),
  origin: z.string(),
});

/** One labelled text. `len` is the corpus' name of its length; `lang` is BCP 47, `und` for texts of no language. */
export type GoldText = z.infer<typeof textRow>;
/** A document whose paragraphs are in several languages. */
export type GoldDocument = z.infer<typeof mixedRow>;

export interface Gold {
  readonly texts: readonly GoldText[];
  readonly documents: readonly GoldDocument[];
}

/** Every gold file of a folder, told apart by the form of its rows. Throws on a row of neither form. */
export function readGold(folder: string): Gold {
  const texts: GoldText[] = [];
  const documents: GoldDocument[] = [];
  for (const row of jsonLinesFiles(folder).flatMap(readJsonLines)) {
    const document = mixedRow.safeParse(row);
    if (document.success) documents.push(document.data);
    else texts.push(textRow.parse(row));
  }
  return { texts, documents };
}
