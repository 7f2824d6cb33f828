import type { Area } from '../../area.js';
import { storiesApi } from './stories-api.js';
import { storyList } from './story-list.js';
import { storyPage } from './story-page.js';

/** Stories kept: searched, read, and seen as they were cut. */
export const stories: Area = {
  nav: { label: 'Stories', path: '/stories' },
  pages: [
    { method: 'get', path: '/stories', access: 'viewer', handle: storyList },
    { method: 'get', path: '/stories/:id', access: 'viewer', handle: storyPage },
  ],
  api: storiesApi,
};
