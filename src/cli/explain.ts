import { styleText } from 'node:util';
import type { Block } from '../article/index.js';
import type { Language } from '../language/index.js';
import { blockVerdicts, type BlockVerdict, type CutEvidence, type PageReading, type Split, type Story } from '../story/index.js';

/** Colours of successive stories, so that a cut is seen at a glance. */
const STORY_COLOURS = ['cyan', 'green', 'yellow', 'magenta', 'blue'] as const;
type Colour = (typeof STORY_COLOURS)[number];

const WIDTH = 100;
const MOST_EVIDENCE = 4;

/** The whole of a page in order: each block, what it was taken for and why. Nothing that was read is left out. */
export function explainReading(reading: PageReading): string {
  return [...aboutPage(reading), '', ...aboutBlocks(reading), '', ...aboutStories(reading.split)].map((line) => `${line}\n`).join('');
}

function aboutPage({ article, language }: PageReading): string[] {
  const facts: [string, string | null | undefined][] = [
    ['headline', article.headline && `${article.headline.value}  (from ${article.headline.from})`],
    ['bylines', article.bylines.map(({ value, from }) => `${value} (from ${from})`).join(', ')],
    ['published', article.published && `${article.published.value.iso ?? 'unknown'}  (as written: ${article.published.value.raw}; from ${article.published.from})`],
    ['site', article.siteName],
    ['canonical', article.canonicalUrl?.value],
    ['language', `${describeLanguage(language)}; the page declares ${article.declaredLanguage ?? 'none'}`],
    ['encoding', article.encoding],
    ['confidence', article.confidence.toFixed(2)],
  ];
  const lines = facts.filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${styleText('bold', name.padEnd(11))} ${value ?? ''}`);
  if (article.rejection !== null) {
    lines.unshift(styleText('red', `no story here: ${article.rejection.reason} – ${article.rejection.detail}`));
  }
  return lines;
}

/** What decided a language, in the words of `--explain`. */
const deciders: Readonly<Record<Language['decidedBy'], string>> = {
  script: 'its script', ngrams: 'its letters and words', declared: 'the declaration', history: 'the source’s earlier pages',
  franc: 'franc, outside the table', none: 'nothing: no known language fits',
};

/** A language, how sure, what decided, and what it might be instead. */
export function describeLanguage({ tag, confidence, decidedBy, group, alternatives }: Language): string {
  const others = alternatives.map((other) => `${other.tag} ${other.confidence.toFixed(2)}`).join(', ');
  return `${tag} (confidence ${confidence.toFixed(2)}, by ${deciders[decidedBy]}${others === '' ? '' : `; else ${others}`}${group === undefined ? '' : `; siblings ${group}`})`;
}

function aboutBlocks(reading: PageReading): string[] {
  const { blocks, furniture } = reading.article;
  const byIndex = new Map([...blocks, ...furniture].map((block) => [block.index, block]));
  return [
    styleText('bold', 'block  kind       taken for · why · text'),
    ...blockVerdicts(reading).map((verdict) => {
      const block = byIndex.get(verdict.index);
      const head = `${String(verdict.index).padStart(5)}  ${(block === undefined ? verdict.kind : kindOf(block)).padEnd(10)}`;
      const [taken, why] = inWords(verdict);
      return `${head} ${styleText(colourOf(verdict), `${taken} · ${why} ·`)} ${clip(verdict.text)}`;
    }),
  ];
}

/** What a block was taken for, and why. */
function inWords({ taken, story, furniture, why, evidence, dateline }: BlockVerdict): [string, string] {
  const of = `story ${(story ?? 0) + 1}`;
  if (taken === 'page-headline') return ['headline of the page', why];
  if (taken === 'page-furniture') return ['furniture of the page', why];
  if (taken === 'furniture') return [`furniture: ${furniture ?? ''}`, why];
  if (taken === 'outside') return ['nothing', why];
  if (taken === 'text') return [`${of}: text`, dateline === null ? why : `"${dateline}": ${why}`];
  return [`${of}: ${taken}`, weightiest(evidence)];
}

function colourOf({ taken, story }: BlockVerdict): Colour | 'gray' {
  if (taken === 'page-headline') return 'cyan';
  return story === null ? 'gray' : (STORY_COLOURS[story % STORY_COLOURS.length] ?? 'cyan');
}

/** The pieces of evidence that weighed most, for and against. */
function weightiest(pieces: readonly CutEvidence[]): string {
  const shown = pieces.filter(({ weight }) => weight !== 0).toSorted((left, right) => Math.abs(right.weight) - Math.abs(left.weight)).slice(0, MOST_EVIDENCE);
  return shown.length === 0 ? 'the page begins here' : shown.map(({ kind, weight }) => `${kind} ${weight >= 0 ? '+' : ''}${weight.toFixed(1)}`).join(', ');
}

const kindOf = (block: Block): string =>
  block.kind === 'heading' ? `heading ${block.byLook === true ? '(look)' : (block.level ?? '')}` : block.kind;

function aboutStories({ stories }: Split): string[] {
  return stories.flatMap((story, index) => {
    const colour = STORY_COLOURS[index % STORY_COLOURS.length] ?? 'cyan';
    return [
      styleText(colour, `story ${index + 1} of ${stories.length}: ${story.headline ?? '(no headline)'}`),
      `  dateline  ${describeDateline(story)}`,
      `  bylines   ${story.bylines.join(', ') || 'none'}`,
      `  language  ${describeLanguage(story.language)}, ${story.language.direction}`,
      `  text      ${story.body.length} blocks, ${story.body.reduce((total, block) => total + block.text.length, 0)} characters; cut with confidence ${story.confidence.toFixed(2)}`,
    ];
  });
}

/** Places, agency and date of a story's dateline, in one line. */
export function describeDateline(story: Story): string {
  const { dateline } = story;
  if (dateline === null) return 'none';
  const places = dateline.places.map((place) => place.name + (place.englishName === undefined ? '' : ` [${place.englishName}${place.countryCode === undefined ? '' : `, ${place.countryCode}`}]`));
  const inherited = story.datelineInherited ? ` (inherited from story ${(story.datelineFrom ?? 0) + 1})` : '';
  return `${places.join(' / ')}; agency ${dateline.agency?.id ?? dateline.agency?.raw ?? 'none'}; date ${dateline.date?.iso ?? 'none'}${inherited}`;
}

/** As much of a text as a line shows. */
export function clip(text: string): string {
  const characters = Array.from(text);
  return characters.length <= WIDTH ? text : `${characters.slice(0, WIDTH - 1).join('')}…`;
}
