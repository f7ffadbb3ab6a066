-- Sets a key if it still holds what the caller has read, and further keys of the same hash tag with it: all or none.
--
-- KEYS[1]  the key that is compared
-- KEYS[2…] further keys of its hash tag
-- ARGV[1]  the value expected in KEYS[1], as bytes; empty: the key must not exist
-- ARGV[2]  its new value, as bytes; empty: delete it
-- ARGV[3]  the life of KEYS[1] in seconds; 0: for ever
-- ARGV[4…] the values of KEYS[2…], as bytes, which live for ever; empty: delete
--
-- Returns 1 when stored, or when the new value stands there already: a retry whose first answer was lost has
-- succeeded. Otherwise 0, and nothing was written.

local current = redis.call('GET', KEYS[1]) or ''
if current ~= ARGV[1] then
  return current == ARGV[2] and 1 or 0
end
for place = 2, #KEYS do
  local value = ARGV[place + 2]
  if value == '' then
    redis.call('DEL', KEYS[place])
  else
    redis.call('SET', KEYS[place], value)
  end
end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
elseif ARGV[3] == '0' then
  redis.call('SET', KEYS[1], ARGV[2])
else
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
end
return 1
