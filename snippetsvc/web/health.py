"""Whether the process lives (`/healthz`), and whether it can do its work and keep what it promises (`/readyz`)."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from flask import Blueprint, Response

from snippetsvc.web.site import services

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> Response:
    return _answer({"status": "ok"}, HTTPStatus.OK)


@health.get("/readyz")
def readyz() -> Response:
    """503 while the store is away or takes no writes; and what is known of its durability and of eviction."""
    store = services().store.status()
    ready = store.writable
    facts: dict[str, object] = {
        "status": "ready" if ready else "store takes no writes" if store.reachable else "store away",
        "store": {
            "reachable": store.reachable,
            "writable": store.writable,
            "appendonly": store.appendonly,
            "appendfsync": store.appendfsync,
            "maxmemory_policy": store.maxmemory_policy,
            "may_evict": store.may_evict,
            "durability": store.durability,
        },
        "warnings": list(store.warnings),
    }
    response = _answer(facts, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
    if not ready:
        response.headers["Retry-After"] = "2"
    return response


def _answer(facts: dict[str, object], status: HTTPStatus) -> Response:
    response = Response(msgspec.json.encode(facts), status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response
