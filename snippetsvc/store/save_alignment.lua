-- Keeps an alignment, unless one of its two revisions has been retracted meanwhile: its words must not come back.
--
-- KEYS[1]  the alignment
-- KEYS[2], KEYS[3]  the two revisions
-- ARGV[1]  the alignment's record, as bytes
-- ARGV[2]  its life in seconds; 0: for ever
-- ARGV[3]  how the record of a revision with its words begins, two bytes
-- ARGV[4]  what such a record is longer than, in bytes: one of an earlier format may be blank
--
-- Returns 1 when stored, otherwise 0.

for place = 2, 3 do
  if redis.call('GETRANGE', KEYS[place], 0, 1) ~= ARGV[3] or redis.call('STRLEN', KEYS[place]) <= tonumber(ARGV[4]) then
    return 0
  end
end
if ARGV[2] == '0' then
  redis.call('SET', KEYS[1], ARGV[1])
else
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
end
return 1
