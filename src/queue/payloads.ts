import { z } from 'zod';
import type { QueueName } from './names.js';

const source = z.string().min(1).max(64);
const item = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const revision = z.int().min(1);

export const pollPayload = z.strictObject({ source });
export const articlePayload = z.strictObject({
  source, item, revision,
  /** The page is asked again, in this round; left out where the item is read for its feed. */
  again: z.int().min(1).exactOptional(),
});
export const deliverPayload = z.strictObject({ source, item, revision, sink: z.string().min(1).max(64) });

export type PollPayload = z.infer<typeof pollPayload>;
export type ArticlePayload = z.infer<typeof articlePayload>;
export type DeliverPayload = z.infer<typeof deliverPayload>;

export interface Payloads {
  readonly poll: PollPayload;
  readonly article: ArticlePayload;
  readonly deliver: DeliverPayload;
}

/** What a job of each queue carries: ids and small facts, never a page or a story. */
export const payloadSchemas = { poll: pollPayload, article: articlePayload, deliver: deliverPayload } as const satisfies
  { readonly [Name in QueueName]: z.ZodType<Payloads[Name]> };

/** Most bytes of one job's data: what is larger belongs in the story store. BullMQ enforces it at every add. */
export const MAX_PAYLOAD_BYTES = 1_000;
