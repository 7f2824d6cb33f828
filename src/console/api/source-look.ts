import { z } from 'zod';
import { failed, misconfigured, ok } from '../../fault.js';
import { newestFirst, timeOf, wholeAddress } from '../../sourcing/index.js';
import { seenPage, seenPageOf } from '../pages/stories/page-api.js';
import { mayAct } from '../visitor.js';
import { apiRoute } from './route.js';

const MOST_ITEMS = 50;
const MOST_FEEDS = 10;
const LONGEST_TEXT = 500;

/** What the console shows of an address before it becomes a source, for programs. */
export const sourceLook = apiRoute({
  method: 'post', path: '/sources/look', access: 'editor', action: 'source.look', summary: 'Looks at an address before it becomes a source: its feed, its items, one page as it would be cut, and the entry to add; nothing is written',
  description: 'It asks the host some times and can take a minute. allowPrivate is for operators.',
  body: z.strictObject({ address: z.string().min(1).max(2_000).describe('Of a site, a feed or a news sitemap'), allowPrivate: z.boolean().default(false) }),
  answer: z.strictObject({
    feed: z.strictObject({ address: z.string(), title: z.string().nullable(), format: z.string(), language: z.string().nullable().describe('As declared'), count: z.int() }),
    items: z.array(z.strictObject({ title: z.string().nullable(), link: z.string().nullable(), at: z.string().nullable().describe('ISO 8601') })).describe(`The newest ${MOST_ITEMS}`),
    others: z.array(z.strictObject({ url: z.string(), title: z.string().nullable() })).describe('More feeds that the site names'),
    page: z.strictObject({ url: z.string(), ...seenPage.shape }).nullable().describe('One of its pages; null where none could be read'),
    pageTrouble: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    proposal: z.record(z.string(), z.unknown()).describe('The body of POST /sources'), remarks: z.array(z.string()),
  }),
  async handle({ body: { address, allowPrivate } }, { services, visitor, signal, note }) {
    note(address.slice(0, 200));
    if (allowPrivate && !mayAct(visitor.role, 'operator')) return failed(misconfigured({ code: 'role-too-low', message: 'Only an operator may let a source reach private hosts.', hint: 'Ask one.' }));
    const survey = await services.surveySource({ address: wholeAddress(address), allowPrivate, signal });
    if (!survey.ok) return survey;
    const { found: { feed, address: at, others }, page, pageFault, proposal } = survey.value;
    return ok({
      feed: { address: at, title: feed.title?.slice(0, LONGEST_TEXT) ?? null, format: feed.format, language: feed.language, count: feed.items.length },
      items: newestFirst(feed).slice(0, MOST_ITEMS).map((item) => ({ title: item.title?.slice(0, LONGEST_TEXT) ?? null, link: item.link, at: timeOf(item) === '' ? null : timeOf(item) })),
      others: others.slice(0, MOST_FEEDS).map(({ url, title }) => ({ url, title })),
      page: page === null ? null : { url: page.url, ...seenPageOf(page.seen) },
      pageTrouble: pageFault === null ? null : { code: pageFault.code, message: pageFault.message },
      proposal: { ...proposal.source }, remarks: [...proposal.remarks],
    });
  },
});
