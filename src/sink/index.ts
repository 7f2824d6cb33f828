export { SINK_BUSY, SINK_GONE, SINK_THROTTLED, type Sink, type SinkBatch, type SinkStory } from './contract.js';
export { NdjsonSink, type NdjsonOptions } from './ndjson.js';
export { redisStreamSink, type RedisStreamOptions } from './redis-stream.js';
export { openSinks } from './open.js';
export { Breaker, breakerOf, resumeSink, type Admission, type BreakerChange, type BreakerSettings, type BreakerState, type BreakerView } from './breaker.js';
export { openOutlets, type Outlet } from './outlet.js';
export { sinkPlans, STORE, type SinkPlan } from './plan.js';
export { outgoing } from './outgoing.js';
export { isFiltered, isRouted, routes, routingFacts, type Routes, type RoutingFacts } from './route.js';
