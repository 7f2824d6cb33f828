import type { Redis } from 'ioredis';
import { RedisScript, type RedisKeys } from '../queue/index.js';

/** Longer than a page may take to be fetched and read; a claim whose holder died lapses then. */
const CLAIM_MS = 120_000;

const CLAIM = new RedisScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

const RELEASE = new RedisScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);

const claimKey = (keys: RedisKeys, address: string): string => `${keys.address(address)}:claim`;

/**
 * Claims an address for one item, so that two sources that list it at the same time do not both fetch it. False while another
 * item holds it; a second run of the same item gets it again.
 */
export const claimAddress = async (redis: Redis, keys: RedisKeys, address: string, owner: string): Promise<boolean> =>
  (await CLAIM.run(redis, [claimKey(keys, address)], [owner, CLAIM_MS])) === 1;

export async function releaseAddress(redis: Redis, keys: RedisKeys, address: string, owner: string): Promise<void> {
  await RELEASE.run(redis, [claimKey(keys, address)], [owner]);
}
