"""What people do: publishers with articles, readers with shares. Views and commands call these."""

from snippetsvc.service.services import Services

__all__ = ["Services"]
