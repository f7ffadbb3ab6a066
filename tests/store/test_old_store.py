"""A store that an older release has written (commit 3cf4fe3) opens.

old_store.json was written by that release's own HTTP API and use cases (rename, retract, withdraw) with a clock at
`made_at`, on an empty server, and then read from it key by key: values in base64, the seconds for which some are kept,
the list of articles by time, and each share's token and manage key. One record was made by hand, with that release's
`Alignment` and `Store.save_alignment`: article 5's alignment leads from the only "and another" of its first revision to
the second of the two that its next one has, where no comparison would find it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from snippetsvc.anchoring import Alignment
from snippetsvc.models import Article, Retracted, Revision, Share, Tombstone
from snippetsvc.run.app import create_app
from snippetsvc.store import Store
from tests.store.backings import Backing

OLD: dict[str, Any] = json.loads((Path(__file__).parent / "old_store.json").read_text())
MADE_AT = datetime.fromisoformat(OLD["made_at"])


@pytest.fixture
def backing(backing: Backing) -> Backing:
    """What the old store stands on."""
    for key, value in OLD["values"].items():
        life = OLD["lives"].get(key)
        backing.ask("SET", key, base64.b64decode(value), *(("EX", life) if life else ()))
    for number, milliseconds in OLD["articles"].items():
        backing.ask("ZADD", "snip:articles", milliseconds, number)
    return backing


@pytest.fixture
def client(backing: Backing) -> Iterator[FlaskClient]:
    """A client of the service on the old store, two minutes later."""
    settings = {"SECRET_KEYS": OLD["secret_keys"], "BASE_URL": "https://news.example", "PUBLISH_KEYS": "publisher"}
    settings |= {"REDIS_URL": backing.url} if backing.url else {"DATA_DIR": str(backing.data_dir)}
    environment = {f"SNIPPETSVC_{name}": value for name, value in settings.items()}
    app = create_app(environment, lambda: MADE_AT + timedelta(minutes=2))
    yield app.test_client()
    app.extensions["close"]()


def api(name: str) -> str:
    return f"/api/v1/shares/{OLD['shares'][name]['token']}"


def manager(name: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {OLD['shares'][name]['manage_key']}"}


def stored(store: Store, name: str) -> tuple[Article | None, Share | Tombstone | None]:
    share_id = OLD["shares"][name]["token"].partition(".")[0]
    return store.open_share(share_id, int(share_id.partition("-")[0]))


def test_articles(store: Store) -> None:
    listed, more = store.articles(0, 10)
    assert ([article.slug for article in listed], more) == (["kept", "theft", "crossing"], False)
    crossing = store.article_by_slug("ferry")
    assert crossing == store.article_by_slug("crossing")
    assert crossing is not None
    assert (crossing.title, crossing.lang, crossing.author) == ("The ferry, again", "und", "Ada Writer")
    mistake, slander = store.article_by_slug("mistake"), store.article_by_slug("slander")
    assert mistake is not None
    assert slander is not None
    assert (mistake.withdrawn, slander.withdrawn) == (True, False)
    assert [info.retracted for info in slander.revisions] == [True]
    assert store.reserve("the next one") == 6


def test_revisions(store: Store) -> None:
    for number, words in ((1, "at six"), (2, "at seven"), (3, "at seven")):
        revision = store.revision(1, number)
        assert isinstance(revision, Revision)
        assert words in revision.html
    assert store.alignment(1, 1, 2)
    assert store.alignment(1, 1, 3)
    left = store.revision(2, 1)
    assert isinstance(left, Retracted)
    assert left.into == 2


def test_shares(store: Store) -> None:
    assert isinstance(stored(store, "revoked")[1], Tombstone)
    for name in OLD["shares"].keys() - {"revoked"}:
        article, share = stored(store, name)
        assert article is not None
        assert isinstance(share, Share), name
    _, share = stored(store, "ten years")
    assert isinstance(share, Share)
    assert share.expires_at == share.created_at + timedelta(days=3650)
    assert store.save_share(share, Tombstone(share.id, MADE_AT))


@pytest.mark.parametrize(
    ("name", "snippets"),
    [
        (
            "three marks",
            [
                ("leaves at six in the morning and carries", "green", "changed", "leaves at seven in the morning"),
                ("Children travel free of charge 🚢.", "pink", "intact", "Children travel free of charge 🚢."),
                ("The captain has crossed", "blue", "lost", None),
            ],
        ),
        ("ten years", [("forty cars", "yellow", "intact", "forty cars")]),
        ("retracted", [(None, "yellow", "lost", None), ("opens again on Monday", "green", "intact", "opens again on")]),
        ("after it", [("took the cup", "yellow", "intact", "took the cup")]),
    ],
)
def test_links_open(client: FlaskClient, name: str, snippets: list[tuple[str | None, str, str, str | None]]) -> None:
    share = client.get(api(name)).get_json()
    text = client.get(f"/api/v1/articles/{share['article']}/text").get_data(as_text=True)
    found = share["snippets"]
    assert [(each["quote"], each["color"], each["status"]) for each in found] == [each[:3] for each in snippets]
    for each, (*_, beginning) in zip(found, snippets, strict=True):
        starts = [selector["start"] for selector in each["selectors"] if "start" in selector]
        assert len(starts) == (beginning is not None)
        assert all(text.startswith(str(beginning), start) for start in starts)
    page = client.get(f"/s/{OLD['shares'][name]['token']}")
    assert page.status_code == 200
    assert 'class="snippet"' in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a minute", "expired"), ("revoked", "revoked"), ("withdrawn", "withdrawn"), ("nothing left", "retracted")],
)
def test_links_that_are_gone_say_why(client: FlaskClient, name: str, reason: str) -> None:
    answer = client.get(api(name))
    assert (answer.status_code, answer.get_json()["reason"]) == (410, reason)


def test_a_retracted_revision_says_so(client: FlaskClient) -> None:
    for path in ("/articles/theft?revision=1", "/api/v1/articles/theft/text?revision=1", "/articles/slander"):
        assert client.get(path).status_code == 410, path
    token = OLD["shares"]["retracted"]["token"]
    assert "Lindholm" not in client.get(f"/s/{token}").get_data(as_text=True)


def test_what_an_older_release_kept_of_a_comparison_is_made_anew(client: FlaskClient, store: Store) -> None:
    (snippet,) = client.get(api("by what is kept")).get_json()["snippets"]
    text = client.get("/api/v1/articles/kept/text").get_data(as_text=True)
    assert text.count("and another") == 2
    assert snippet["selectors"][0]["start"] == text.index("and another")
    made = store.alignment(5, 1, 2)
    assert made is not None
    assert not Alignment.outdated(made)


def test_an_old_slug_leads_to_the_new_one(client: FlaskClient) -> None:
    assert client.get("/articles/ferry").headers["location"].endswith("/articles/crossing")


def test_the_manage_key_still_fits(client: FlaskClient) -> None:
    assert client.patch(api("ten years"), json={"expires_in": None}, headers=manager("ten years")).status_code == 200
    assert client.delete(api("three marks"), headers=manager("three marks")).status_code == 204
    assert client.get(api("three marks")).get_json()["reason"] == "revoked"


def test_the_same_request_is_the_same_link(client: FlaskClient) -> None:
    quotes = [
        ("leaves at six in the morning and carries", "green"),
        ("Children travel free of charge 🚢.", "pink"),
        ("The captain has crossed", "blue"),
    ]
    text = client.get("/api/v1/articles/crossing/text?revision=1").get_data(as_text=True)
    snippets = []
    for quote, color in quotes:
        start = text.index(quote)
        position = {"type": "TextPositionSelector", "start": start, "end": start + len(quote)}
        snippets.append({"selectors": [position], "color": color})
    body = {"article": "ferry", "snippets": snippets}
    again = client.post("/api/v1/shares", json=body, headers={"Idempotency-Key": "one-and-the-same-request-again"})
    assert again.get_json()["token"] == OLD["shares"]["three marks"]["token"]
    assert again.get_json()["manage_key"] == OLD["shares"]["three marks"]["manage_key"]


def test_the_next_revision(client: FlaskClient) -> None:
    body = {"html": "<h1>A theft</h1><p>The museum opens again on Monday.</p><p>The cup was found.</p>"}
    answer = client.put("/api/v1/articles/theft", json=body, headers={"Authorization": "Bearer publisher"})
    assert answer.status_code == 200
    share = client.get(api("retracted")).get_json()
    assert share["current_revision"] == 3
    assert [snippet["status"] for snippet in share["snippets"]] == ["lost", "intact"]
