/** The three queues. Names hold no `:`, which BullMQ keeps for itself. */
export const QUEUE_NAMES = ['poll', 'article', 'deliver'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];
