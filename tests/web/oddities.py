"""Values that JSON can carry and nobody means."""

from __future__ import annotations

#: An integer of 401 digits.
HUGE = 10**400
#: Half a character: not to be written as UTF-8.
LONE = "\ud800"
