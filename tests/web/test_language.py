"""Which language a page speaks: the one that was asked for, the reader's, the article's; and no other beside it."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from snippetsvc.language import LANGUAGES, SOURCE
from snippetsvc.web.negotiation import choose
from tests.service import Service

ENGLISH = "Mark any passage"
RUSSIAN = "Отметьте любой фрагмент"
BELARUSIAN = "Пазначце любы фрагмент"


@pytest.mark.parametrize(
    ("requested", "wish", "article", "chosen"),
    [
        pytest.param("be", "en", "ru", "be", id="what was asked for comes first"),
        pytest.param(None, "en", "ru", "en", id="then the reader's own"),
        pytest.param(None, "be;q=0.5,ru;q=0.9", "en", "ru", id="the best of them"),
        pytest.param(None, "ru-RU,ru;q=0.8", "en", "ru", id="whose regions count as well"),
        pytest.param(None, "be-BY,ru;q=0.9", "en", "be", id="before others without one"),
        pytest.param(None, "de,en;q=0.5", "ru", "en", id="though it is not the first"),
        pytest.param(None, "de", "ru", "ru", id="then the article's"),
        pytest.param(None, "de,*;q=0.5", "be-tarask", "be", id="whose variants count as itself"),
        pytest.param(None, "", "RU", "ru", id="in any case"),
        pytest.param(None, "tlh,la;q=0.8", "tlh", "en", id="then English"),
        pytest.param(None, "ru;q=0", None, "en", id="also when only what is not wanted is known"),
        pytest.param("tlh", "be", None, "be", id="an unknown one was not asked for"),
        pytest.param("", "", "be", "be", id="nor an empty one"),
    ],
)
def test_the_language_is_chosen(requested: str | None, wish: str, article: str | None, chosen: str) -> None:
    assert choose(requested, parse_accept_header(wish, LanguageAccept), article) == chosen


@pytest.fixture
def article(service: Service, slug: str) -> str:
    """The address of an article in a language that the interface does not have."""
    service.publish(slug, "<h1>De rebus</h1><p>Hic verba stant.</p>", lang="la")
    return f"/articles/{slug}"


@pytest.mark.parametrize(
    ("query", "accept", "lang", "words"),
    [
        pytest.param("", "ru", "ru", RUSSIAN, id="the reader's wish"),
        pytest.param("?lang=be", "ru", "be", BELARUSIAN, id="what was asked for"),
        pytest.param("", "fr", "en", ENGLISH, id="English otherwise"),
        pytest.param("?lang=xx", "be", "be", BELARUSIAN, id="an unknown language"),
    ],
)
def test_a_page_speaks_one_language(
    service: Service, article: str, query: str, accept: str, lang: str, words: str
) -> None:
    answer = service.get(article + query, **{"Accept-Language": accept})

    assert f'<html lang="{lang}"' in answer.text
    assert words in answer.text
    assert sum(each in answer.text for each in (ENGLISH, RUSSIAN, BELARUSIAN)) == 1


@pytest.mark.parametrize("path", ["", "/print", "?lang=ru", "?revision=1", "?revision=none"])
def test_caches_are_told_that_the_readers_wish_decides(service: Service, article: str, path: str) -> None:
    answers = [service.get(article + path, **{"Accept-Language": wish}) for wish in ("ru", "be", "de", "ru-RU,ru;q=.9")]

    assert all(answer.headers["vary"] == "Accept-Language" for answer in answers)
    # By the language, not by the header's words.
    tags = [answer.headers.get("etag") for answer in answers]
    assert tags[0] == tags[3]


def test_pages_of_different_languages_have_different_etags(service: Service, article: str) -> None:
    tags = {service.get(f"{article}?lang={code}").headers["etag"] for code in LANGUAGES}

    assert len(tags) == len(LANGUAGES)


def test_the_language_that_was_asked_for_is_carried_on_without_a_cookie(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>News</h1><p>Some words stand here.</p>", lang="en", source_url="https://example.org/a")
    share = service.share(slug, "Some words")

    for path in ("/?lang=ru", f"/articles/{slug}?lang=ru", f"{share['url']}?lang=ru", f"{share['print_url']}?lang=ru"):
        answer = service.get(path)
        assert "set-cookie" not in answer.headers
        assert '<html lang="ru"' in answer.text
        switches = answer.text.partition('<nav class="languages"')[2].partition("</nav>")[0]
        assert not switches or switches.count("<li>") == len(LANGUAGES)
        own = re.findall(r'<a [^>]*href="(/[^"]*)"', answer.text.replace(switches, ""))
        assert own
        assert all("lang=ru" in href for href in own), own


def test_a_link_that_is_given_out_has_no_language(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>News</h1><p>Some words stand here.</p>", lang="en")
    share = service.share(slug, "Some words")
    shared = service.get(f"{share['url']}?lang=ru").text
    article = service.get(f"/articles/{slug}?lang=ru").text

    assert f'data-share-url="{share["url"]}"' in shared
    assert f'<meta property="og:url" content="{share["url"]}">' in shared
    assert f'<link rel="canonical" href="{service.url}/articles/{slug}">' in article


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        *(("GET", "/?page=none", 400), ("GET", "/s/x", 404), ("GET", "/s/1-x", 404)),
        *(("PUT", "/", 405), ("POST", "/articles/x/print", 405)),
    ],
)
def test_what_went_wrong_is_told_in_the_language_alone(
    service: Service, code: str, method: str, path: str, status: int
) -> None:
    answer = service.call(method, f"{path}{'&' if '?' in path else '?'}lang={code}")
    main = BeautifulSoup(answer.text, "html.parser").find("main")

    assert answer.status == status
    assert isinstance(main, Tag)
    assert (re.search(r"[A-Za-z]", main.get_text()) is None) is (code != SOURCE)
