/**
 * The service as a process of its own, with the configuration folder and environment that `dateline start` reads, and its log
 * on standard error, and no console: for tests that kill it.
 */
import { loadConfig } from '../config/index.js';
import { createEvents } from './events.js';
import { createLog, logEvents } from './log.js';
import { startService } from './start.js';

const config = await loadConfig();
if (!config.ok) {
  console.error(config.fault.message, config.fault.hint ?? '');
  process.exit(2);
}
const { settings, sources } = config.value;
const log = createLog(settings);
const events = createEvents();
logEvents(events, log);
const service = await startService({ settings, sources, events, say: (line) => log.info(line) });
if (!service.ok) {
  log.fatal({ code: service.fault.code, reason: service.fault.message, hint: service.fault.hint }, 'start failed');
  process.exit(1);
}
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second signal is a person who will not wait; what is under way runs again at the next start.
    if (stopping) process.exit(1);
    stopping = true;
    service.value.stop().then(({ clean }) => {
      log.info({ clean }, 'service stopped');
      process.exit(0);
    }, () => process.exit(1));
  });
}
