import { basename } from 'node:path';
import { z } from 'zod';
import { failed, giveUp, ok, type Outcome } from '../../../fault.js';
import type { StoryVersion } from '../../../store/index.js';
import { apiRoute, type ApiRequest, type ApiRoute } from '../../api/route.js';
import type { PageLook } from '../../services.js';
import { kept } from './kept-stories.js';
import { keepAsFixture, MOST_BLOCKS, MOST_TEXT } from './split-view.js';

const block = z.strictObject({
  kind: z.string(), text: z.string().describe(`At most ${MOST_TEXT} characters`), taken: z.string().describe('What it was taken for: headline, begins, text, furniture …'),
  story: z.int().nullable().describe('Number of its story, from 0'), furniture: z.string().nullable().describe('Kind of the furniture'), why: z.string(),
  evidence: z.array(z.strictObject({ kind: z.string(), weight: z.number() })).describe('For (above 0) and against a cut here'), dateline: z.string().nullable().describe('The dateline in it, as written'),
});

/** A page as it is read and cut now. */
export const seenPage = z.strictObject({
  confidence: z.number().describe('Of the text found, 0 to 1'), rejection: z.string().nullable().describe('Why the page holds no story; null where it does'),
  stories: z.array(z.strictObject({ headline: z.string().nullable(), confidence: z.number(), direction: z.enum(['ltr', 'rtl']), language: z.string().describe('BCP 47'), dateline: z.string().nullable().describe('As written') })),
  blocks: z.array(block), more: z.int().describe(`Blocks beyond the first ${MOST_BLOCKS}`),
});

export const seenPageOf = ({ confidence, verdict, stories, blocks }: PageLook['seen']): z.input<typeof seenPage> => ({
  confidence, rejection: verdict.rejection, stories: stories.map(({ dateline, ...story }) => ({ ...story, dateline: dateline?.raw ?? null })),
  blocks: blocks.slice(0, MOST_BLOCKS).map(({ kind, text, taken, story, furniture, why, evidence, dateline }) => ({
    kind, text: text.slice(0, MOST_TEXT), taken, story, furniture, why, evidence: evidence.map((piece) => ({ kind: piece.kind, weight: piece.weight })), dateline,
  })),
  more: Math.max(0, blocks.length - MOST_BLOCKS),
});

const params = z.strictObject({ id: z.string().max(64).describe('Id of a story') });

/** A story that may be given out by now. */
async function storyOut(id: string, { services, now }: ApiRequest): Promise<Outcome<StoryVersion>> {
  const store = kept(services);
  if (!store.ok) return store;
  const found = await store.value.story(id);
  const until = found?.record.embargoedUntil;
  return found === null || (until !== undefined && Date.parse(until) > now.getTime()) ? failed(giveUp({ code: 'no-such-story', message: `No story ${id.slice(0, 40)} is kept.` })) : ok(found);
}

/** The split view for programs: the page of a story, each block with what it was taken for, and its fixture. */
export const pageApi: readonly ApiRoute[] = [
  apiRoute({
    method: 'get', path: '/stories/:id/page', access: 'viewer', summary: 'The page of a story, fetched and cut again: each block with what it was taken for and why', params,
    answer: z.strictObject({ url: z.string(), fetchedAt: z.string().describe('ISO 8601'), ...seenPage.shape }),
    async handle({ params: { id } }, request) {
      const found = await storyOut(id, request);
      if (!found.ok) return found;
      const looked = await request.services.lookAtPage(found.value.record, request.signal);
      return looked.ok ? ok({ url: looked.value.url, fetchedAt: looked.value.fetchedAt, ...seenPageOf(looked.value.seen) }) : looked;
    },
  }),
  apiRoute({
    method: 'post', path: '/stories/:id/fixture', access: 'editor', action: 'fixture.save', status: 201, summary: 'Saves the page of a story and the verdict on it as a regression fixture', params,
    body: z.strictObject({ note: z.string().max(1_000).default('').describe('What is right or wrong with it') }), answer: z.strictObject({ name: z.string().describe('Folder under fixtures/ of the data folder') }),
    async handle({ params: { id }, body: { note } }, request) {
      request.note(id);
      const found = await storyOut(id, request);
      if (!found.ok) return found;
      const saved = await keepAsFixture(request.services, found.value, { savedBy: request.visitor.name, note, signal: request.signal, now: request.now });
      return saved.ok ? ok({ name: basename(saved.value) }) : saved;
    },
  }),
];
