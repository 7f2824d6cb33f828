import type { Redis } from 'ioredis';
import { RedisScript } from './redis-script.js';

const RENEW = new RedisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0
`);
const RELEASE = new RedisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

/** A key that one holder at a time has, by its token, for `ms` from now. False while somebody else has it. */
export const takeLease = async (redis: Redis, key: string, token: string, ms: number): Promise<boolean> =>
  (await redis.set(key, token, 'PX', ms, 'NX')) === 'OK';

/** False when it is the holder's no more. */
export const renewLease = async (redis: Redis, key: string, token: string, ms: number): Promise<boolean> =>
  (await RENEW.run(redis, [key], [token, ms])) === 1;

/** Gives it back, if it is still the holder's. */
export const releaseLease = async (redis: Redis, key: string, token: string): Promise<void> => {
  await RELEASE.run(redis, [key], [token]);
};
