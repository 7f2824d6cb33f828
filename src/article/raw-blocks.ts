import { isTag, isText, type ChildNode, type Document, type Element } from 'domhandler';
import { FrameMaker, isHidden, MARK, type Frame } from './frame.js';
import { foldText, measure, type TextMeasure } from './text.js';

/** A run of text between two block boundaries, with the place it stood in. Nothing is decided yet. */
export interface RawBlock {
  readonly order: number;
  readonly frame: Frame;
  readonly text: string;
  readonly measure: TextMeasure;
  /** Share of the characters inside links, in bold, in italics: 0–1. */
  readonly linkShare: number;
  readonly boldShare: number;
  readonly italicShare: number;
  readonly links: number;
  /** Images and frames passed since the block before. */
  readonly mediaBefore: number;
  /** It follows a `<br>` or `<hr>` inside the same element. */
  readonly afterBreak: boolean;
  /** Cells of one table row, joined. */
  readonly row: boolean;
  /** Where its first link leads. */
  readonly href: string | null;
}

export interface RawImage {
  readonly element: Element;
  readonly frame: Frame;
  /** Order of the block that follows it. */
  readonly before: number;
}

export interface RawPage {
  readonly blocks: readonly RawBlock[];
  readonly images: readonly RawImage[];
  /** Units of text left unread inside `noscript`. */
  readonly root: Frame;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const SKIPPED = words('head script style template svg math iframe frame frameset object video audio canvas select option datalist map '
  + 'textarea progress meter input embed applet noframes noembed rp rt');
const INLINE = words('a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q s samp small span '
  + 'strike strong sub sup time tt u var wbr ruby rb rtc picture source track button amp-img output');
const BOLD = words('b strong');
const ITALIC = words('i em cite');
const BOLD_STYLE = /font-weight\s{0,4}:\s{0,4}(?:bold|[6-9]00)/i;
/** Indentation by which old pages mark a new paragraph after a single `<br>`. */
const INDENT = /^\s{0,8}(?:\u3000|\u00a0\s?\u00a0|\u2003|\u2002\u2002)/;
/** A line that is long and ends a sentence before a single `<br>` was a paragraph. */
const LINE_IS_PARAGRAPH = 120;
/** A block is cut at the next break beyond this, so that no text is without end. */
const LONGEST_LINE = 50_000;
/** The longest real pages (live blogs, lists of deals) have some 3,000 blocks. */
export const BLOCK_LIMIT = 6_000;

/** Walks the tree once and cuts it into blocks; iterative, so that depth costs no stack. */
export function collectBlocks(document: Document, options: { readonly noscript: boolean }): RawPage {
  const walk = new BlockWalk(options.noscript);
  walk.run(document);
  return walk.page();
}

interface Step {
  readonly node: ChildNode;
  readonly leave: boolean;
}

class BlockWalk {
  readonly #noscript: boolean;
  readonly #maker = new FrameMaker();
  readonly #root: Frame = this.#maker.root();
  readonly #blocks: RawBlock[] = [];
  readonly #images: RawImage[] = [];
  #frame: Frame = this.#root;
  #buffer = '';
  #lastPiece = '';
  #linkLength = 0;
  #boldLength = 0;
  #italicLength = 0;
  #length = 0;
  #links = 0;
  #href: string | null = null;
  #media = 0;
  #breaks = 0;
  #afterBreak = false;
  #inLink = 0;
  #inBold = 0;
  #inItalic = 0;
  #linkHref: string | null = null;
  /** Block count at the start of each open table row. */
  readonly #rows: number[] = [];

  constructor(noscript: boolean) {
    this.#noscript = noscript;
  }

