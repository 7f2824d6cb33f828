import { pino, type DestinationStream, type Logger } from 'pino';
import { PinoPretty } from 'pino-pretty';
import type { Settings } from '../config/index.js';
import type { Fault } from '../fault.js';
import type { ServiceEmitter } from './events.js';
import { redactFields } from './redact.js';

/** One line an event: a constant message, and fields that are named the same everywhere and hold no credentials. */
export function createLog({ log }: Pick<Settings, 'log'>, destination: DestinationStream = pino.destination({ dest: 2, sync: false })): Logger {
  const pretty = log.format === 'pretty' || (log.format === 'auto' && process.stderr.isTTY);
  return pino({ level: log.level, base: { pid: process.pid }, formatters: { log: redactFields } }, pretty ? PinoPretty({ colorize: process.stderr.isTTY, destination: 2 }) : destination);
}

const faultFields = ({ code, consequence, message, hint }: Fault) => ({ code, consequence, reason: message, ...(hint === undefined ? {} : { hint }) });

/** Writes what the service tells to the log. */
export function logEvents(events: ServiceEmitter, log: Logger): void {
  events.on('ready', (fields) => log.info(fields, 'service ready'));
  events.on('polled', (fields) => log.info(fields, 'source polled'));
  events.on('source-trouble', ({ fault, ...fields }) => log.warn({ ...fields, ...faultFields(fault) }, 'source failed'));
  events.on('accepted', ({ stories, ...fields }) => log.info({ ...fields, stories: stories.map(({ id, version }) => `${id}/${version}`) }, 'stories accepted'));
  events.on('settled', (fields) => log.info(fields, 'item settled'));
  events.on('delivered', (fields) => log.debug(fields, 'stories delivered'));
  events.on('fault', ({ fault, payload, ...fields }) => log.warn({ ...fields, ...payload, ...faultFields(fault) }, 'job failed'));
  events.on('intake-paused', (fields) => log.error(fields, 'intake paused'));
  events.on('intake-resumed', () => log.info('intake resumed'));
  events.on('sink-state', ({ fault, ...fields }) => {
    if (fields.state === 'closed') log.info(fields, 'sink takes stories again');
    else log.error({ ...fields, ...(fault === null ? {} : faultFields(fault)) }, fields.state === 'stopped' ? 'sink stopped' : 'sink left alone');
  });
  events.on('sink-backlog', (fields) => (fields.state === 'well' ? log.info(fields, 'sink backlog is well again') : log.error(fields, 'sink backlog')));
  events.on('spill', ({ fault, ...fields }) => {
    const told = { ...fields, ...(fault === null ? {} : faultFields(fault)) };
    if (fields.state === 'well') log.info(told, 'disk of waiting deliveries is well again');
    else log.error(told, 'disk of waiting deliveries');
  });
  events.on('spill-lost', (fields) => log.error(fields, 'deliveries on disk are lost'));
  events.on('spill-unseen', (fields) => log.error(fields, 'deliveries wait on a disk that nobody sees'));
  events.on('sink-removed', (fields) => log.error(fields, 'deliveries of a removed sink went to quarantine'));
  events.on('worker-restarted', (fields) => log.error(fields, 'silent worker made anew'));
  events.on('trouble', ({ what, error }) => log.warn({ what, error: error.message }, 'trouble'));
  events.on('sources-changed', (fields) => log.info(fields, 'sources changed'));
}
