export { startConsole, type Console, type ConsoleOptions } from './server.js';
export type { BooksRow, ConsoleView, HealthCheck, QueueRow, SinkRow, SourceRow } from './view.js';
