"""The service over HTTP and on the command line: the only package that imports flask."""

from snippetsvc.web.factory import create_app

__all__ = ["create_app"]
