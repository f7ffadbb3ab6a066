"""What people do: publishers with articles, readers with shares. Views and commands call these, and nothing below."""

from snippetsvc.service.services import Services

__all__ = ["Services"]
