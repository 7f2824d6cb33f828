import { styleText } from 'node:util';
import { Fault } from '../fault.js';
import type { ServiceEmitter, StoryNews } from '../service/index.js';

/** Stories told one by one after the start; then only sums, for nobody reads a thousand lines. */
const TOLD_ONE_BY_ONE = 12;
const SUM_EVERY_MS = 30_000;

/** Why no more is taken in. */
const PAUSES = { store: 'too many stories wait for their sinks', pages: 'too many pages wait to be read', memory: 'Redis is nearly full' } as const;

/**
 * Says in plain words what the service does: its first stories, each source that is in trouble (once, until it is well
 * again), what else goes wrong, and every half minute what was done since. Gives a function that ends it.
 */
export function narrate(events: ServiceEmitter, say: (line: string) => void): () => void {
  let told = 0;
  const since = { stories: 0, unchanged: 0, polls: 0, troubles: 0 };
  let lastTrouble = '';
  const troubled = new Set<string>();

  events.on('accepted', ({ source, stories }) => {
    since.stories += stories.length;
    for (const story of stories) {
      told += 1;
      if (told <= TOLD_ONE_BY_ONE) say(tell(source, story));
      if (told === TOLD_ONE_BY_ONE) say('… and so on; from here on, sums only');
    }
  });
  events.on('settled', ({ source, item, disposition, reason }) => {
    if (disposition === 'unchanged') since.unchanged += 1;
    if (disposition === 'rejected' && told < TOLD_ONE_BY_ONE) say(`${source}: no story in ${item} (${reason ?? 'no reason given'})`);
    if (disposition === 'quarantined') say(styleText('yellow', `${source}: ${item} is in quarantine (${reason ?? 'no reason given'}); dateline quarantine list says more`));
  });
  events.on('polled', ({ source }) => {
    since.polls += 1;
    if (troubled.delete(source)) say(styleText('green', `${source} can be read again`));
  });
  events.on('source-trouble', ({ source, fault, nextMs }) => {
    if (troubled.has(source)) return;
    troubled.add(source);
    say(styleText('yellow', `${source} cannot be read: ${sentence(fault.message)} Asked again in ${duration(nextMs)}.`));
  });
  events.on('intake-paused', ({ why }) => say(styleText('yellow', `${PAUSES[why]}; no more are taken in until there is room`)));
  events.on('intake-resumed', () => say('there is room again; intake goes on'));
  events.on('sink-state', ({ sink, state, fault }) => {
    if (state === 'closed') say(styleText('green', `${sink} takes stories again`));
    else say(styleText('yellow', `${sink} ${state === 'stopped' ? 'is stopped' : 'fails; its stories wait'}: ${sentence(fault?.message ?? '')}${fault?.hint === undefined ? '' : ` ${fault.hint}`}`));
  });
  events.on('sink-backlog', ({ sink, state, deliveries, share, onDisk }) => {
    if (state === 'well') return say(styleText('green', `what waits for ${sink} is well below its bound again`));
    say(styleText('yellow', `${deliveries} deliveries wait for ${sink}, ${Math.round(share * 100)} % of its bound${onDisk > 0 ? `; ${onDisk} wait on disk` : ''}${state === 'full' ? ': no more items are taken in until there is room' : ''}`));
  });
  events.on('spill', ({ state, bytes, limit, fault }) => {
    if (state === 'well') return say(styleText('green', 'the disk has room for waiting deliveries again'));
    const used = `${Math.round(bytes / 1e6)} of ${Math.round(limit / 1e6)} MB that deliveries may take on disk are used (deliver.spill.maxSize)`;
    say(styleText('yellow', state === 'failing' ? `deliveries cannot go to disk: ${sentence(fault?.message ?? '')}${fault?.hint === undefined ? '' : ` ${fault.hint}`}`
      : `${used}${state === 'full' ? ': at the bound of a sink no more items are taken in' : ''}`));
  });
  events.on('spill-lost', ({ sink, deliveries, why }) => say(styleText('yellow', `${deliveries} deliveries for ${sink} waited on disk, and ${why}; they are in quarantine (spill-lost)`)));
  events.on('spill-unseen', ({ id, dir, host, deliveries }) => say(styleText('yellow', `${deliveries} deliveries wait on a disk that nobody sees: ${dir} of ${host}. Start Dateline there, with the role deliver; if it is lost for good: dateline sinks give-up ${id}`)));
  events.on('sink-removed', ({ sink, deliveries }) => say(styleText('yellow', `${sink} is not configured any more: ${deliveries} of its deliveries went to quarantine (sink-unknown)`)));
  events.on('worker-restarted', ({ queue, silentMs }) => say(styleText('yellow', `the ${queue} worker was silent for ${duration(silentMs)} and was made anew`)));
  events.on('sources-changed', ({ sources }) => say(`sources.yaml has changed: ${sources} ${sources === 1 ? 'source is' : 'sources are'} switched on`));
  events.on('trouble', ({ what, error }) => {
    // A fault is written for people. Anything else comes in swarms (one a connection, one a tick), so it is told with the sums.
    if (error instanceof Fault) return say(styleText('yellow', [error.message, error.hint ?? ''].map(sentence).join(' ').trim()));
    since.troubles += 1;
    lastTrouble = `${what}: ${error.message}`;
  });

  const timer = setInterval(() => {
    if (since.stories + since.unchanged > 0 || since.polls > 0) {
      say(`in the last ${duration(SUM_EVERY_MS)}: ${since.polls} polls, ${since.stories} stories, ${since.unchanged} pages unchanged`);
    }
    if (since.troubles > 0) say(styleText('yellow', `in the last ${duration(SUM_EVERY_MS)}: ${since.troubles} times something went wrong and was survived; the last was ${lastTrouble}`));
    Object.assign(since, { stories: 0, unchanged: 0, polls: 0, troubles: 0 });
  }, SUM_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** First-strong isolates keep an Arabic headline from turning the whole line round. */
const isolate = (text: string): string => `\u2068${text}\u2069`;

function tell(source: string, story: StoryNews): string {
  const dateline = story.dateline === null ? '' : ` · ${isolate(story.dateline)}`;
  return `${styleText('green', story.change === 'new' ? 'story' : `version ${story.version}`)} ${styleText('dim', `${source} ${story.language}`)} ${isolate(story.headline ?? '(no headline)')}${dateline}`;
}

/** Some messages end like a sentence, some like a log line. */
const sentence = (text: string): string => (text === '' || /[.!?…]$/.test(text) ? text : `${text}.`);

function duration(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
