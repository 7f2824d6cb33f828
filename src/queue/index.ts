export { QUEUE_NAMES, type QueueName } from './names.js';
export { redisKeys, type RedisKeys } from './keys.js';
export { RedisScript, type ScriptArgument } from './script.js';
export type { ArticlePayload, DeliverPayload, PollPayload } from './payloads.js';
export { DueSet, type ClaimOptions } from './due.js';
export { OWED_GRACE_MS, owedArticle, owedDelivery, parseOwed, sweepOwed, type OwedJob } from './owed.js';
export { done, endedBy, faultOf, later, type JobEnd } from './outcome.js';
export { openQueues, openWorker, type JobContext, type Queues, type QueueSettings, type WorkerInit } from './queues.js';
export { Watchdog, type WatchdogInit } from './watchdog.js';
