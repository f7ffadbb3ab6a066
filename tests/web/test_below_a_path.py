"""A service whose public address has a path: every address that it tells begins with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import Service


def test_lists_are_whole_in_pages(below: Service) -> None:
    for number in range(105):
        assert below.publish(f"listed-{number}", f"<p>Words of {number}.</p>").status == 201
    seen: list[str] = []
    path: str | None = "/api/v1/articles"
    sizes = []
    while path:
        page = below.get(path).json
        sizes.append(len(page["articles"]))
        seen += [article["slug"] for article in page["articles"]]
        assert page["next"] is None or page["next"].startswith("https://news.example/marks/api/v1/articles?")
        path = page["next"] and page["next"].removeprefix("https://news.example")
    assert sizes == [50, 50, 6]
    assert [slug for slug in seen if slug.startswith("listed-")] == [
        f"listed-{number}" for number in range(104, -1, -1)
    ]
    assert [len(article_links(below, number)) for number in (1, 2, 3)] == [50, 50, 6]
    assert below.get("/?page=4").status == 404


def article_links(service: Service, number: int) -> set[str]:
    return set(re.findall(r'href="/marks/articles/([^"?]+)', service.get(f"/?page={number}").text))


@pytest.mark.parametrize("prefix", ["", "/marks"])
def test_below_a_path(below: Service, prefix: str) -> None:
    public = "https://news.example/marks"
    body = {"article": "harbour", "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    issued = below.call("POST", f"{prefix}/api/v1/shares", body)
    share = issued.json
    token = share["token"]
    assert share["url"] == f"{public}/s/{token}"
    assert share["print_url"] == f"{public}/s/{token}/print"
    assert issued.headers["location"] == f"{public}/api/v1/shares/{token}"
    paths = ["/", "/articles/harbour", "/articles/harbour/print", f"/s/{token}", f"/s/{token}/print"]
    for path in [*paths, *(f"{path}?lang=ru" for path in paths)]:
        answer = below.get(prefix + path)
        assert answer.status == 200, path
        page = BeautifulSoup(answer.text, "html.parser")
        for tag in page.find_all(True):
            for name in ("href", "src", "action", "data-api", "data-article-url", "data-share-url", "data-words"):
                value = str(tag.get(name) or "")
                assert not value.startswith("/") or value.startswith("/marks/"), (path, tag)
                assert "127.0.0.1" not in value, (path, tag)
        for tag in page.select("script[src], link[rel~=stylesheet]"):
            assert below.get(str(tag.get("src") or tag.get("href"))).status == 200
    for path in (f"/s/{token}.txt", f"/s/{token}.md", f"/s/{token}.json", f"/s/{token}.jsonld"):
        exported = below.get(prefix + path)
        assert exported.status == 200
        assert f"{public}/s/{token}" in exported.text.replace("\\", "")
        assert "127.0.0.1" not in exported.text
    assert below.get(f"{prefix}/oembed?url={public}/s/{token}").status == 200
    for foreign in (f"{below.url}/s/{token}", f"https://news.example/s/{token}", f"{public}x/s/{token}"):
        assert below.get(f"{prefix}/oembed?url={foreign}").status == 404
    for path in ("/nothing", "/s/nothing"):
        assert 'href="/marks/"' in below.get(prefix + path).text
    assert below.get(f"{prefix}/healthz").status == 200


@pytest.mark.parametrize("base", ["/marks/articles", "/marks/s", "/shares", "/articles-of-ours"])
def test_below_a_path_that_only_looks_like_our_own_addresses(
    service: Service, harbour: str, link: Any, later: Callable[..., FlaskClient], base: str
) -> None:
    client = later(0, BASE_URL=f"https://news.example{base}")
    for path in (
        "/",
        f"/articles/{harbour}",
        f"/articles/{harbour}/print",
        f"/s/{link['token']}",
        f"/s/{link['token']}/print",
        f"/s/{link['token']}.json",
        f"/api/v1/shares/{link['token']}",
        f"/api/v1/articles/{harbour}/text",
    ):
        with_it, without = client.get(base + path), client.get(path)
        assert (with_it.status_code, without.status_code) == (200, 200), path
        assert with_it.get_data() == without.get_data()
    page = client.get(f"/s/{link['token']}").get_data(as_text=True)
    for sheet in re.findall(r'<link rel="stylesheet" href="([^"]+)"', page):
        assert sheet.startswith(f"{base}/")
        assert client.get(sheet).status_code == 200
    assert client.get(f"{base}/s/nothing.json").content_type == "application/problem+json"
    assert client.post(f"{base}/articles/{harbour}").status_code == 405


def test_redirects_below_a_path(below: Service) -> None:
    below.publish("moving", "<p>Words.</p>")
    assert below.flask("articles", "rename", "moving", "moved").returncode == 0
    assert below.get("/marks/articles/moving").headers["location"].removeprefix("https://news.example") == (
        "/marks/articles/moved"
    )
    answer = below.get("/api/v1/articles/moving")
    assert answer.headers["location"] == "https://news.example/marks/api/v1/articles/moved"
    for path in ("/marks", "/marks//articles/moved", "/marks/articles//moved", "/marks/marks/", "/marksx/"):
        answer = below.get(path)
        if answer.status in (301, 308):
            location = answer.headers["location"]
            assert re.match(r"(https://news\.example)?/marks/", location), (path, location)
        else:
            assert answer.status in (200, 404)
