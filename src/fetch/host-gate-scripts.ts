/**
 * The gate's state of one host, a hash, and its open requests, a sorted set; all times are the server's own (TIME), in milliseconds,
 * so that machines whose clocks differ keep one order.
 *
 * - `next`: when the next slot may be booked; `last`: when the last request was let in; `until`: nothing is let in before
 * - `latency`: smoothed time of an answer; `penalty`: extra space after trouble, shrinking with each healthy answer
 * - `delay`: what the host's robots.txt asks for
 */
const STATE = `
local state = KEYS[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local minDelay, maxDelay, concurrency = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local fields = redis.call('HMGET', state, 'next', 'last', 'until', 'latency', 'penalty', 'delay')
local nextSlot, last, blocked = tonumber(fields[1] or 0), tonumber(fields[2] or 0), tonumber(fields[3] or 0)
local latency, penalty, asked = tonumber(fields[4] or 0), tonumber(fields[5] or 0), tonumber(fields[6] or 0)
-- Space between two requests: never more under way at once than allowed, at the pace the host answers at.
local interval = math.max(minDelay, asked, penalty)
if minDelay > 0 then interval = math.max(interval, latency / concurrency) end
interval = math.ceil(math.min(interval, maxDelay))
local function keep(...)
  redis.call('HSET', state, ...)
  redis.call('PEXPIRE', state, math.max(86400000, blocked - now + 3600000))
end
`;

/** Gives the wait until the slot that is now the caller's. */
export const BOOK = `${STATE}
local slot = math.max(now, nextSlot, blocked, last > 0 and last + interval or 0)
keep('next', slot + interval)
return slot - now
`;

/** Gives 0 when the request may start now, else the milliseconds until it is worth asking again. ARGV: lease, its length. */
export const ENTER = `${STATE}
if blocked > now then return blocked - now end
if last > 0 and last + interval > now then return last + interval - now end
local open = KEYS[2]
redis.call('ZREMRANGEBYSCORE', open, '-inf', now)
if minDelay > 0 and redis.call('ZCARD', open) >= concurrency then return math.max(interval, 50) end
keep('last', now, 'next', math.max(nextSlot, now + interval))
redis.call('ZADD', open, now + tonumber(ARGV[5]), ARGV[4])
redis.call('PEXPIRE', open, ARGV[5])
return 0
`;

/** ARGV: milliseconds. */
export const SLOW_DOWN = `${STATE}
blocked = math.max(blocked, now + tonumber(ARGV[4]))
keep('until', blocked, 'next', math.max(nextSlot, blocked))
return 0
`;

/** ARGV: elapsed milliseconds, 1 when healthy. An answer ends the request that has been open longest. */
export const OBSERVED = `${STATE}
redis.call('ZPOPMIN', KEYS[2])
local elapsed = tonumber(ARGV[4])
latency = latency == 0 and elapsed or latency + 0.25 * (elapsed - latency)
if ARGV[5] == '1' then
  penalty = penalty * 0.75
  if penalty < 50 then penalty = 0 end
else
  penalty = math.min(maxDelay, math.max(1000, 2 * interval))
end
keep('latency', latency, 'penalty', penalty)
return 0
`;

/** ARGV: milliseconds, 0 for none. */
export const CRAWL_DELAY = `${STATE}
keep('delay', tonumber(ARGV[4]))
return 0
`;
