-- How far a room goes, as of one moment. KEYS: log, senders.
return { redis.call('XLEN', KEYS[1]), redis.call('HGETALL', KEYS[2]) }
