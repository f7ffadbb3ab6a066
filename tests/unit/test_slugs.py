"""Slugs from addresses: legible, of their own letters alone, as many as are wanted."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from snippetsvc.importing.slugs import slugs
from snippetsvc.service.articles import is_slug


@pytest.mark.parametrize(
    ("address", "slug"),
    {
        "a path": ("https://news.example/news/2026/the-harbour.html", "news-2026-the-harbour"),
        "a slash at its end": ("https://news.example/news/the-harbour/", "news-the-harbour"),
        "an index": ("https://news.example/news/the-harbour/index.php", "news-the-harbour"),
        "a page that is called so alone": ("https://news.example/index.html", "index"),
        "a query": ("https://news.example/?p=123", "p-123"),
        "a script": ("https://news.example/index.php?id=7&lang=en", "id-7-lang-en"),
        "the home page": ("https://news.example/", "news-example"),
        "a home page at a port": ("http://127.0.0.1:8080/", "127-0-0-1"),
        "capitals and signs": ("https://news.example/News_&_Views/A%20Day!", "news-views-a-day"),
        "a file": ("file:export/2026/A day.md", "2026-a-day"),
        "a file alone": ("file:export/Ein schöner Tag.docx", "ein-schoner-tag"),
        "Latin with signs": ("https://news.example/łódź-straße-café", "lodz-strasse-cafe"),
        "Russian": (
            "https://news.example/Съешь-ещё-этих-мягких-французских-булок",
            "sesh-eshchyo-etikh-myagkikh-frantsuzskikh-bulok",
        ),
        "Russian, encoded": ("https://news.example/%D1%89%D1%83%D0%BA%D0%B0", "shchuka"),
        "Belarusian": ("https://news.example/навіны/гісторыя-ў-школе", "naviny-historyya-w-shkole"),
        "Ukrainian": ("https://news.example/новини/її-ґанок-і-гора", "novyny-yiyi-ganok-i-hora"),
        "Russian where nothing tells": ("https://news.example/гора", "gora"),
        "a script that is not known": ("https://news.example/新聞", "page-"),
    }.values(),
)
def test_slugs(address: str, slug: str) -> None:
    found = next(slugs(address))
    assert is_slug(found)
    assert found == slug or (slug.endswith("-") and found.startswith(slug))


def test_of_a_long_path_the_end_counts() -> None:
    found = next(slugs(f"https://news.example/{'section/' * 20}the-harbour"))
    assert found.endswith("-section-the-harbour")
    assert 90 <= len(found) <= 100


def test_others_of_the_same_name_are_numbered() -> None:
    assert list(islice(slugs("https://news.example/a_b"), 3)) == ["a-b", "a-b-2", "a-b-3"]
    long = "https://news.example/" + "a" * 120
    assert [len(slug) for slug in islice(slugs(long), 12)] == [100] * 12
    assert len(set(islice(slugs(long), 12))) == 12


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=150))
def test_whatever_the_address_they_are_slugs(path: str) -> None:
    assert all(is_slug(slug) for slug in islice(slugs(f"https://news.example/{path}"), 3))
    assert all(is_slug(slug) for slug in islice(slugs(f"file:{path}"), 3))
