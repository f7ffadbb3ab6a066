"""Where articles and shares are kept: Valkey or Redis, one of our own (embedded) or one at an address.

`connect` gives a `Store`. This package alone imports redis.
"""

from snippetsvc.store.erasing import Erasure
from snippetsvc.store.shares import Issued, Opened
from snippetsvc.store.status import StoreStatus
from snippetsvc.store.store import Store, connect

__all__ = ["Erasure", "Issued", "Opened", "Store", "StoreStatus", "connect"]
