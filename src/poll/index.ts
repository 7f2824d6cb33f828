export { afterAnswer, afterFailure, planPoll, type PollAnswered, type PollFailed, type PollPlan, type PollRules, type PollVerdict } from './after-poll.js';
export { healthOf, storedHealth, type Health } from './health.js';
export { HEALTH_STATES, newHistory, readHistory, type HealthState, type SourceHistory } from './history.js';
export type { Asking } from './validator-trust.js';
