import type { Area } from './area.js';
import { statusApi } from './api/status.js';
import { overview } from './pages/overview.js';
import { theme } from './pages/theme.js';

/** Every area, in the order of the navigation. */
export const AREAS: readonly Area[] = [
  overview,
  theme,
  statusApi,
];
