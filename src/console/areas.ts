import type { Area } from './area.js';
import { auditApi } from './api/audit.js';
import { quarantineApi } from './api/quarantine.js';
import { sourcesApi } from './api/sources.js';
import { historyApi } from './api/history.js';
import { statusApi } from './api/status.js';
import { usersApi } from './api/users.js';
import { audit } from './pages/audit.js';
import { map } from './pages/map/index.js';
import { overview } from './pages/overview.js';
import { queues } from './pages/queues.js';
import { quarantine } from './pages/quarantine.js';
import { stories } from './pages/stories/index.js';
import { sources } from './pages/sources.js';
import { theme } from './pages/theme.js';
import { users } from './pages/users.js';

/** Every area, in the order of the navigation. */
export const AREAS: readonly Area[] = [
  overview,
  stories,
  map,
  sources,
  queues,
  quarantine,
  users,
  audit,
  theme,
  statusApi,
  historyApi,
  quarantineApi,
  auditApi,
  usersApi,
  sourcesApi,
];
