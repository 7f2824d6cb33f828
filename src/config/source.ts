import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { duration } from './quantities.js';

const isLanguageTag = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const ADDRESS = /^(?:https?:\/\/[^\s/?#]+[^\s]*|sample:[A-Za-z0-9._/-]*)$/;
const selector = z.string().min(1).max(1000);

const rulesSchema = z.strictObject({
  title: selector.optional().describe('CSS selector of the headline'),
  body: selector.optional().describe('CSS selector of the text'),
  remove: selector.optional().describe('CSS selector of what is taken out before reading'),
  byline: selector.optional().describe('CSS selector of the authors'),
  date: selector.optional().describe('CSS selector of the time of publication'),
  captions: selector.optional().describe('CSS selector of picture captions'),
});

/** One entry of `config/sources.yaml`. */
export const sourceSchema = z.strictObject({
  id: z.string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'expected small letters, digits, . _ - and at most 64 of them' })
    .describe('Short name, used in the ledger, in story records and on the command line; never change it'),
  name: z.string().min(1).max(200).optional().describe('Name for people; the id where there is none'),
  kind: z.enum(['feed', 'folder']).default('feed')
    .describe('feed: an address that is asked; folder: a folder of this machine into which an agency puts wire files'),
  url: z.string().max(2000)
    .regex(ADDRESS, { error: 'expected an http:// or https:// address, or sample: for the bundled wire' }).optional()
    .describe('Address of the feed or news sitemap, which every source but a folder needs; sample: is the bundled wire'),
  path: z.string().max(4000).refine(isAbsolute, { error: 'expected a path from the root of the file system' }).optional()
    .describe('Folder of wire files (NewsML-G2, NewsML 1.2, NITF, ninjs, IPTC 7901, ANPA 1312), for kind: folder. Files read go to .taken in it, unreadable ones to .unreadable'),
  pattern: z.string().min(1).max(200).optional()
    .describe('Names of the files to read, for kind: folder: * stands for any letters, ? for one; * where there is none'),
  keepTaken: duration({ min: '1m', max: '3650d' }).optional()
    .describe('How long files that were read stay in .taken, for kind: folder; 30d where it is not set. What lies in .unreadable stays until a person has seen it'),
  enabled: z.boolean().default(true).describe('Whether it is polled'),
  language: z.string().refine(isLanguageTag, { error: 'expected a language tag (BCP 47), such as ar, zh-Hans or pt-BR' }).optional()
    .describe('Language the source declares; a hint, each story is still looked at'),
  timeZone: z.string().refine(isTimeZone, { error: 'expected a time zone name, such as Asia/Damascus' }).optional()
    .describe('Zone of times that the source writes without one'),
  agency: z.string().min(1).max(64).optional().describe('Id of the agency whose wire it is, for datelines'),
  stories: z.enum(['one', 'many', 'auto']).default('auto').describe('Whether its pages hold one story, or several that must be cut'),
  rules: rulesSchema.optional().describe('Selectors for pages that are read wrongly without'),
  headingSelector: selector.optional().describe('CSS selector of the headings that begin a story within a page'),
  teaserSelector: selector.optional().describe('CSS selector of boxes that point to other stories'),
  headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'expected a header name' }),
    // oxlint-disable-next-line no-control-regex -- control characters are just what a header's value may not hold
    z.string().regex(/^[^\x00-\x08\x0a-\x1f\x7f]*$/, { error: 'a header may not hold control characters' })).optional()
    .describe('Extra request headers; never logged'),
  proxy: z.url({ protocol: /^https?$/, error: 'expected an http:// or https:// address' }).optional().describe('HTTP proxy for this source'),
  allowPrivate: z.boolean().default(false).describe('Let it reach private, loopback and link-local addresses'),
  interval: duration({ min: '100ms', max: '30d' }).optional().describe('Fixed time between two polls, instead of following its rhythm'),
  tags: z.array(z.string().min(1).max(64)).max(64).default([]).describe('Words of your own, to pick sources by'),
  robots: z.enum(['obey', 'ignore']).default('obey').describe('Whether robots.txt is obeyed; ignore only what is yours'),
}).superRefine(({ kind, url, path, pattern, keepTaken }, context) => {
  const wrong = (key: string, message: string): void => context.addIssue({ code: 'custom', path: [key], message });
  if (kind === 'feed' && url === undefined) wrong('url', 'is missing: the address of the feed');
  if (kind === 'folder' && path === undefined) wrong('path', 'is missing: the folder of the wire files');
  if (kind === 'folder' && url !== undefined) wrong('url', 'belongs to kind: feed; a folder has a path');
  if (kind === 'feed' && path !== undefined) wrong('path', 'belongs to kind: folder');
  if (kind === 'feed' && pattern !== undefined) wrong('pattern', 'belongs to kind: folder');
  if (kind === 'feed' && keepTaken !== undefined) wrong('keepTaken', 'belongs to kind: folder');
  // For editors, whose schema cannot hold the rules above.
}).meta({ anyOf: ['url', 'path'].map((key) => ({ type: 'object', properties: { [key]: { type: 'string' } }, required: [key] })) }).transform(({ path, pattern, keepTaken, ...source }) => ({
  ...source,
  name: source.name ?? source.id,
  url: source.url ?? (path === undefined ? '' : pathToFileURL(path).href),
  ...(path === undefined ? {} : { folder: { path, pattern: pattern ?? '*', keepMs: keepTaken ?? KEEP_TAKEN_MS }, interval: source.interval ?? LOOK_MS }),
}));

/** Time between two looks into a folder where none is set; a look costs next to nothing. */
const LOOK_MS = 2_000;
const KEEP_TAKEN_MS = 30 * 86_400_000;

/** Where the files of a source of kind `folder` lie. */
export type FolderPlace = NonNullable<z.output<typeof sourceSchema>['folder']>;

/** The whole of `config/sources.yaml`. Ids are checked for being unique where the file is read, so that both lines can be named. */
export const sourcesFileSchema = z.strictObject({
  sources: z.array(sourceSchema).nullable().transform((sources) => sources ?? []).describe('The sources, one entry each'),
}).describe('Sources of Dateline');

/** A source, complete: `name` is set, `interval` in milliseconds. */
export type SourceConfig = z.output<typeof sourceSchema>;
export type SourceInput = z.input<typeof sourceSchema>;

/** Whether the source is read from the bundled sample wire instead of the network. */
export const isSampleSource = (source: { readonly url: string }): boolean => source.url.startsWith('sample:');
