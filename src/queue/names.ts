/** The kinds of work. Names hold no `:`, which BullMQ keeps for itself; `deliver` has one queue a sink. */
export const QUEUE_NAMES = ['poll', 'article', 'deliver'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** BullMQ's name of a sink's queue. */
export const deliverQueueName = (sink: string): string => `deliver-${sink}`;
