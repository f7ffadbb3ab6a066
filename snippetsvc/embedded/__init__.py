"""The store's server that comes with us: a program that yields a URL, and is kept up."""

from snippetsvc.embedded.server import Embedded

__all__ = ["Embedded"]
