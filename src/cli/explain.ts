import { styleText } from 'node:util';
import type { Block } from '../article/index.js';
import type { Language } from '../language/index.js';
import type { PageReading, Split, Story } from '../story/index.js';

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

interface Line {
  readonly block: Block;
  readonly taken: string;
  readonly why: string;
  readonly colour: Colour | 'gray';
}

function aboutBlocks({ article, split }: PageReading): string[] {
  const kept = article.blocks.map((block, position) => describeBlock(block, position, split));
  const removed = article.furniture.map((block): Line => block.reason === 'headline'
    ? { block, taken: 'headline of the page', why: `from ${article.headline?.from ?? 'the page'}`, colour: 'cyan' }
    : { block, taken: 'furniture of the page', why: block.reason, colour: 'gray' });
  const lines = [...kept, ...removed].sort((left, right) => left.block.index - right.block.index);
  return [
    styleText('bold', 'block  kind       taken for · why · text'),
    ...lines.map(({ block, taken, why, colour }) => {
      const head = `${String(block.index).padStart(5)}  ${kindOf(block).padEnd(10)}`;
      return `${head} ${styleText(colour, `${taken} · ${why} ·`)} ${clip(block.text)}`;
    }),
  ];
}

function describeBlock(block: Block, position: number, split: Split): Line {
  const furniture = split.furniture.find((entry) => entry.position === position);
  if (furniture !== undefined) return { block, taken: `furniture: ${furniture.kind}`, why: furniture.reason, colour: 'gray' };
  const number = split.stories.findIndex((story) => position >= story.start && position <= story.end);
  const story = split.stories[number];
  if (story === undefined) return { block, taken: 'nothing', why: 'outside every story', colour: 'gray' };
  const colour = STORY_COLOURS[number % STORY_COLOURS.length] ?? 'cyan';
  if (position === story.headlineBlock) return { block, taken: `story ${number + 1}: headline`, why: evidence(story), colour };
  if (position === story.start) return { block, taken: `story ${number + 1}: begins`, why: evidence(story), colour };
  const ownDateline = story.dateline !== null && !story.datelineInherited && block.text.includes(story.dateline.raw);
  return {
    block, colour,
    taken: `story ${number + 1}: text`,
    why: ownDateline ? `dateline "${story.dateline?.raw ?? ''}" (${story.dateline?.order ?? ''})` : 'between its beginning and its end',
  };
}

/** The pieces of evidence that weighed most, for and against. */
function evidence({ evidence: pieces }: Story): string {
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
