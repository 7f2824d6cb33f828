// One run of crawlee's CheerioCrawler over the made pages: `crawlee.mjs ORIGIN COUNT`. Settings: no session pool, nothing persisted,
// 20 requests at once, no logging; the handler reads title, description, paragraphs and links, which is lighter than what Dateline does.
import { CheerioCrawler, Configuration, log } from '@crawlee/cheerio';

const [origin, countText] = process.argv.slice(2);
const count = Number(countText);
log.setLevel(log.LEVELS.ERROR);

let pages = 0;
let characters = 0;
const cpuBefore = process.cpuUsage();
const started = performance.now();
const crawler = new CheerioCrawler({
  useSessionPool: false,
  persistCookiesPerSession: false,
  minConcurrency: 20,
  maxConcurrency: 20,
  requestHandler({ $, request }) {
    const record = {
      url: request.loadedUrl,
      title: $('title').text(),
      headline: $('h1').first().text(),
      description: $('meta[name=description]').attr('content'),
      published: $('meta[property="article:published_time"]').attr('content'),
      paragraphs: $('article p').map((_, element) => $(element).text()).get(),
      links: $('a[href]').map((_, element) => $(element).attr('href')).get(),
    };
    pages += 1;
    characters += JSON.stringify(record).length;
  },
}, new Configuration({ persistStorage: false, purgeOnStart: true, availableMemoryRatio: 0.5 }));
await crawler.run(Array.from({ length: count }, (_, at) => `${origin}/story/${at + 1}.html`));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
process.send({ pages, seconds, cpuSeconds: (user + system) / 1e6, rssMiB: process.resourceUsage().maxRSS / 1024, note: `${characters} characters read` });
process.exit(0);
