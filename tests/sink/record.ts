import type { StoryRecord } from '../../src/story/index.js';

/** A story record with everything in it; `change` puts other values in their places. */
export const storyRecord = (change: Partial<StoryRecord> = {}): StoryRecord => ({
  schema: '1.1', id: 'abcdefghijklmnopqrstuvwxyz', version: 1, status: 'usable',
  source: { id: 'wire', name: 'The Wire', feedUrl: 'https://wire.example/feed' },
  url: 'https://wire.example/1', canonicalUrl: 'https://wire.example/1', itemId: 'item-0001',
  page: { id: 'p', position: 1, count: 1 },
  headline: 'Accord trouvé', kicker: 'URGENT', summary: 'Un résumé.', bylines: ['Anne Roux', 'Max Lind'],
  dateline: {
    raw: 'GENÈVE, 23 nov (AFP) -', places: [{ name: 'Genève', englishName: 'Geneva', countryCode: 'CH' }], date: { raw: '23 nov', iso: '2026-11-23' },
    agency: { id: 'afp', raw: 'AFP' }, reporter: null, inherited: false, confidence: 0.9,
  },
  language: { tag: 'fr', confidence: 0.9, declaredByFeed: 'fr', declaredByPage: null }, direction: 'ltr',
  publishedAt: { raw: 'x', iso: '2026-11-23T10:00:00+01:00' }, updatedAt: null, fetchedAt: '2026-11-23T10:05:00.000Z',
  body: { text: 'Un accord.', blocks: [{ kind: 'heading', text: 'Accord', level: 2 }, { kind: 'paragraph', text: 'Un accord.' }] },
  media: [{ url: 'https://wire.example/1.jpg', caption: 'La salle', credit: 'M. Keller' }],
  subjects: ['Diplomatie'], rights: '© Exemple', fingerprint: 'f1',
  provenance: { extractor: 'dateline/0.1', headlineFrom: 'json-ld', extractionConfidence: 0.9, cutConfidence: 0.9, cutEvidence: [], datelineOrder: null },
  ...change,
});
