import type { Message, PartitionerArgs, Producer } from 'kafkajs';
import type { KafkaSettings } from '../config/index.js';
import { failed, giveUp, misconfigured, ok, retryLater, type Fault, type Outcome } from '../fault.js';
import type { Sink, SinkStory } from './contract.js';
import { Gather, wholeOrEach } from './gather.js';
import { OpenedOnce } from './opened-once.js';
import { revealed } from './secret.js';

/**
 * One message a story version; the key `id:version`, and the headers `id` and `version`, are the same whenever it comes again, for
 * consumers and compacted topics. All versions of a story go to one partition, in their order. Answered by all replicas before it
 * counts as taken. The client's idempotent producer is left out: it knows a repeat within one session only, and what comes again
 * comes as a rule after a time-out or a restart.
 */
export function kafkaSink(name: string, settings: KafkaSettings, bounds: { readonly batch: number; readonly timeoutMs: number }): Sink {
  const { topic, brokers } = settings;
  const producer = new OpenedOnce(open, (opened: Producer) => opened.disconnect());

  async function open(): Promise<Outcome<Producer>> {
    const { sasl } = settings;
    const password = sasl === null ? ok('') : revealed(sasl.password, `the password of ${name}`);
    if (!password.ok) return password;
    // Loaded when it is needed: most starts have no such sink.
    const { default: kafkajs } = await import('kafkajs');
    const { Kafka, logLevel, Partitioners } = kafkajs;
    const byKey = Partitioners.DefaultPartitioner();
    const kafka = new Kafka({
      clientId: 'dateline', brokers: [...brokers], ssl: settings.tls,
      // Its errors come back as faults; its log would tell them twice, in another form.
      logLevel: logLevel.NOTHING,
      connectionTimeout: Math.min(bounds.timeoutMs, 10_000), requestTimeout: bounds.timeoutMs,
      // Trying again is the queue's business.
      retry: { retries: 1, initialRetryTime: 100 },
      ...(sasl === null ? {} : { sasl: { mechanism: sasl.mechanism, username: sasl.username, password: password.value } as never }),
    });
    const made = kafka.producer({
      allowAutoTopicCreation: true,
      createPartitioner: () => (given: PartitionerArgs) => byKey({ ...given, message: { ...given.message, key: storyOf(given.message.key) } }),
    });
    try {
      await made.connect();
      return ok(made);
    } catch (error) {
      await made.disconnect().catch(() => undefined);
      return failed(kafkaFault(name, error));
    }
  }

  async function produce(stories: readonly SinkStory[]): Promise<Outcome<void>> {
    const opened = await producer.ready();
    if (!opened.ok) return opened;
    try {
      const messages = stories.map(({ id, version, json }): Message => ({ key: `${id}:${version}`, value: json, headers: { 'content-type': 'application/json', id, version: String(version) } }));
      await opened.value.send({ topic, acks: -1, timeout: bounds.timeoutMs, messages });
      return ok(undefined);
    } catch (error) {
      return failed(kafkaFault(name, error));
    }
  }

  const gather = new Gather(bounds.batch, wholeOrEach(produce));
  return {
    name,
    where: `Kafka topic ${topic} at ${brokers.join(', ')}`,
    async begin() {
      const opened = await producer.ready();
      return opened.ok ? ok('') : opened;
    },
    deliver: ({ stories }) => gather.deliver(stories),
    async check() {
      const opened = await producer.ready();
      return opened.ok ? ok('a broker answers') : opened;
    },
    close: () => producer.close(),
  };
}

/** The story's id alone: all its versions go where it goes. */
function storyOf(key: Buffer | string | null | undefined): string {
  const text = key?.toString() ?? '';
  return text.slice(0, Math.max(0, text.lastIndexOf(':'))) || text;
}

const TOO_LARGE = new Set(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'CORRUPT_MESSAGE']);
const PERSON = /AUTHORIZATION_FAILED|SASL|UNSUPPORTED_|INVALID_TOPIC|TOPIC_EXCEPTION|POLICY_VIOLATION/;

/** By the broker's error code (Kafka's protocol guide) where there is one; the words of the client are not repeated. */
function kafkaFault(name: string, error: unknown): Fault {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const type = [error, cause].map((each) => (each instanceof Error && 'type' in each ? String(each.type) : '')).find((each) => each !== '') ?? '';
  const kind = cause instanceof Error ? cause.name : '';
  const shown = type !== '' ? ` (${type})` : kind !== '' ? ` (${kind})` : '';
  if (TOO_LARGE.has(type)) return giveUp({ code: 'story-refused', message: `${name} refuses the story${shown}` });
  if (PERSON.test(type) || kind === 'KafkaJSSASLAuthenticationError') {
    return misconfigured({ code: 'sink-refused', message: `${name} refuses to be used so${shown}`, hint: 'Look after name, password, rights and topic; its stories wait.' });
  }
  return retryLater({ code: 'sink-unreachable', message: `${name} cannot be reached or is not ready${shown}` });
}
