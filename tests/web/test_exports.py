"""What a share gives to other programs: text, Markdown, JSON, W3C annotations, QR code, oEmbed, previews."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

import pytest
from bs4 import BeautifulSoup

from tests.service import Service
from tests.web.problems import is_problem

TITLE = "Порт «Заря»: открытие / начало"
HTML = (
    f"<h1>{TITLE}</h1><p>Новый порт открылся в понедельник. Старый порт закрылся.</p>"
    "<p>Паром 🚢 уходит * в полдень * и в шесть.</p>"
)
QUOTES = ("порт открылся", ("уходит * в полдень *", "blue"))


@pytest.fixture(scope="module")
def link(service: Service) -> Any:
    details = {"lang": "ru", "author": "А. Автор", "publisher": "Вестник", "published_at": "2026-02-03"}
    assert service.publish("port", HTML, source_url="https://vestnik.example/port", **details).status == 201
    return service.share("port", *QUOTES)


@pytest.mark.parametrize(
    ("format", "media_type"),
    [
        ("txt", "text/plain; charset=utf-8"),
        ("md", "text/markdown; charset=utf-8; variant=CommonMark"),
        ("json", "application/json"),
        ("jsonld", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
    ],
)
def test_media_types_and_names(service: Service, link: Any, format: str, media_type: str) -> None:
    answer = service.get(f"/s/{link['token']}.{format}")
    assert answer.status == 200
    assert answer.headers["content-type"] == media_type
    disposition = answer.headers["content-disposition"]
    assert f'filename="port.{format}"' in disposition
    name = re.search(r"filename\*=UTF-8''([^;]+)", disposition)
    assert name
    assert unquote(name[1]) == f"Порт «Заря»: открытие - начало.{format}"
    assert disposition.isascii()


def test_as_text(service: Service, link: Any) -> None:
    lines = service.get(f"/s/{link['token']}.txt").text.splitlines()
    assert lines[0] == TITLE
    said = "\n".join(lines)
    for words in ("А. Автор", "Вестник", "https://vestnik.example/port", link["url"], "1. “порт открылся”"):
        assert words in said
    assert "2. “уходит * в полдень *”" in said


def test_as_markdown(service: Service, link: Any) -> None:
    said = service.get(f"/s/{link['token']}.md").text
    assert f"({service.url}/articles/port)" in said
    assert "> порт открылся" in said
    assert "> уходит \\* в полдень \\*" in said
    assert f"[2]({link['url']}#snippet-2)" in said


@pytest.mark.parametrize(
    ("html", "quote", "line"),
    [
        ("1. One thing", "1. One thing", "> 1\\. One thing"),
        ("2026) another", "2026) another", "> 2026\\) another"),
        ("- a dash", "- a dash", "> \\- a dash"),
        ("+ a plus", "+ a plus", "> \\+ a plus"),
        ("# a number", "# a number", "> \\# a number"),
        ("AT&amp;amp;T", "AT&amp;T", "> AT\\&amp;T"),
        ("a &lt;b&gt; c", "a <b> c", "> a \\<b\\> c"),
        ("[x](https://a.example)", "[x](https://a.example)", "> \\[x\\](https://a.example)"),
        ("`snake_case`", "`snake_case`", "> \\`snake\\_case\\`"),
    ],
)
def test_words_are_no_markdown(service: Service, slug: str, html: str, quote: str, line: str) -> None:
    service.publish(slug, f"<h1>T</h1><p>{html}</p>")
    share = service.share(slug, quote)
    assert line in service.get(f"/s/{share['token']}.md").text.splitlines()


def test_as_json(service: Service, link: Any) -> None:
    assert service.get(f"/s/{link['token']}.json").json == service.get(f"/api/v1/shares/{link['token']}").json


def test_as_annotations(service: Service, link: Any) -> None:
    page = service.get(f"/s/{link['token']}.jsonld").json
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    assert page["id"] == f"{link['url']}.jsonld"
    assert page["partOf"]["total"] == 2
    text = service.text("port")
    for number, (annotation, words) in enumerate(zip(page["items"], ("порт открылся", QUOTES[1][0]), strict=True), 1):
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] == "highlighting"
        assert annotation["id"] == f"{link['url']}#snippet-{number}"
        target = annotation["target"]
        assert service.get(target["source"]).status == 200
        position, quoted = target["selector"]
        assert text[position["start"] : position["end"]] == words == quoted["exact"]


def test_annotations_can_be_imported(service: Service, link: Any) -> None:
    page = service.get(f"/s/{link['token']}.jsonld").json
    snippets = [{"selectors": item["target"]["selector"]} for item in page["items"]]
    answer = service.call("POST", "/api/v1/shares", {"article": "port", "snippets": snippets})
    assert [each["quote"] for each in answer.json["snippets"]] == ["порт открылся", QUOTES[1][0]]


def test_the_qr_code(service: Service, link: Any) -> None:
    answer = service.get(f"/s/{link['token']}/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    svg = BeautifulSoup(answer.text, "html.parser").svg
    assert svg
    assert svg["xmlns"] == "http://www.w3.org/2000/svg"
    assert svg.path
    assert "style" not in answer.text
    assert answer.body != service.get(f"/s/{service.share('port', 'Старый')['token']}/qr.svg").body


@pytest.mark.parametrize(
    "path",
    [
        *("/s/{token}", "/s/{token}/print", "/s/{token}.txt", "/s/{token}).", "/s/{token}/", "/s/{token}%3Fx=y"),
        *("/articles/port", "/articles/port/print", "/articles/port/"),
    ],
)
def test_oembed(service: Service, link: Any, path: str) -> None:
    url = service.url + path.format(token=link["token"])
    answer = service.get(f"/oembed?url={quote(url, safe='')}&format=json&maxwidth=400")
    assert answer.headers["content-type"] == "application/json"
    facts = answer.json
    assert (facts["version"], facts["type"], facts["title"]) == ("1.0", "link", TITLE)
    assert facts["provider_name"] == "Вестник"
    assert facts["author_name"] == "А. Автор"
    assert (facts.get("description") == "порт открылся") == path.startswith("/s/")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        pytest.param("", 400, id="nothing"),
        pytest.param("url=", 400, id="empty"),
        pytest.param("url=/articles/port", 404, id="no absolute address"),
        pytest.param("url=https://elsewhere.example/articles/port", 404, id="foreign"),
        pytest.param("url=http://[", 404, id="no address"),
        pytest.param("url={url}:80/articles/port", 404, id="another port"),
        pytest.param("url={url}@elsewhere.example/articles/port", 404, id="a user name"),
        pytest.param("url={url}/", 404, id="the list"),
        pytest.param("url={url}/articles/no-such", 404, id="unknown article"),
        pytest.param("url={url}/articles/port/nothing", 404, id="below an article"),
        pytest.param("url={url}/s/no-such", 404, id="unknown share"),
        pytest.param("url={url}/api/v1/articles/port", 404, id="the API"),
        pytest.param("url=%00", 404, id="NUL"),
        pytest.param("url=%ff", 404, id="not UTF-8"),
    ],
)
def test_oembed_of_what_is_not_there(service: Service, link: Any, query: str, status: int) -> None:
    is_problem(service.get(f"/oembed?{query.format(url=service.url)}"), status)


def test_oembed_offers_json_alone(service: Service, link: Any) -> None:
    is_problem(service.get(f"/oembed?url={link['url']}&format=xml"), 501)


def test_previews(service: Service, link: Any) -> None:
    page = BeautifulSoup(service.get(link["url"]).text, "html.parser")
    said = {str(tag.get("property") or tag.get("name")): tag["content"] for tag in page.select("meta[content]")}
    assert said["og:title"] == TITLE
    assert said["og:site_name"] == "Вестник"
    assert said["og:description"] == "порт открылся"
    assert said["twitter:card"] == "summary"
    discovery = page.select_one('link[type="application/json+oembed"]')
    assert discovery
    assert str(discovery["href"]).startswith(f"{service.url}/oembed?")
    found = service.get(str(discovery["href"]))
    assert found.json["title"] == TITLE


def test_a_long_quote_is_cut_at_a_sentence_in_previews(service: Service, slug: str) -> None:
    first = "The first sentence is of middling length and says what is to be said, and then a little more."
    words = f"{first} " + "The second one " + "goes on and on " * 40 + "and ends."
    service.publish(slug, f"<p>{words}</p>")
    share = service.share(slug, words)
    assert service.get(f"/oembed?url={share['url']}").json["description"] == first


@pytest.mark.parametrize("lang", ["en", "ru", "be"])
@pytest.mark.parametrize("format", ["txt", "md"])
def test_exports_speak_the_language_asked_for(service: Service, link: Any, format: str, lang: str) -> None:
    words = {"en": "2 snippets marked", "ru": "фрагмент", "be": "фрагмент"}[lang]
    assert words in service.get(f"/s/{link['token']}.{format}?lang={lang}").text


def test_data_are_the_same_for_readers_of_every_language(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>De rebus</h1><p>Hic verba stant.</p>", lang="la")
    url = service.share(slug, "verba")["url"]
    answers = {
        suffix: [service.get(f"{url}.{suffix}", **{"Accept-Language": code}) for code in ("ru", "en")]
        for suffix in ("json", "txt")
    }
    assert answers["json"][0].body == answers["json"][1].body
    assert "Accept-Language" not in answers["json"][0].headers.get("vary", "")
    assert answers["txt"][0].body != answers["txt"][1].body
    assert "Accept-Language" in answers["txt"][0].headers["vary"]
