/** Namespaces by URI, not by prefix: the names feeds give them, and the usual prefix we know each by. */

/** Lower case, without scheme, `www.` and closing `/` or `#`: feeds misspell all of these. */
const fold = (uri: string): string => uri.trim().toLowerCase().replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/[/#]+$/, '');

/** Canonical prefix ('' = the elements of RSS itself) and the URIs that mean it. */
export const NAMESPACES: Readonly<Record<string, readonly string[]>> = {
  '': [
    'http://backend.userland.com/rss', 'http://backend.userland.com/rss2', 'http://backend.userland.com/rss091', 'http://blogs.law.harvard.edu/tech/rss',
    'http://purl.org/rss/1.0/', 'http://my.netscape.com/rdf/simple/0.9/', 'http://channel.netscape.com/rdf/simple/0.9/', 'http://example.com/newformat#',
    'http://example.com/necho', 'http://purl.org/net/rss1.1#', 'http://cyber.law.harvard.edu/rss/rss.html', 'http://purl.org/rss/2.0/',
    'http://backend.userland.com/rss20', 'http://my.netscape.com/publish/formats/rss-0.91.dtd',
  ],
  atom: ['http://www.w3.org/2005/Atom', 'http://purl.org/atom/ns#', 'http://purl.org/echo/', 'uri/of/echo/namespace#', 'http://www.w3.org/2005/Atom/ns'],
  rdf: ['http://www.w3.org/1999/02/22-rdf-syntax-ns#'],
  dc: ['http://purl.org/dc/elements/1.1/', 'http://purl.org/dc/elements/1.0/', 'http://purl.org/metadata/dublin_core', 'http://dublincore.org/documents/dcmi-namespace/'],
  dcterms: ['http://purl.org/dc/terms/'],
  content: ['http://purl.org/rss/1.0/modules/content/'],
  media: ['http://search.yahoo.com/mrss/', 'http://search.yahoo.com/mrss', 'http://video.search.yahoo.com/mrss/'],
  itunes: ['http://www.itunes.com/DTDs/PodCast-1.0.dtd', 'http://www.itunes.com/DTDs/Podcast-1.0.dtd', 'http://example.com/DTDs/PodCast-1.0.dtd'],
  googleplay: ['http://www.google.com/schemas/play-podcasts/1.0'],
  feedburner: ['http://rssnamespace.org/feedburner/ext/1.0'],
  sy: ['http://purl.org/rss/1.0/modules/syndication/'],
  thr: ['http://purl.org/syndication/thread/1.0'],
  wfw: ['http://wellformedweb.org/CommentAPI/'],
  slash: ['http://purl.org/rss/1.0/modules/slash/'],
  georss: ['http://www.georss.org/georss'],
  xhtml: ['http://www.w3.org/1999/xhtml'],
  news: ['http://www.google.com/schemas/sitemap-news/0.9'],
  image: ['http://www.google.com/schemas/sitemap-image/1.1'],
  video: ['http://www.google.com/schemas/sitemap-video/1.1'],
  sitemap: ['http://www.sitemaps.org/schemas/sitemap/0.9', 'http://www.google.com/schemas/sitemap/0.84', 'http://www.google.com/schemas/sitemap/0.9'],
  xml: ['http://www.w3.org/XML/1998/namespace'],
};

const PREFIX_OF_URI = new Map(Object.entries(NAMESPACES).flatMap(([prefix, uris]) => uris.map((uri): [string, string] => [fold(uri), prefix])));

/** Prefixes believed without a declaration, under the name we know them by. */
const USUAL_PREFIXES = new Map([
  ...Object.keys(NAMESPACES).filter((prefix) => prefix !== '').map((prefix): [string, string] => [prefix, prefix]),
  ['rss', ''], ['a', 'atom'], ['atom10', 'atom'], ['atom03', 'atom'], ['dct', 'dcterms'], ['content', 'content'], ['itunes', 'itunes'], ['media', 'media'], ['mrss', 'media'],
]);

/** The canonical prefix of a namespace, or null for one nobody needs here. */
export const canonicalPrefix = (uri: string): string | null => PREFIX_OF_URI.get(fold(uri)) ?? null;

/** What an undeclared prefix usually means. */
export const usualPrefix = (prefix: string): string | null => USUAL_PREFIXES.get(prefix.toLowerCase()) ?? null;
