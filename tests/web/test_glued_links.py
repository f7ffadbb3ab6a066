"""Links open with whatever mail, chats and trackers have glued to them: it is cut off, and never looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from snippetsvc.tokens import Tokens
from tests.service import Service
from tests.web.wire import Wire

#: What stands behind the token, and what is left of it.
GLUED = {
    "a slash": ("/", ""),
    "two slashes": ("//", ""),
    "a path": ("/foo/bar", ""),
    "a path behind two slashes": ("//news.example/", ""),
    "dots": ("/../..", ""),
    "parameters of a tracker": ("&utm_source=x&utm_medium=email", ""),
    "parameters, escaped": ("%3Futm_source=x%26lang=ru", ""),
    "a parameter without a question mark": (";jsessionid=1", ""),
    "a fragment, escaped": ("%23snippet-1", ""),
    "a full stop": (".", ""),
    "three full stops": ("...", ""),
    "an ellipsis": ("%E2%80%A6", ""),
    "a bracket and a full stop": (").", ""),
    "brackets of all kinds": ("%5D%7D%3E)", ""),
    "a quotation mark": ("%22", ""),
    "quotation marks of other languages": ("%C2%BB%E2%80%9C%E2%80%99", ""),
    "an apostrophe": ("'", ""),
    "Markdown": ("**", ""),
    "a word behind a full stop": (".Then", ""),
    "an unknown export": (".xml", ""),
    "a word without a space": ("%E3%81%A7%E3%81%99", ""),
    "characters of tokens": ("A-_9", ""),
    "a second signature": ("." + "A" * 43, ""),
    "a second link": ("https://news.example/s/1-A", ""),
    "a zero-width space": ("%E2%80%8B", ""),
    "a no-break space": ("%C2%A0", ""),
    "a byte order mark": ("%EF%BB%BF", ""),
    "a line feed": ("%0A", ""),
    "a header": ("%0D%0ASet-Cookie:%20a=b", ""),
    "NUL": ("%00", ""),
    "not UTF-8": ("%FF", ""),
    "half a character": ("%E2%80", ""),
    "an escaped escape": ("%2520", ""),
    "much": ("." + "x" * 5_000, ""),
    "a slash behind print": ("/print/", "/print"),
    "a parameter behind print": ("/print&x", "/print"),
    "a line feed behind print": ("/print%0A", "/print"),
    "letters behind print": ("/printer", "/print"),
    "a bracket behind text": (".txt)", ".txt"),
    "a letter behind text": (".txtx", ".txt"),
    "a path behind Markdown": (".md/foo", ".md"),
    "a full stop behind JSON": (".json.", ".json"),
    "a letter behind JSON": (".jsonx", ".json"),
    "a full stop behind JSON-LD": (".jsonld.", ".jsonld"),
    "a quotation mark behind the QR code": ("/qr.svg%22", "/qr.svg"),
}


@pytest.mark.parametrize(("behind", "left"), GLUED.values(), ids=GLUED.keys())
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whatever_follows_a_valid_token_is_cut_off(
    service: Service, link: Any, behind: str, left: str, method: str
) -> None:
    answer = service.call(method, f"/s/{link['token']}{behind}")

    assert (answer.status, answer.headers["location"]) == (303, f"/s/{link['token']}{left}")
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert "set-cookie" not in answer.headers
    assert service.call(method, answer.headers["location"]).status == 200


@pytest.mark.parametrize("behind", ["»", "…", "\u200b", '"', "\\", "'"])
def test_what_is_not_escaped(service: Service, link: Any, behind: str) -> None:
    with Wire(service) as wire:
        wire.send("GET", f"/s/{link['token']}{behind}", {})
        answer = wire.answer()

    assert (answer.status, answer.headers.get("location")) == (303, f"/s/{link['token']}")


def test_every_address_that_a_shared_page_leads_to_is_known(service: Service, link: Any) -> None:
    page = BeautifulSoup(service.get(link["url"]).text, "html.parser")
    found = {str(tag.get("href") or tag.get("src") or "").partition("?")[0] for tag in page.find_all(["a", "img"])}
    ours = {path for path in found if path.startswith(f"/s/{link['token']}")}

    assert {path.removeprefix(f"/s/{link['token']}") for path in ours} >= {"/print", "/qr.svg", ".txt", ".json"}
    for path in ours:
        assert service.get(f"{path}).").headers["location"] == path


@pytest.mark.parametrize("query", ["lang=ru", "as=marked&lang=be", "only=snippets", "marks=off&x=%0d%0aa%3A+b", "=&&"])
def test_the_query_is_kept(service: Service, link: Any, query: str) -> None:
    for behind, left in (("/", ""), ("%E2%80%8B", ""), ("/print/", "/print"), (".txt)", ".txt")):
        answer = service.get(f"/s/{link['token']}{behind}?{query}")

        assert (answer.status, answer.headers["location"]) == (303, f"/s/{link['token']}{left}?{query}")
        assert service.get(answer.headers["location"]).status == 200


@pytest.mark.parametrize("prefix", ["", "/marks"])
def test_below_a_path(below: Service, prefix: str) -> None:
    token = below.share("harbour", "Monday")["token"]
    for path, target in (
        (f"/s/{token}/", f"/s/{token}"),
        (f"/s/{token}/print).?lang=ru", f"/s/{token}/print?lang=ru"),
        ("/articles/harbour/?lang=ru", "/articles/harbour?lang=ru"),
    ):
        assert below.get(prefix + path).headers["location"] == f"/marks{target}"
        assert below.get(f"/marks{target}").status == 200


def test_the_store_is_not_asked(service: Service, link: Any, later: Callable[..., FlaskClient]) -> None:
    keys = (service.data_dir / "secret-keys").read_text().strip()
    away = later(0, REDIS_URL="redis://127.0.0.1:1", SECRET_KEYS=keys)

    assert away.get(f"/s/{link['token']}").status_code == 503
    assert away.get(f"/s/{link['token']}/").status_code == 303
    assert away.get(f"/s/{Tokens(['another-key']).sign(link['token'].partition('.')[0])}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/articles/{}/", "/articles/{}"),
        ("/articles/{}/?revision=1&lang=ru", "/articles/{}?revision=1&lang=ru"),
        ("/articles/{}/print/", "/articles/{}/print"),
        ("/articles/{}/print/?lang=be", "/articles/{}/print?lang=be"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_slash_behind_an_article(service: Service, harbour: str, path: str, target: str, method: str) -> None:
    answer = service.call(method, path.format(harbour))

    assert (answer.status, answer.headers["location"]) == (301, target.format(harbour))
    assert "x-robots-tag" not in answer.headers
    assert service.call(method, answer.headers["location"]).status == 200
