"""The interface's language: which one is chosen, and whether every word of it is there."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from snippetsvc.language import LANGUAGES, SOURCE
from snippetsvc.web.negotiation import choose
from tests.service import Service
from tools.catalogues import FOLDER, compile_catalogues

ROOT = Path(__file__).parents[2]
TRANSLATED = sorted(code for code in LANGUAGES if code != SOURCE)
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")

ENGLISH = "You can mark snippets of this text."
RUSSIAN = "Вы можете отмечать фрагменты этого текста."
BELARUSIAN = "Вы можаце пазначаць фрагменты гэтага тэксту."


@pytest.mark.parametrize(
    ("requested", "article", "accept", "chosen"),
    [
        pytest.param("be", "ru", "en", "be", id="what was asked for comes first"),
        pytest.param(None, "ru", "be,en", "ru", id="then the article's"),
        pytest.param(None, "be-tarask", "en", "be", id="whose variants count as itself"),
        pytest.param(None, "RU", "en", "ru", id="in any case"),
        pytest.param(None, "de", "be;q=0.5,ru;q=0.9", "ru", id="then the browser's best"),
        pytest.param(None, None, "ru-RU,ru;q=0.8", "ru", id="whose regions count as well"),
        pytest.param(None, "de", "de,fr;q=0.8", "en", id="then English"),
        pytest.param(None, None, "", "en", id="also when nothing is known"),
        pytest.param("tlh", None, "be", "be", id="an unknown one was not asked for"),
        pytest.param("", "be", "", "be", id="nor an empty one"),
    ],
)
def test_the_language_is_chosen(requested: str | None, article: str | None, accept: str, chosen: str) -> None:
    wish = parse_accept_header(accept, LanguageAccept)

    code, negotiated = choose(requested, article, wish)

    assert code == chosen
    settled = requested in LANGUAGES or (article or "").lower()[:2] in LANGUAGES
    assert negotiated is not settled


def _used() -> Catalog:
    """Every message that templates, scripts and modules use."""
    with (ROOT / "snippetsvc/translations/babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    used = Catalog()
    for name, _, message, comments, context in extract_from_dir(ROOT, methods, options, directory_filter=_ours):
        used.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return used


def _ours(path: str | Path) -> bool:
    return not Path(path).name.startswith((".", "node_modules"))


def _catalogue(code: str) -> Catalog:
    with (FOLDER / code / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=code)


def _ids(catalogue: Catalog) -> dict[object, set[str]]:
    return {message.id: {str(name) for name, _ in message.locations} for message in catalogue if message.id}


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_what_is_used_and_nothing_else(code: str) -> None:
    used, there = _ids(_used()), _ids(_catalogue(code))

    assert set(used) - set(there) == set(), "missing"
    assert set(there) - set(used) == set(), "unused"
    # The locations decide which messages the scripts are given.
    assert there == used


def test_what_is_served_was_compiled_from_the_texts(tmp_path: Path) -> None:
    for code in TRANSLATED:
        texts = tmp_path / code / "LC_MESSAGES"
        texts.mkdir(parents=True)
        shutil.copy(FOLDER / code / "LC_MESSAGES" / "messages.po", texts)

    made = compile_catalogues(tmp_path)

    assert len(made) == 2 * len(TRANSLATED)
    for file in made:
        # Any target of make compiles what has changed.
        assert (FOLDER / file.relative_to(tmp_path)).read_bytes() == file.read_bytes(), "make dev compiles it"


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_message_is_translated_in_every_plural_form(code: str) -> None:
    catalogue = _catalogue(code)

    for message in catalogue:
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        if not message.id:
            continue
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert not message.fuzzy, ids
        assert len(strings) == (catalogue.num_plurals if len(ids) > 1 else 1), ids
        for string in strings:
            assert isinstance(string, str), ids
            assert string, ids
            assert string.strip() == string, ids
            assert sorted(PLACEHOLDER.findall(string)) == sorted(PLACEHOLDER.findall(str(ids[-1]))), ids


@pytest.mark.parametrize("code", TRANSLATED)
@pytest.mark.parametrize("number", [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 1000])
def test_scripts_get_the_same_plural_forms_as_the_server(code: str, number: int) -> None:
    chosen = LANGUAGES[code]
    forms = LANGUAGES[code].messages["{n} snippet"]
    assert isinstance(forms, dict)

    assert forms[Locale.parse(code).plural_form(number)] == chosen.translations.ngettext(
        "{n} snippet", "{n} snippets", number
    )
    assert {"one", "few", "many", "other"} == set(forms)


@pytest.mark.parametrize(
    ("code", "number", "words"),
    [
        ("ru", 1, "1 фрагмент"),
        ("ru", 2, "2 фрагмента"),
        ("ru", 5, "5 фрагментов"),
        ("ru", 11, "11 фрагментов"),
        ("ru", 21, "21 фрагмент"),
        ("be", 1, "1 фрагмент"),
        ("be", 3, "3 фрагменты"),
        ("be", 12, "12 фрагментаў"),
        ("en", 1, "1 snippet"),
        ("en", 21, "21 snippets"),
    ],
)
def test_plurals(code: str, number: int, words: str) -> None:
    form = LANGUAGES[code].translations.ngettext("%(num)s snippet", "%(num)s snippets", number)

    assert form % {"num": number} == words


@pytest.fixture
def article(service: Service, slug: str) -> str:
    """The address of an article in a language that the interface does not have."""
    service.publish(slug, "<h1>Nachricht</h1><p>Einige Wörter stehen hier.</p>", lang="de")
    return f"/articles/{slug}"


@pytest.mark.parametrize(
    ("query", "accept", "lang", "words"),
    [
        pytest.param("", "ru", "ru", RUSSIAN, id="the browser's wish"),
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


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_page_names_the_words_of_its_scripts_and_holds_none(service: Service, article: str, code: str) -> None:
    page = BeautifulSoup(service.get(f"{article}?lang={code}").text, "html.parser")
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


def test_caches_are_told_when_the_browsers_wish_decided(service: Service, article: str, slug: str) -> None:
    assert "accept-language" in service.get(article).headers.get("vary", "").lower()
    assert "accept-language" not in service.get(f"{article}?lang=ru").headers.get("vary", "").lower()
    service.publish(f"{slug}-ru", "<h1>Новость</h1><p>Несколько слов.</p>", lang="ru")
    russian = service.get(f"/articles/{slug}-ru", **{"Accept-Language": "en"})
    assert RUSSIAN in russian.text
    assert "accept-language" not in russian.headers.get("vary", "").lower()


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
    page = service.get(f"{share['url']}?lang=ru").text

    assert f'data-share-url="{share["url"]}"' in page
    assert f'<link rel="canonical" href="{service.url}/articles/{slug}">' in page


@pytest.mark.parametrize(
    ("code", "created"), [("en", "August 15, 2026"), ("ru", "15 августа 2026 г."), ("be", "15 жніўня 2026 г.")]
)
@pytest.mark.parametrize(
    "given",
    [
        pytest.param("2026-08-15", id="a day"),
        pytest.param("2026-08-15T00:10:00Z", id="UTC"),
        pytest.param("2026-08-15T23:30:00-05:00", id="the next day in UTC"),
        pytest.param("2026-08-15T01:00:00+07:00", id="the day before in UTC"),
    ],
)
def test_the_day_of_publication_is_the_publishers_and_written_as_the_language_has_it(
    service: Service, slug: str, code: str, created: str, given: str
) -> None:
    service.publish(slug, "<h1>News</h1><p>Words.</p>", lang="en", published_at=given)
    token = service.share(slug, "Words")["token"]

    for path in (f"/articles/{slug}", f"/articles/{slug}/print", f"/s/{token}", f"/s/{token}/print", f"/s/{token}.txt"):
        # Some of Babel's formats hold no-break spaces.
        assert created in re.sub(r"[\u00a0\u202f]", " ", service.get(f"{path}?lang={code}").text), path
    assert created in re.sub(r"[\u00a0\u202f]", " ", service.get(f"/s/{token}.md?lang={code}").text.replace("\\", ""))


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/New_York"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server's zone."""
    with monkeypatch.context() as patched:
        patched.setenv("TZ", request.param)
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("code", "made", "until"),
    [
        ("en", "November 29, 2026 at 11:51 PM UTC", "November 30, 2026 at 11:51 PM UTC"),
        ("ru", "29 ноября 2026 г. в 23:51 UTC", "30 ноября 2026 г. в 23:51 UTC"),
        ("be", "29 лістапада 2026 г. у 23:51 UTC", "30 лістапада 2026 г. у 23:51 UTC"),
    ],
)
@pytest.mark.usefixtures("zone")
def test_times_of_links_are_told_by_one_clock_which_is_named(
    service: Service, slug: str, by_clock: Callable[..., FlaskClient], code: str, made: str, until: str
) -> None:
    service.publish(slug, "<h1>News</h1><p>Words of <time datetime=2026-01-01>a year</time>.</p>")
    client = by_clock(lambda: datetime(2026, 11, 29, 23, 51, 7, tzinfo=UTC))
    snippets = [{"selectors": [{"type": "TextQuoteSelector", "exact": "Words"}]}]
    body = {"article": slug, "snippets": snippets, "expires_in": 24 * 60 * 60}
    token = client.post("/api/v1/shares", json=body).get_json()["token"]

    def said(path: str) -> str:
        # Some of Babel's formats hold no-break spaces.
        return re.sub(r"[\u00a0\u202f]", " ", client.get(f"/s/{token}{path}").get_data(as_text=True))

    created, ends = ("2026-11-29T23:51:07Z", made), ("2026-11-30T23:51:07Z", until)
    for path, times in (("?", [created, ends]), ("/print?", [created]), ("/print?only=snippets&", [created])):
        page = BeautifulSoup(said(f"{path}lang={code}"), "html.parser")
        told = [(tag["datetime"], tag.get_text()) for tag in page.find_all("time") if not tag.find_parent(id="article")]
        assert told == times, path
    for path in (".txt", ".md"):
        assert made in said(f"{path}?lang={code}"), path


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        pytest.param("en", "1,000 snippets marked", id="English"),
        pytest.param("ru", "Отмечено 1\xa0000 фрагментов", id="Russian"),
        pytest.param("be", "Пазначана 1\xa0000 фрагментаў", id="Belarusian"),
    ],
)
def test_large_numbers_are_written_as_the_language_has_it(service: Service, slug: str, lang: str, words: str) -> None:
    quotes = [f"word{number:04}" for number in range(1_000)]
    service.publish(slug, f"<p>{' '.join(quotes)}</p>")
    token = service.share(slug, *quotes)["token"]
    for path in (f"/s/{token}", f"/s/{token}/print", f"/s/{token}.txt"):
        assert words in service.get(f"{path}?lang={lang}").text, path


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
    assert f'.snippet[data-starts]::before{{content:""/"{begins}" attr(data-starts)' in answer.text
    assert service.get(address[1], **{"If-None-Match": answer.headers["etag"]}).status == 304


def test_there_are_no_words_in_an_unknown_language(service: Service) -> None:
    assert service.get("/static/000000000000/words.xx.css").status == 404


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
