"""What scripts and screen readers say comes in the page's language, by addresses of its own."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from snippetsvc.language import LANGUAGES
from tests.service import Service


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_names_the_words_of_its_scripts_and_holds_none(service: Service, harbour: str, code: str) -> None:
    page = BeautifulSoup(service.get(f"/articles/{harbour}?lang={code}").text, "html.parser")
    address = str(page.select("body")[0]["data-words"])
    words = service.get(address)

    assert words.headers["content-type"] == "application/json"
    assert words.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert words.json == LANGUAGES[code].messages
    said = str(LANGUAGES[code].messages.get("Saving the link…", "Saving the link…"))
    assert said not in page.decode()
    # A page that is older than this process, or newer.
    other = service.get(re.sub(r"/static/[^/]+/", "/static/older/", address))
    assert other.json == words.json
    assert "immutable" not in other.headers["cache-control"]


@pytest.mark.parametrize(
    ("code", "begins"), [("en", "Snippet "), ("ru", "Начало фрагмента "), ("be", "Пачатак фрагмента ")]
)
def test_what_screen_readers_say_at_a_mark(service: Service, slug: str, code: str, begins: str) -> None:
    service.publish(slug, "<h1>T</h1>")
    page = service.get(f"/articles/{slug}?lang={code}").text
    address = re.search(r'"(/static/[0-9a-f]{12}/words\.[a-z]+\.css)', page)
    assert address
    answer = service.get(address[1])

    assert answer.headers["content-type"].startswith("text/css")
    assert f'.snippet[data-starts]::before{{content:attr(data-starts)/"{begins}" attr(data-starts)' in answer.text
    assert service.get(address[1], **{"If-None-Match": answer.headers["etag"]}).status == 304


def test_there_are_no_words_in_an_unknown_language(service: Service) -> None:
    assert service.get("/static/000000000000/words.xx.css").status == 404
