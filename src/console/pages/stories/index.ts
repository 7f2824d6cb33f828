import type { Area } from '../../area.js';
import { saveAsFixture, splitView } from './split-view.js';
import { storiesApi } from './stories-api.js';
import { storyList } from './story-list.js';
import { storyPage } from './story-page.js';

/** Stories kept: searched, read, and seen as they were cut. */
export const stories: Area = {
  nav: { label: 'Stories', path: '/stories' },
  pages: [
    { method: 'get', path: '/stories', access: 'viewer', handle: storyList },
    { method: 'get', path: '/stories/:id', access: 'viewer', handle: storyPage },
    { method: 'get', path: '/stories/:id/page', access: 'viewer', handle: splitView },
    { method: 'post', path: '/stories/:id/fixture', access: 'editor', action: 'fixture.save', handle: saveAsFixture },
  ],
  api: storiesApi,
};
