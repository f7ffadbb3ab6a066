"""An article's life: published, renamed, withdrawn, reverted; where its old addresses and its links lead then."""

from __future__ import annotations

import re

from tests.service import Service
from tests.web.ferry import EDITED, FIRST
from tests.web.managing import manager
from tests.web.problems import is_problem


def test_publishing(service: Service, slug: str) -> None:
    created = service.publish(slug, "<h1>A</h1><p>Words.</p>", lang="be", published_at="2026-01-02T03:04:05+03:00")
    assert created.status == 201
    assert created.headers["location"] == f"{service.url}/api/v1/articles/{slug}"
    article = created.json
    assert article.keys() == {
        *"slug title lang dir author authors publisher published_at modified_at source_url canonical_url".split(),
        *"license description image selector revision revisions notices marks".split(),
    }
    assert service.get(f"/api/v1/articles/{slug}").json.keys() == article.keys() - {"notices", "marks"}
    assert (article["title"], article["lang"], article["published_at"]) == ("A", "be", "2026-01-02T03:04:05+03:00")
    (revision,) = article["revisions"]
    assert revision.keys() == {"number", "created_at", "digest", "length"}
    assert re.fullmatch(r"[0-9a-f]{64}", revision["digest"])
    assert revision["length"] == len(service.text(slug))

    same = service.publish(slug, "<h1>A</h1>\n\n<p>Words.</p>")
    assert (same.status, same.json["revision"]) == (200, 1)
    other = service.publish(slug, "<h1>A</h1><p>Others.</p>", author="Ada")
    assert (other.status, other.json["revision"], other.json["author"]) == (200, 2, "Ada")
    assert service.publish(slug, "<h1>A</h1><p>Others.</p>", author=None).json["author"] is None
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 2


def test_a_renamed_article(service: Service, slug: str) -> None:
    new = f"{slug}-new"
    service.publish(slug, "<p>Some words.</p>")
    share = service.share(slug, "Some words")
    assert service.flask("articles", "rename", slug, new).returncode == 0
    for path, status in (
        ("/articles/{}", 301),
        ("/articles/{}?revision=1", 301),
        ("/articles/{}?lang=ru&from=a%26b&revision=1", 301),
        ("/articles/{}/print", 301),
        ("/articles/{}/print?revision=1&lang=be", 301),
        ("/api/v1/articles/{}", 308),
        ("/api/v1/articles/{}/text", 308),
        ("/api/v1/articles/{}/html?revision=1", 308),
    ):
        answer = service.get(path.format(slug))
        assert answer.status == status
        # Renamed back, and both redirects kept for ever, a browser would go round in circles.
        assert answer.headers["cache-control"] == "public, no-cache"
        target = answer.headers["location"].removeprefix(service.url)
        assert target == path.format(new)
        assert service.get(target).status == 200
    moved = service.publish(slug, "<p>Other words.</p>")
    assert (moved.status, moved.headers["location"]) == (308, f"{service.url}/api/v1/articles/{new}")
    assert service.get(f"/api/v1/shares/{share['token']}").json["article"] == new
    assert service.share(new, "Some words")["article"] == new
    other = {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Some words"}]}]}
    assert service.call("POST", "/api/v1/shares", other).json["article"] == new
    for old, taken in ((new, "harbour"), ("no-such-article", "x"), (new, "Not A Slug")):
        service.publish("harbour-of-another", "<p>x</p>")
        done = service.flask("articles", "rename", old, taken if taken != "harbour" else "harbour-of-another")
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1


def test_renamed(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "rename", slug, f"{slug}-new").returncode == 0
    moved = service.get(f"/articles/{slug}")
    assert (moved.status, moved.headers["location"]) == (301, f"/articles/{slug}-new")
    assert service.get(f"/s/{edited_link}").status == 200
    assert service.get(f"/api/v1/shares/{edited_link}").json["article"] == f"{slug}-new"
    service.publish(f"{slug}-other", FIRST)
    taken = service.flask("articles", "rename", f"{slug}-new", f"{slug}-other")
    assert taken.returncode == 1
    assert len(taken.stderr.splitlines()) == 1


def test_a_withdrawn_article(service: Service, slug: str) -> None:
    service.publish(slug, "<p>Some words.</p>")
    share = service.share(slug, "Some words")
    token = share["token"]
    assert service.flask("articles", "withdraw", slug).returncode == 0
    for path in (
        *(f"/articles/{slug}", f"/articles/{slug}/print", f"/articles/{slug}?revision=1", f"/s/{token}"),
        *(f"/s/{token}/print", f"/s/{token}?as=marked", f"/s/{token}?marks=off"),
    ):
        answer = service.get(path)
        assert answer.status == 410, path
        assert "Some words" not in answer.text
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for path in (
        *(f"/api/v1/articles/{slug}", f"/api/v1/articles/{slug}/text", f"/api/v1/articles/{slug}/html"),
        *(f"/api/v1/shares/{token}", f"/s/{token}.txt", f"/s/{token}.json", f"/s/{token}/qr.svg"),
        *(f"/oembed?url={share['url']}", f"/oembed?url={service.url}/articles/{slug}"),
    ):
        assert is_problem(service.get(path), 410)["reason"] == "withdrawn", path
    body = {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Some words"}]}]}
    assert is_problem(service.call("POST", "/api/v1/shares", body), 422)["errors"][0]["pointer"] == "/article"
    assert slug not in service.get("/").text
    assert service.call("DELETE", f"/api/v1/shares/{token}", headers=manager(share)).status == 204
    assert service.publish(slug, "<p>Some words.</p>").status == 200
    assert service.get(f"/articles/{slug}").status == 200


def test_withdrawn_and_published_again(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "withdraw", slug).returncode == 0
    assert [service.get(path).status for path in (f"/articles/{slug}", f"/s/{edited_link}")] == [410, 410]
    assert service.publish(slug, EDITED).status == 200
    assert [service.get(path).status for path in (f"/articles/{slug}", f"/s/{edited_link}")] == [200, 200]


def test_a_revert_brings_the_title_and_a_withdrawn_article_back(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>Old</h1><p>Words.</p>", lang="en")
    service.publish(slug, "<h1>New</h1><p>Words.</p>", title="New | News")
    assert service.flask("articles", "revert", slug, "1").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["title"] == "Old"
    assert service.flask("articles", "withdraw", slug).returncode == 0
    assert service.flask("articles", "diff", slug, "1", "2").returncode == 0
    assert service.get(f"/articles/{slug}").status == 410
    assert service.flask("articles", "revert", slug, "2").stdout == f"{slug}: revision 4\n"
    assert service.get(f"/articles/{slug}").status == 200
    service.flask("articles", "withdraw", slug)
    assert service.flask("articles", "revert", slug, "2").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 4
    service.publish(slug, "<h1>New</h1><p>Other words.</p>", title="New | News")
    service.flask("articles", "revert", slug, "2")
    assert service.get(f"/api/v1/articles/{slug}").json["title"] == "New | News"
