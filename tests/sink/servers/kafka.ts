import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { debianPackage, hasDebianTools, programEnvironment } from '../../../src/machine/index.js';
import { DATA } from '../../redis-server.js';

export interface KafkaMessage {
  readonly key: string;
  readonly payload: string;
  readonly partition: number;
  /** Names and values in turn. */
  readonly headers: readonly string[];
}

export interface KafkaCluster {
  readonly broker: string;
  /** Everything that a consumer got, in its order. */
  readonly messages: readonly KafkaMessage[];
  /** Brokers stop in the middle of what they do, and go on. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

const line = z.object({ key: z.string(), payload: z.string(), partition: z.int(), headers: z.array(z.string()) });

/**
 * librdkafka's mock cluster, run by kcat, which consumes the topic as well: the messages are what another client read from the
 * brokers. Null, after one loud line, where kcat cannot be had.
 */
export async function startKafka(topic: string): Promise<KafkaCluster | null> {
  const kcat = await findKcat();
  if (kcat === null) {
    process.stdout.write('tests: no kcat on this machine and none to be had: the Kafka sink was NOT tested. apt install kcat\n');
    return null;
  }
  const child = spawn(kcat.program, [
    '-C', '-b', '127.0.0.1:1', '-X', 'test.mock.num.brokers=1', '-X', 'debug=mock', '-X', 'topic.metadata.refresh.interval.ms=500', '-X', 'fetch.wait.max.ms=100',
    '-t', topic, '-o', 'beginning', '-u', '-J',
  ], { env: kcat.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const messages: KafkaMessage[] = [];
  createInterface({ input: child.stdout }).on('line', (text) => { messages.push(line.parse(JSON.parse(text))); });
  const broker = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (text) => {
      const [, found] = /bootstrap\.servers=(127\.0\.0\.1:\d+)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`kcat ended with ${code}`)));
  });
  const exit = once(child, 'exit');
  return {
    broker, messages,
    pause: () => { child.kill('SIGSTOP'); },
    resume: () => { child.kill('SIGCONT'); },
    async stop() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

async function findKcat(): Promise<{ readonly program: string; readonly env: NodeJS.ProcessEnv } | null> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of ['kcat', 'kafkacat']) {
      const program = join(folder, name);
      if (await access(program).then(() => true, () => false)) return { program, env: process.env };
    }
  }
  if (!(await hasDebianTools())) return null;
  const unpacked = await debianPackage(join(DATA, 'kcat'), {
    what: 'kcat', packages: ['kcat', 'kafkacat'], programs: ['usr/bin/kcat', 'usr/bin/kafkacat'], size: 'about 1 MB',
  }, { say: (text) => { process.stdout.write(`tests: ${text}\n`); }, env: process.env });
  if (unpacked.ok) return { program: unpacked.value.program, env: programEnvironment(unpacked.value) };
  process.stdout.write(`tests: ${unpacked.fault.message}\n`);
  return null;
}
