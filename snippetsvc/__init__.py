"""snippetsvc: mark snippets of an article, share them by a signed link."""

__version__ = "0.1.0"
