export { checkServer, type CheckedServer, type ServerFacts } from './check.js';
export { connectRedis, redisOptions, type RedisUse, type RedisWatcher } from './connect.js';
export { openEmbedded, type EmbeddedOptions, type EmbeddedRedis } from './embedded.js';
export { describeEndpoint, endpointFromUrl, endpointUrl, type RedisEndpoint } from './endpoint.js';
export { memoryFill, readMemory, MEMORY_INTAKE_STOPS_AT, type MemoryFill } from './memory.js';
export { openRedis, type OpenedRedis } from './open.js';
