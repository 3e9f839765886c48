-- Writes a message where it is its sender's next: in one step, whoever else writes.
-- KEYS: log, senders, positions, rooms, identity. ARGV: sender, sequence, id, name, text, written, room, channel, most rooms, most senders, identity.
if redis.call('GET', KEYS[5]) ~= ARGV[11] then return { 'lost', 0 } end
local last = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
local sequence = tonumber(ARGV[2])
if sequence > last + 1 then return { 'gap', last + 1 } end
if sequence <= last then
    local id = redis.call('HGET', KEYS[3], ARGV[1] .. ':' .. ARGV[2]) .. '-0'
    local there = redis.call('XRANGE', KEYS[1], id, id)[1][2]
    local fields = {}
    for i = 1, #there, 2 do fields[there[i]] = there[i + 1] end
    local same = fields['i'] == ARGV[3] and fields['a'] == ARGV[4] and fields['t'] == ARGV[5]
    return { same and 'known' or 'conflict', last + 1 }
end
if last == 0 then
    local senders = redis.call('HLEN', KEYS[2])
    if senders >= tonumber(ARGV[10]) then return { 'full', 1 } end
    if senders == 0 and redis.call('SCARD', KEYS[4]) >= tonumber(ARGV[9]) then return { 'full', 1 } end
end
local position = redis.call('XLEN', KEYS[1]) + 1
redis.call('XADD', KEYS[1], position .. '-0', 's', ARGV[1], 'n', ARGV[2], 'i', ARGV[3], 'a', ARGV[4], 't', ARGV[5], 'w', ARGV[6])
redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[3], ARGV[1] .. ':' .. ARGV[2], position)
redis.call('SADD', KEYS[4], ARGV[7])
redis.call('PUBLISH', ARGV[8], ARGV[7])
return { 'stored', sequence + 1 }