  page(): RawPage {
    return { blocks: this.#blocks, images: this.#images, root: this.#root };
  }

  run(document: Document): void {
    const stack: Step[] = [];
    const push = (children: readonly ChildNode[]): void => {
      for (let at = children.length - 1; at >= 0; at -= 1) {
        const node = children[at];
        if (node !== undefined) stack.push({ node, leave: false });
      }
    };
    push(document.children);
    while (stack.length > 0 && this.#blocks.length < BLOCK_LIMIT) {
      const step = stack.pop();
      if (step === undefined) break;
      const { node } = step;
      if (isText(node)) {
        this.#text(node.data);
      } else if (isTag(node)) {
        if (step.leave) this.#leave(node);
        else if (this.#enter(node)) {
          stack.push({ node, leave: true });
          push(node.children);
        }
      }
    }
    this.#flush();
  }

  #isInline(element: Element): boolean {
    const { name } = element;
    if (INLINE.has(name)) return true;
    // Custom elements inside a paragraph or heading are glossary terms and the like; elsewhere they are layout.
    return name.includes('-') && (this.#frame.ownMarks & (MARK.paragraph | MARK.heading)) !== 0;
  }

  #enter(element: Element): boolean {
    const { name } = element;
    if (SKIPPED.has(name)) {
      if (name === 'iframe' || name === 'video' || name === 'object') this.#media += 1;
      return false;
    }
    if (name === 'noscript' && !this.#noscript) return false;
    if (name === 'br') {
      this.#breaks += 1;
      return false;
    }
    if (name === 'hr') {
      this.#flush();
      this.#afterBreak = true;
      return false;
    }
    if (name === 'img' || name === 'amp-img') {
      if (this.#images.length < 2_000) this.#images.push({ element, frame: this.#frame, before: this.#blocks.length });
      this.#media += 1;
      return false;
    }
    if (this.#isInline(element)) {
      if (name === 'button') return false;
      if (isHidden(element.attribs) && element.attribs['aria-hidden'] !== 'true') return false;
      if (name === 'a') {
        this.#inLink += 1;
        this.#linkHref = element.attribs['href'] ?? null;
      } else if (isBold(element)) this.#inBold += 1;
      else if (ITALIC.has(name)) this.#inItalic += 1;
      return true;
    }
    this.#flush();
    this.#afterBreak = false;
    if (name === 'tr') this.#rows.push(this.#blocks.length);
    this.#frame.childFrames += 1;
    this.#frame = this.#maker.open(element, this.#frame);
    return true;
  }

  #leave(element: Element): void {
    const { name } = element;
    if (this.#frame.element !== element) {
      if (name === 'a') this.#inLink -= 1;
      else if (isBold(element)) this.#inBold -= 1;
      else if (ITALIC.has(name)) this.#inItalic -= 1;
      return;
    }
    this.#flush();
    this.#afterBreak = false;
    this.#frame = this.#frame.parent ?? this.#root;
    if (name === 'tr') this.#joinRow(this.#rows.pop() ?? this.#blocks.length);
  }

  #text(data: string): void {
    const trimmed = data.trim();
    if (trimmed === '') {
      if (this.#buffer !== '') this.#buffer += data.includes('\n') ? '\n' : ' ';
      return;
    }
    if (this.#breaks > 0) {
      if (this.#buffer !== '' && (this.#breaks > 1 || INDENT.test(data) || this.#lookChanges() || this.#lineIsParagraph())) {
        this.#flush();
        this.#afterBreak = true;
      } else if (this.#buffer !== '') this.#buffer += ' ';
      else this.#afterBreak = true;
      this.#breaks = 0;
    }
    this.#buffer += data;
    this.#lastPiece = trimmed.length > 8 ? trimmed.slice(-8) : trimmed;
    this.#length += trimmed.length;
    if (this.#inLink > 0) {
      this.#linkLength += trimmed.length;
      this.#links += 1;
      this.#href ??= this.#linkHref;
    }
    if (this.#inBold > 0) this.#boldLength += trimmed.length;
    if (this.#inItalic > 0) this.#italicLength += trimmed.length;
  }

  /** A bold line before or after plain ones is a heading by look, also where only one `<br>` parts them. */
  #lookChanges(): boolean {
    if (this.#length === 0) return false;
    return this.#inBold > 0 ? this.#boldLength === 0 : this.#boldLength === this.#length;
  }

  #lineIsParagraph(): boolean {
    // Looks at the last piece only: the buffer is a rope, and reading it would flatten it again for every break.
    const end = this.#lastPiece;
    if (this.#length < LINE_IS_PARAGRAPH && !(this.#length > 50 && end.charCodeAt(0) > 0x2e80)) return false;
    return this.#length > LONGEST_LINE || /[.!?。！？؟۔।…:]["'”’»)」』]?\s*$/.test(end);
  }

  #flush(): void {
    this.#breaks = 0;
    if (this.#buffer === '') return;
    const text = foldText(this.#buffer);
    const length = Math.max(1, this.#length);
    if (text !== '') {
      this.#blocks.push({
        order: this.#blocks.length, frame: this.#frame, text, measure: measure(text),
        linkShare: this.#linkLength / length, boldShare: this.#boldLength / length, italicShare: this.#italicLength / length,
        links: this.#links, mediaBefore: this.#media, afterBreak: this.#afterBreak, row: false, href: this.#href,
      });
      this.#media = 0;
    }
    this.#buffer = '';
    this.#length = 0;
    this.#linkLength = 0;
    this.#boldLength = 0;
    this.#italicLength = 0;
    this.#links = 0;
    this.#href = null;
  }

  /** The cells of a row of data are one block; the cells of a layout table are not. */
  #joinRow(from: number): void {
    const cells = this.#blocks.slice(from);
    if (cells.length < 2 || cells.length > 24) return;
    let total = 0;
    const seen = new Set<Frame>();
    for (const cell of cells) {
      const own = (cell.frame.ownMarks & MARK.cell) === 0 ? cell.frame.parent : cell.frame;
      // A cell of several paragraphs is a column of the page, not a value; East Asian ones are short enough to look like values.
      if (own === null || (own.ownMarks & MARK.cell) === 0 || seen.has(own)) return;
      seen.add(own);
      if (cell.afterBreak || cell.text.length > 160) return;
      total += cell.text.length;
    }
    if (total > 600) return;
    const first = cells[0];
    if (first === undefined) return;
    const text = cells.map((cell) => cell.text).join(' | ');
    const share = (pick: (cell: RawBlock) => number): number =>
      cells.reduce((sum, cell) => sum + pick(cell) * cell.text.length, 0) / Math.max(1, total);
    this.#blocks.length = from;
    this.#blocks.push({
      order: from, frame: first.frame, text, measure: measure(text), linkShare: share((cell) => cell.linkShare),
      boldShare: share((cell) => cell.boldShare), italicShare: share((cell) => cell.italicShare),
      links: cells.reduce((sum, cell) => sum + cell.links, 0), mediaBefore: first.mediaBefore, afterBreak: false, row: true, href: first.href,
    });
  }
}

function isBold(element: Element): boolean {
  if (BOLD.has(element.name)) return true;
  const style = element.attribs['style'];
  return style !== undefined && element.name === 'span' && BOLD_STYLE.test(style.length > 512 ? style.slice(0, 512) : style);
}
