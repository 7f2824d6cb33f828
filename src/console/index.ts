export { startConsole, type Console, type ConsoleOptions } from './server.js';
export { createRedisView, type RedisViewInit } from './redis-view.js';
export { WorkMonitor, type WorkMonitorInit } from './work-monitor.js';
export type { ConsoleView, HealthCheck, QueueRow, SinkRow, SourceRow } from './view.js';
export type { ConsoleServices } from './services.js';
export { Sessions, type Session, type SessionBounds } from './access/sessions.js';
export { checkBind } from './access/requests.js';
export type { WorkGauges } from './work-gauges.js';
