"""What is there before the first picture: articles, links to them, what became of some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from pictures.articles import (
    ARABIC,
    BEFORE,
    EVERYWHERE,
    FERRY,
    FERRY_EDITED,
    FERRY_TO_BE_EDITED,
    FOUR,
    JAPANESE,
    RUSSIAN,
)
from snippetsvc.embedded import Embedded
from snippetsvc.models import Share
from snippetsvc.store import connect
from tests.service import Service

#: Where the states are found, by names that the table of states uses.
Addresses = Mapping[str, str]

_FACTS = {"publisher": "The Saltholm Courier", "author": "R. Waters", "published_at": "2026-11-21"}


def publish(service: Service) -> Addresses:
    """Publish everything, make the links, edit, revoke and let expire."""
    for slug, html, fields in (
        ("ferry-ja", JAPANESE, {"lang": "ja", "publisher": "島の新聞", "published_at": "2026-11-22"}),
        ("ferry-ar", ARABIC, {"lang": "ar", "dir": "rtl", "publisher": "صحيفة الجزيرة", "published_at": "2026-11-22"}),
        ("ferry-ru", RUSSIAN, {"lang": "ru", "publisher": "Островной вестник", "published_at": "2026-11-22"}),
        ("night-ferry-edited", FERRY_TO_BE_EDITED, {"lang": "en", **_FACTS}),
        ("night-ferry", FERRY, {"lang": "en", **_FACTS, "source_url": "https://example.org/news/night-ferry"}),
    ):
        _see(service.publish(slug, html, **fields))
    edited = service.share("night-ferry-edited", *BEFORE)
    _see(service.publish("night-ferry-edited", FERRY_EDITED, lang="en", **_FACTS))
    revoked, expired = (service.share("night-ferry", *FOUR) for _ in range(2))
    _revoke(service, revoked)
    _expire(service, expired)
    return {
        "home": f"{service.url}/",
        "article": f"{service.url}/articles/night-ferry",
        "Russian article": f"{service.url}/articles/ferry-ru",
        "Arabic article": f"{service.url}/articles/ferry-ar",
        "Japanese article": f"{service.url}/articles/ferry-ja",
        "sent": service.share("night-ferry", *FOUR)["url"],
        "everywhere": service.share("night-ferry", *EVERYWHERE)["url"],
        "edited": edited["url"],
        "Arabic sent": service.share("ferry-ar", "العاشرة مساءً", ("ليس إلا نصف مكان", "blue"))["url"],
        "Japanese sent": service.share("ferry-ja", "夜十時", ("猫には要らない", "pink"))["url"],
        "revoked": revoked["url"],
        "expired": expired["url"],
        "unknown": f"{service.url}/s/unknown",
    }


def _see(answer: Any) -> None:
    assert answer.status in (200, 201, 204), answer.text


def _revoke(service: Service, share: Any) -> None:
    key = {"Authorization": f"Bearer {share['manage_key']}"}
    _see(service.call("DELETE", f"/api/v1/shares/{share['token']}", headers=key))


def _expire(service: Service, share: Any) -> None:
    """Set its end into the past, in the store: links live for a minute at least, and nobody waits that long here."""
    with Embedded(service.data_dir) as embedded, connect(embedded.url) as store:
        stored = store.open_share(share["token"].rpartition(".")[0], 0).share
        assert isinstance(stored, Share)
        past = stored.created_at - timedelta(hours=1)
        assert store.save_share(stored, replace(stored, created_at=past, expires_at=past + timedelta(minutes=1)))
