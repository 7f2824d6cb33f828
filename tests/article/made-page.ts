import { readArticle, type Article, type ArticleItemHint } from '../../src/article/index.js';

export const LEAD = 'The harbour of the old town reopened on Monday, two days after a storm tore the roof off the fish market, officials said.';
export const MORE = 'Ferries to the islands were running again by noon, although the port authority warned of delays until the end of the week.';
export const LAST = 'No one was hurt, but the mayor put the damage at three million and asked the government for help with the repairs.';
export const STORY: readonly string[] = [LEAD, MORE, LAST];
/** Text of another story, as good as the first. */
export const OTHER = 'The council of the port told reporters on Tuesday that the road to the eastern pier will be closed for three weeks from June. Drivers were asked to use the northern bridge, which opens at five.';

/** Pieces of mark-up by place: in the head, before and behind the article, between headline and text, behind the text. */
export interface MadePage {
  readonly head?: string;
  readonly before?: string;
  readonly top?: string;
  readonly foot?: string;
  readonly after?: string;
  readonly lang?: string;
  readonly url?: string;
  readonly item?: ArticleItemHint;
}

export function readMade({ head = '', before = '', top = '', foot = '', after = '', lang = 'en', url = 'https://news.example/a/1', item }: MadePage): Article {
  const html = `<html lang="${lang}"><head><title>Harbour reopens</title>${head}</head><body>${before}<article><h1>Harbour reopens</h1>${top}
    ${STORY.map((text) => `<p>${text}</p>`).join('\n')}${foot}</article>${after}</body></html>`;
  return readArticle(html, item === undefined ? { url } : { url, item });
}

export const textsOf = ({ blocks }: Article): string[] => blocks.map(({ text }) => text);

/** JSON-LD of the article, with more fields. */
export const linkedArticle = (fields: object): string => linkedData({ '@type': 'NewsArticle', headline: 'Harbour reopens', ...fields });
export const linkedData = (data: object): string => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
