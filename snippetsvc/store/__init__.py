"""Where articles and shares are kept: Valkey or Redis at a URL.

`connect` gives a `Store`. This package alone imports redis.
"""

from snippetsvc.store.erasing import Erasure
from snippetsvc.store.shares import Found, Kept
from snippetsvc.store.status import StoreStatus
from snippetsvc.store.store import Store, connect

__all__ = ["Erasure", "Found", "Kept", "Store", "StoreStatus", "connect"]
