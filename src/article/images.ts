import type { Frame } from './frame.js';
import { HINT } from './class-words.js';
import { MARK } from './frame.js';
import { isNode, listOf, stringOf, type LinkedNode } from './json-ld.js';
import { firstMeta, type MetaTags } from './meta-tags.js';
import { isCaptionBlock } from './open-page.js';
import type { RawBlock, RawPage } from './raw-blocks.js';
import { foldText } from './text.js';
import type { ArticleImage } from './types.js';

const MOST = 40;
const SMALLEST = 100;
const NO_PICTURE = /(?:^|[/_.-])(?:pixel|spacer|blank|logo|icon|avatar|sprite|1x1|placeholder|loading|emoji|badge)(?:[/_.-]|$)|\.svg(?:$|\?)|^data:/i;
/** "(Photo: Jane Doe/AP)", "Foto: dpa", "© Reuters" at the end of a caption. */
const CREDIT = /[（(\s–|—-]{0,3}(?:photo(?:graph)?(?:\s?(?:by|credit|courtesy))?|foto|bild|image(?:\s?credit)?|credit|crédits?(?:\sphoto)?|фото|صورة|تصوير|عکس|צילום|写真|사진|图|圖|攝影|©|\(c\))\s?[:：/]?\s?([^()（）]{2,80})[)）]?\.?$/iu;

/** Pictures of the story in page order: the one the page names first, then those in the story's span. */
export function readImages(page: RawPage, kept: readonly RawBlock[], headlineAt: number, meta: MetaTags, node: LinkedNode | null, base: string | null): ArticleImage[] {
  const images = new Map<string, ArticleImage>();
  const add = (written: string | null | undefined, caption?: string, credit?: string): void => {
    const url = written === null || written === undefined ? null : absolute(written, base);
    if (url === null || images.size >= MOST) return;
    images.set(url, { url, ...(caption === undefined ? {} : { caption }), ...(credit === undefined ? {} : { credit }), ...images.get(url) });
  };
  const addLinked = (image: unknown): void => {
    if (!isNode(image)) add(typeof image === 'string' ? image : null);
    else add(stringOf(image, 'url') ?? stringOf(image, 'contentUrl'), folded(stringOf(image, 'caption')), folded(stringOf(image, 'creditText') ?? stringOf(image, 'creator')));
  };
  add(firstMeta(meta, 'og:image:secure_url', 'og:image', 'twitter:image', 'twitter:image:src')?.value);
  if (node !== null) for (const image of listOf(node, 'image').slice(0, 5)) addLinked(image);
  const from = Math.min(headlineAt === -1 ? Infinity : headlineAt, kept[0]?.order ?? Infinity) - 3;
  const to = (kept.at(-1)?.order ?? -1) + 1;
  for (const { element, frame, before } of page.images) {
    if (before < from || before > to || (frame.allMarks & (MARK.nav | MARK.footer | MARK.aside)) !== 0 || (frame.nearHints & (HINT.related | HINT.teaser | HINT.promo)) !== 0) continue;
    const { attribs } = element;
    if ([attribs['width'], attribs['height']].some((size) => size !== undefined && Number(size) > 0 && Number(size) < SMALLEST)) continue;
    const source = [attribs['data-src'], attribs['data-original'], attribs['data-lazy-src'], attribs['src'], attribs['data-srcset'] ?? attribs['srcset']]
      .find((one) => one !== undefined && one !== '' && !one.startsWith('data:'))?.trim().split(/\s/, 1)[0];
    if (source === undefined || NO_PICTURE.test(source.slice(0, 500))) continue;
    const texts = captionOf(page, frame, before);
    const caption = texts?.find((text) => text.length > 0);
    const credit = texts === null ? undefined : CREDIT.exec(texts.join(' ').slice(-200))?.[1]?.trim();
    add(source, caption, credit);
  }
  return [...images.values()];
}

function folded(written: string | null): string | undefined {
  const text = written === null ? '' : foldText(written.slice(0, 2_000));
  return text === '' ? undefined : text;
}

/** Caption blocks of the same figure, or the caption that follows the picture. */
function captionOf(page: RawPage, frame: Frame, before: number): string[] | null {
  let figure: Frame | null = frame;
  while (figure !== null && (figure.ownMarks & MARK.figure) === 0) figure = figure.parent;
  const next = page.blocks.slice(Math.max(0, before - 1), before + 4);
  const own = next.filter((block) => (figure === null ? isCaptionBlock(block) && block.order >= before : inFrame(block.frame, figure)));
  return own.length === 0 ? null : own.map(({ text }) => text);
}

function inFrame(frame: Frame, outer: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.parent) if (at === outer) return true;
  return false;
}

function absolute(written: string, base: string | null): string | null {
  const url = URL.canParse(written.trim(), base ?? undefined) ? new URL(written.trim(), base ?? undefined) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
