-- Gives the store an identity where it has none, or still the one by which it has lost something. KEYS: identity. ARGV: that one, a new one.
local now = redis.call('GET', KEYS[1])
if now and now ~= ARGV[1] then return now end
redis.call('SET', KEYS[1], ARGV[2])
return ARGV[2]
