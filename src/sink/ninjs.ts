import { storyRecordSchema, type StoryRecord } from '../story/index.js';
import { toUri } from './uri.js';

/** A story as IPTC ninjs 3.1: https://iptc.org/std/ninjs/ninjs-schema_3.1.json. Only the properties that Dateline can fill. */
export interface NinjsItem {
  readonly uri: string;
  readonly standard: { readonly name: 'ninjs'; readonly version: '3.1'; readonly schema: string };
  readonly type: 'text';
  readonly representationType: 'full';
  readonly version: string;
  readonly pubStatus: 'usable' | 'canceled';
  readonly language: string;
  readonly versionCreated: string;
  readonly firstCreated?: string;
  readonly embargoedUntil?: string;
  readonly urgency?: number;
  readonly copyrightNotice?: string;
  readonly edNote?: string;
  readonly title?: string;
  readonly by?: string;
  readonly located?: string;
  readonly headlines?: readonly Text[];
  readonly descriptions?: readonly Text[];
  readonly bodies: readonly (Text & { readonly charCount?: number })[];
  readonly people?: readonly { readonly name: string; readonly rel: string }[];
  readonly organisations?: readonly { readonly name: string; readonly rel: string; readonly literal?: string }[];
  readonly places?: readonly { readonly name: string; readonly rel: string; readonly literal?: string }[];
  readonly subjects?: readonly { readonly name: string }[];
  readonly infoSources: readonly { readonly name: string; readonly role: string; readonly uri?: string; readonly literal?: string }[];
  readonly altIds: readonly { readonly role: string; readonly value: string }[];
  readonly associations?: readonly Association[];
}

interface Text {
  readonly role?: string;
  readonly contentType?: string;
  readonly value: string;
}

interface Association {
  readonly name: string;
  readonly uri: string;
  readonly rel: string;
  readonly type?: 'picture' | 'text';
  readonly by?: string;
  readonly descriptions?: readonly Text[];
  readonly renditions?: readonly { readonly name: string; readonly href: string }[];
}

const SCHEMA = 'https://iptc.org/std/ninjs/ninjs-schema_3.1.json';

/** The same for every version of a story; ninjs wants a URI, and ids are ours alone. */
const storyUri = (id: string): string => `urn:x-dateline:${id}`;

/**
 * A story record in ninjs 3.1, valid against IPTC's schema. A withdrawn story is `canceled`; what the dateline names is `located`
 * and a place with the relation `placeOfOrigin`; pictures are associations. A time without a clock or a zone is left out, because
 * ninjs knows only whole ones.
 */
export function toNinjs(story: StoryRecord): NinjsItem {
  const { dateline, source } = story;
  const published = dateTime(story.publishedAt?.iso);
  const embargoed = dateTime(story.embargoedUntil);
  const headlines: Text[] = [
    ...texts('main', story.headline),
    ...texts('kicker', story.kicker),
  ];
  const [located] = dateline?.places ?? [];
  const feed = toUri(source.feedUrl);
  const associations = [
    ...story.media.flatMap(picture),
    ...relatives('duplicateOf', story.duplicateOf),
    ...relatives('cluster', story.cluster),
  ];
  return {
    uri: storyUri(story.id),
    standard: { name: 'ninjs', version: '3.1', schema: SCHEMA },
    type: 'text',
    representationType: 'full',
    version: String(story.version),
    pubStatus: story.status === 'withdrawn' ? 'canceled' : 'usable',
    language: story.language.tag,
    versionCreated: dateTime(story.updatedAt?.iso) ?? (story.version === 1 ? published : undefined) ?? story.fetchedAt,
    ...(published === undefined ? {} : { firstCreated: published }),
    ...(embargoed === undefined ? {} : { embargoedUntil: embargoed }),
    ...(story.urgency === undefined ? {} : { urgency: story.urgency }),
    ...(isNothing(story.rights) ? {} : { copyrightNotice: story.rights }),
    ...(editorsNote(story)),
    ...(isNothing(story.headline) ? {} : { title: story.headline }),
    ...(story.bylines.length === 0 ? {} : { by: story.bylines.join(', ') }),
    ...(located === undefined ? {} : { located: located.name }),
    ...some('headlines', headlines),
    ...some('descriptions', texts('summary', story.summary)),
    bodies: [
      { role: 'main', contentType: 'text/plain', charCount: story.body.text.length, value: story.body.text },
      { role: 'main', contentType: 'text/html', value: toHtml(story.body.blocks) },
    ],
    ...some('people', story.bylines.map((name) => ({ name, rel: 'author' }))),
    ...some('organisations', dateline?.agency === undefined || dateline.agency === null ? [] : [
      { name: dateline.agency.raw, rel: 'agency', ...(dateline.agency.id === null ? {} : { literal: dateline.agency.id }) },
    ]),
    ...some('places', (dateline?.places ?? []).map(({ name, englishName, country, countryCode }) => ({
      name: englishName ?? name, rel: 'placeOfOrigin',
      ...(countryCode === undefined && country === undefined && englishName === undefined ? {}
        : { literal: [name, countryCode ?? country].filter((part) => part !== undefined).join(', ') }),
    }))),
    ...some('subjects', story.subjects.map((name) => ({ name }))),
    infoSources: [{ name: source.name, role: 'source', literal: source.id, ...(feed === null ? {} : { uri: feed }) }],
    altIds: [
      { role: 'dateline', value: story.id },
      { role: 'url', value: story.canonicalUrl ?? story.url },
      { role: 'feedItem', value: story.itemId },
      { role: 'fingerprint', value: story.fingerprint },
    ],
    ...some('associations', associations),
  };
}

