import { failed, ok, retryLater, type Outcome } from '../fault.js';
import type { SinkStory } from './contract.js';

interface Waiting {
  readonly stories: readonly SinkStory[];
  readonly done: (outcome: Outcome<void>) => void;
}

/** Hands over many stories at once; gives one outcome a story, in their order. */
export type SendMany = (stories: readonly SinkStory[]) => Promise<readonly Outcome<void>[]>;

/**
 * Puts deliveries that come while another is under way into one request: without waiting for company, a busy sink gets few large
 * requests and a quiet one its stories at once. Each delivery hears of its own stories only.
 */
export class Gather {
  readonly #send: SendMany;
  readonly #most: number;
  #queue: Waiting[] = [];
  #isRunning = false;

  constructor(most: number, send: SendMany) {
    this.#most = most;
    this.#send = send;
  }

  deliver(stories: readonly SinkStory[]): Promise<Outcome<void>> {
    return new Promise((done) => {
      this.#queue.push({ stories, done });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#queue.length > 0) {
      const taken: Waiting[] = [];
      for (let count = 0; this.#queue[0] !== undefined; count += taken.at(-1)?.stories.length ?? 0) {
        if (taken.length > 0 && count + this.#queue[0].stories.length > this.#most) break;
        taken.push(...this.#queue.splice(0, 1));
      }
      const outcomes = await this.#send(taken.flatMap(({ stories }) => stories)).catch((thrown: unknown) => thrown);
      let at = 0;
      for (const { stories, done } of taken) {
        // What cannot be: a sender that throws. Its deliveries must not wait for ever.
        done(Array.isArray(outcomes) ? worstOf((outcomes as readonly Outcome<void>[]).slice(at, at + stories.length)) : failedBy(outcomes));
        at += stories.length;
      }
    }
    this.#isRunning = false;
  }
}

/** Sends all together; where one of them is refused for good, each by itself, for only that tells which. */
export const wholeOrEach = (send: (stories: readonly SinkStory[]) => Promise<Outcome<void>>): SendMany => async (stories) => {
  const whole = await send(stories);
  if (whole.ok || whole.fault.consequence !== 'give-up' || stories.length === 1) return stories.map(() => whole);
  const outcomes: Outcome<void>[] = [];
  for (const story of stories) outcomes.push(await send([story]));
  return outcomes;
};

/** What may pass comes before what is refused for good: the delivery is tried again, and refused when nothing else is in the way. */
export function worstOf(outcomes: readonly Outcome<void>[]): Outcome<void> {
  const faults = outcomes.filter((outcome) => !outcome.ok);
  return faults.find((outcome) => !outcome.ok && outcome.fault.consequence !== 'give-up') ?? faults[0] ?? ok(undefined);
}

const failedBy = (thrown: unknown): Outcome<void> =>
  failed(retryLater({ code: 'unexpected', message: thrown instanceof Error ? thrown.message : String(thrown), cause: thrown }));
