import type { SourceConfig, SourceInput } from '../config/index.js';
import { bundledAgencies, type Agency } from '../dateline/index.js';
import { siteOf } from '../feed/index.js';
import { canonicalTag, detectLanguage, languageOf, sameLanguage, UNDETERMINED } from '../language/index.js';
import type { FoundFeed } from './find-feed.js';
import { freeId, siteName } from './source-naming.js';
import type { PageLook } from './source-look.js';
import { zonesOfTimes } from './zone-of-times.js';

/** An entry for `config/sources.yaml`, and why it says what it says. */
export interface Proposal {
  readonly source: SourceInput;
  readonly remarks: readonly string[];
}

export interface ProposalInit {
  readonly found: FoundFeed;
  /** Null where no page could be read. */
  readonly page: Pick<PageLook, 'reading' | 'item'> | null;
  readonly sources: readonly Pick<SourceConfig, 'id'>[];
  /** As the user wants them. */
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly allowPrivate: boolean;
}

const LONGEST_NAME = 200;
const SAMPLE_LENGTH = 8_000;
const TITLES = 30;

export function proposeSource({ found, page, sources, id, name, allowPrivate }: ProposalInit): Proposal {
  const { feed, address } = found;
  const language = proposeLanguage(found, page);
  const agency = proposeAgency(found, page);
  const zone = proposeZone(found, agency.row);
  const words = [agency.row?.id ?? siteName(address), language.tag === undefined ? '' : languageOf(language.tag)].filter((word) => word !== '');
  const title = (name ?? feed.title ?? page?.reading.article.siteName ?? '').slice(0, LONGEST_NAME);
  return {
    source: {
      id: id ?? freeId([words.join('-')], new Set(sources.map((source) => source.id))),
      ...(title === '' ? {} : { name: title }),
      url: address,
      enabled: true,
      ...(language.tag === undefined ? {} : { language: language.tag }),
      ...(zone.zone === undefined ? {} : { timeZone: zone.zone }),
      ...(agency.row === null ? {} : { agency: agency.row.id }),
      ...(allowPrivate ? { allowPrivate } : {}),
    },
    remarks: [language.remark, zone.remark, agency.remark].filter((remark) => remark !== ''),
  };
}

function proposeLanguage({ feed }: FoundFeed, page: Pick<PageLook, 'reading' | 'item'> | null): { readonly tag: string | undefined; readonly remark: string } {
  const body = page?.reading.split.stories.flatMap((story) => story.body.map((block) => block.text)) ?? [];
  const titles = feed.items.slice(0, TITLES).flatMap((item) => item.title ?? []);
  const detected = detectLanguage([...body, ...titles].join('\n').slice(0, SAMPLE_LENGTH));
  const written = feed.language ?? page?.item.language ?? page?.reading.article.declaredLanguage ?? null;
  const declared = written === null ? UNDETERMINED : canonicalTag(written);
  if (detected.tag === UNDETERMINED) {
    return declared === UNDETERMINED ? { tag: undefined, remark: 'language: neither declared nor told from the text' } : { tag: declared, remark: `language: ${declared}, as declared; the text is too short to tell` };
  }
  if (declared === UNDETERMINED) return { tag: detected.tag, remark: `language: ${detected.tag}, told from the text; none is declared` };
  if (sameLanguage(declared, detected.tag)) return { tag: declared, remark: `language: ${declared}, declared and told from the text alike` };
  return { tag: detected.tag, remark: `language: reads as ${detected.tag} (confidence ${detected.confidence.toFixed(2)}), though ${declared} is declared` };
}

/** The zone of the country, where only one fits the offsets that the feed writes; a guess would be worse than none. */
function proposeZone({ feed, address }: FoundFeed, agency: Agency | null): { readonly zone: string | undefined; readonly remark: string } {
  const zones = zonesOfTimes(feed, [...new Set([agency?.country ?? '', countryOfHost(address), regionOf(feed.language)])].filter((country) => country !== ''));
  const [zone, ...more] = zones;
  if (zone === undefined) return { zone: undefined, remark: '' };
  if (more.length === 0) return { zone, remark: `time zone: ${zone}, by the offsets that the feed writes` };
  return { zone: undefined, remark: `time zone: left out, for several fit the offsets that the feed writes (${zones.slice(0, 4).join(', ')}${zones.length > 4 ? ' …' : ''})` };
}

/** Top-level domains of countries are their ISO codes, but for the United Kingdom's. */
function countryOfHost(address: string): string {
  const label = (URL.canParse(address) ? new URL(address).hostname : '').split('.').at(-1)?.toUpperCase() ?? '';
  return label === 'UK' ? 'GB' : /^[A-Z]{2}$/.test(label) ? label : '';
}

function regionOf(tag: string | null): string {
  try {
    return tag === null ? '' : new Intl.Locale(tag).region ?? '';
  } catch {
    return '';
  }
}

/** The agency whose site it is, or whose name both datelines and feed bear. A dateline alone does not do: papers print other people's copy. */
function proposeAgency({ feed, address, url }: FoundFeed, page: Pick<PageLook, 'reading' | 'item'> | null): { readonly row: Agency | null; readonly remark: string } {
  const rows = bundledAgencies();
  const sites = new Set([address, url].map(siteOfAddress));
  const home = rows.find((row) => sites.has(siteOfAddress(row.home)));
  if (home !== undefined) return { row: home, remark: `agency: ${home.id}, whose site it is` };
  const stories = page?.reading.split.stories ?? [];
  const named = rows.find(({ id }) => stories.some((story) => story.dateline?.agency?.id === id));
  if (named === undefined) return { row: null, remark: '' };
  const titles = [feed.title, page?.reading.article.siteName].map((text) => words(text ?? ''));
  if (named.names.some((name) => titles.some((title) => title.includes(words(name))))) return { row: named, remark: `agency: ${named.id}, by the dateline of the page and the name of the feed` };
  return { row: null, remark: `agency: left out; a dateline of the page credits ${named.id}, so set agency: ${named.id} if the wire is theirs` };
}

const siteOfAddress = (url: string): string => (URL.canParse(url) ? siteOf(new URL(url).hostname) : '');

/** Words with a blank on either side, so that a short name is found as a word only. */
const words = (text: string): string => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()} `;
