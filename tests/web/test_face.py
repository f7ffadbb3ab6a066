"""A publisher's face: its name, the language of home, a style sheet of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.service import Service

NAME = "Вести & <Co>"
RULES = "/* Ours. */\n:root { --link: #00594c }\n.masthead::after { content: '«' }\n"


@pytest.fixture(scope="module")
def dressed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("face")
    sheet = folder / "house style.css"
    sheet.write_text(RULES, encoding="utf-8")
    with Service(folder / "data", NAME=NAME, LANG="ru", STYLESHEET=str(sheet)) as service:
        service.publish("harbour", "<h1>The harbour</h1><p>Closed till May.</p>", lang="en")
        yield service


def page(service: Service, path: str, **headers: str) -> BeautifulSoup:
    return BeautifulSoup(service.get(path, **headers).text, "html.parser")


def test_the_name_is_the_heading_of_home_and_stands_in_the_head_of_every_page(dressed: Service) -> None:
    home = page(dressed, "/")
    assert home.title
    assert home.title.get_text() == home.select("h1")[0].get_text() == NAME
    link = dressed.share("harbour", "Closed")["url"]
    for path in ("/", "/articles/harbour", link, f"{link}?only=snippets", "/nothing"):
        assert page(dressed, path).select(".masthead .home")[0].get_text() == NAME, path


def test_feed_and_other_sites_are_told_the_name(dressed: Service) -> None:
    feed = ElementTree.fromstring(dressed.get("/feed.atom").text)  # noqa: S314  # our own
    assert feed.findtext("{http://www.w3.org/2005/Atom}title") == NAME
    assert dressed.get(f"/oembed?url={dressed.url}/articles/harbour").json["provider_name"] == NAME
    assert page(dressed, "/articles/harbour").select("meta[property='og:site_name']")[0]["content"] == NAME


@pytest.mark.parametrize(
    ("path", "wish", "lang"),
    [
        pytest.param("/", "fr-FR, fr;q=0.9", "ru", id="a reader whose language is not offered"),
        pytest.param("/", "", "ru", id="nobody's wish"),
        pytest.param("/", "be, ru;q=0.8", "be", id="a reader whose language is offered"),
        pytest.param("/?lang=en", "be", "en", id="what was asked for"),
        pytest.param("/nothing", "fr", "ru", id="an error"),
        pytest.param("/articles/harbour", "fr", "en", id="an article has its own"),
    ],
)
def test_the_language_of_home(dressed: Service, path: str, wish: str, lang: str) -> None:
    (root,) = page(dressed, path, **{"Accept-Language": wish}).select("html")
    assert root["lang"] == lang


@pytest.mark.parametrize(
    "path", ["/", "/articles/harbour", "/articles/harbour/print", "{link}", "{link}/print", "/nothing"]
)
def test_the_style_sheet_comes_last_and_from_here(dressed: Service, path: str) -> None:
    link = dressed.share("harbour", "Closed")["url"]
    sheets = [str(sheet["href"]) for sheet in page(dressed, path.format(link=link)).select("link[rel=stylesheet]")]
    assert [sheet.rpartition("/")[2] for sheet in sheets].index("publisher.css") == len(sheets) - 1 > 0
    answer = dressed.get(sheets[-1])
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["cache-control"]
    assert "--link:#00594c" in answer.text.replace(" ", "")
    assert "«" in answer.text


def test_without_one_there_is_none(service: Service) -> None:
    home = page(service, "/")
    assert home.select("h1")[0].get_text() == "Articles"
    assert not home.select('link[href*="publisher"]')


def test_a_file_with_a_byte_order_mark_is_a_style_sheet(tmp_path: Path) -> None:
    sheet = tmp_path / "face.css"
    sheet.write_bytes(b"\xef\xbb\xbf:root { --link: #00594c }")
    with Service(tmp_path / "data", STYLESHEET=str(sheet)) as service:
        address = page(service, "/").select("link[rel=stylesheet]")[-1]["href"]
        assert service.get(str(address)).text.startswith(":root")
