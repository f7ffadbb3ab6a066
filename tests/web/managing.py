"""How the creator of a share speaks of it to the API."""

from __future__ import annotations

from typing import Any


def manager(share: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {share['manage_key']}"}


def api(share: Any) -> str:
    return f"/api/v1/shares/{share['token']}"