/** A record's line as ninjs, in one line of JSON. */
export const ninjsLine = (record: string): string => JSON.stringify(toNinjs(storyRecordSchema.parse(JSON.parse(record))));

const isNothing = (text: string | null | undefined): text is null | undefined | '' => text === null || text === undefined || text === '';
const texts = (role: string, value: string | null): Text[] => (isNothing(value) ? [] : [{ role, value }]);
const some = <Name extends string, T>(name: Name, values: readonly T[]): { readonly [K in Name]?: readonly T[] } =>
  (values.length === 0 ? {} : { [name]: values }) as { readonly [K in Name]?: readonly T[] };

function editorsNote({ status, version, withdrawal, previousVersion }: StoryRecord): { readonly edNote?: string } {
  if (status === 'withdrawn') return { edNote: `Withdrawn${withdrawal === undefined ? '' : ` (${withdrawal})`}: do not use, and take back what was published` };
  if (status === 'corrected') return { edNote: `Correction${previousVersion === undefined ? '' : `: replaces version ${previousVersion}`}` };
  return version > 1 && previousVersion !== undefined ? { edNote: `Update: replaces version ${previousVersion}` } : {};
}

const picture = ({ url, caption, credit }: StoryRecord['media'][number], at: number): Association[] => {
  const href = toUri(url);
  return href === null ? [] : [{
    name: `picture-${at + 1}`, uri: href, rel: 'picture', type: 'picture',
    ...(isNothing(credit) ? {} : { by: credit }),
    ...(isNothing(caption) ? {} : { descriptions: [{ role: 'caption', value: caption }] }),
    renditions: [{ name: 'original', href }],
  }];
};

const relatives = (rel: string, id: string | undefined): Association[] =>
  id === undefined ? [] : [{ name: rel, rel, uri: storyUri(id), type: 'text' }];

/** RFC 3339 as the schema's `date-time` wants it; undefined for a bare date, a local time or none at all. */
function dateTime(iso: string | null | undefined): string | undefined {
  if (isNothing(iso) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(iso)) return undefined;
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

const ELEMENTS = { heading: 'h2', paragraph: 'p', 'list-item': 'li', quote: 'blockquote', 'table-row': 'p', caption: 'figcaption', embed: 'p' } as const;
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function toHtml(blocks: StoryRecord['body']['blocks']): string {
  return blocks.map(({ kind, text }) => `<${ELEMENTS[kind]}>${text.replaceAll(/[&<>"]/g, (sign) => MARKUP[sign] ?? sign)}</${ELEMENTS[kind]}>`).join('');
}
