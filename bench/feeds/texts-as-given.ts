import { load } from 'cheerio';
import { z } from 'zod';

const expectation = z.object({
  id: z.string(), real: z.literal(true), kind: z.literal('feed'),
  expect: z.object({ entries: z.array(z.object({ i: z.number(), content: z.string().optional(), summary: z.string().optional() })).optional() }),
});
const prediction = z.object({ id: z.string(), result: z.object({ entries: z.array(z.object({ content: z.string().nullish(), summary: z.string().nullish() })) }) });

const bare = (text: string): string => text.normalize('NFC').replace(/\s+/gu, '');

/** What a browser would show of HTML, without white space. */
function shown(html: string): string {
  const page = load(html, null, false);
  page('script, style, iframe').remove();
  return bare(page.root().text());
}

/**
 * Holds the texts read from real feeds against the gold, letter for letter, white space apart. The gold is plain text in most of
 * them, HTML in some. Where a plain text tells of mark-up (`<html>` in a sample of code), a scorer that takes the tags out of both
 * sides takes a part of that text away; which ones these are is told.
 */
export function tellTextsAsGiven(cases: readonly unknown[], rows: readonly unknown[]): void {
  const predictions = new Map(rows.flatMap((row) => {
    const read = prediction.safeParse(row);
    return read.success ? [[read.data.id, read.data.result.entries] as const] : [];
  }));
  let [texts, equal, feeds] = [0, 0, 0];
  const different: string[] = [];
  const asPlainOnly: string[] = [];
  for (const one of cases) {
    const read = expectation.safeParse(one);
    if (!read.success) continue;
    const { id, expect: { entries = [] } } = read.data;
    feeds += 1;
    let [wrong, plainOnly] = [0, 0];
    for (const { i, content, summary } of entries) {
      const given = predictions.get(id)?.[i];
      for (const gold of [content, summary].filter((text) => text !== undefined)) {
        texts += 1;
        const ours = [given?.content, given?.summary].map((html) => shown(html ?? ''));
        const [asPlain, asHtml] = [ours.includes(bare(gold)), ours.includes(shown(gold))];
        if (asPlain || asHtml) equal += 1;
        else wrong += 1;
        if (asPlain && !asHtml) plainOnly += 1;
      }
    }
    if (wrong > 0) different.push(`${id} (${wrong})`);
    if (plainOnly > 0) asPlainOnly.push(`${id} (${plainOnly})`);
  }
  console.log(`texts of ${feeds} real feeds: ${equal} of ${texts} are the gold, white space apart; not so: ${different.join(', ') || 'none'}`);
  console.log(`of these, only as long as what looks like tags in the gold's plain text is left in it: ${asPlainOnly.join(', ') || 'none'}`);
}
