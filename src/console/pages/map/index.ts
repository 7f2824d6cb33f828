import type { Area } from '../../area.js';
import { mapApi } from './map-api.js';
import { mapPage } from './map-page.js';

/** Where and when the news of the last hours was datelined. */
export const map: Area = {
  nav: { label: 'Map', path: '/map' },
  pages: [{ method: 'get', path: '/map', access: 'viewer', handle: mapPage }],
  api: mapApi,
};
