"""Dates, times and numbers are written as the language has it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.service import Service


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
        # The reading bar has room for the day alone.
        others = [tag for tag in page.find_all("time") if not tag.find_parent(id=["article", "bar"])]
        told = [(tag["datetime"], tag.get_text()) for tag in others]
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
