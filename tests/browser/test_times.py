"""One clock a page: times of links are the reader's where there is a script, UTC where there is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.service import Service

ARTICLE = """<h1>Of times</h1><p>Alpha beta gamma. The council met
<time datetime="2026-03-09T23:30:00-05:00">late in the evening</time>.</p>"""
DAY = 86_400


@pytest.fixture
def link(service: Service, slug: str) -> str:
    service.publish(slug, ARTICLE, lang="en", published_at="2026-03-09T23:30:00-05:00")
    return str(service.share(slug, "beta", expires_in=DAY)["url"])


def _open(new_page: Callable[..., Page], link: str, **options: object) -> Page:
    page = new_page(locale="en-GB", **options)
    page.goto(f"{link}?lang=en")
    return page


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns", "Pacific/Pago_Pago"])
def test_head_and_panel_tell_the_readers_own_time(new_page: Callable[..., Page], link: str, zone: str) -> None:
    page = _open(new_page, link, timezone_id=zone)
    times = page.locator("#share .meta time")
    told = """(each) => new Date(each.dateTime).toLocaleString('en', { dateStyle: 'long', timeStyle: 'short' })"""
    for each in times.all():
        assert each.inner_text() == each.evaluate(told)
    expect(page.locator(".kicker")).to_contain_text("March 9, 2026")
    day = """(each) => new Date(each.dateTime).toLocaleDateString('en', { day: 'numeric', month: 'short' })"""
    in_bar = page.locator("#bar time")
    assert in_bar.text_content() == in_bar.evaluate(day)
    expect(page.locator("#article time")).to_have_text("late in the evening")


def test_where_the_browser_does_not_know_the_language_they_stay(new_page: Callable[..., Page], link: str) -> None:
    page = new_page(timezone_id="Pacific/Kiritimati")
    page.add_init_script("Intl.DateTimeFormat.supportedLocalesOf = () => []")
    page.goto(f"{link}?lang=be")
    expect(page.locator("#keyboard-mark")).to_be_visible()
    for each in page.locator("#share .meta time").all():
        assert each.inner_text().endswith("UTC")


def test_without_a_script_they_are_told_in_utc(new_page: Callable[..., Page], link: str) -> None:
    page = _open(new_page, link, java_script_enabled=False, timezone_id="Pacific/Kiritimati")
    for each in page.locator("#share .meta time").all():
        assert each.inner_text().endswith("UTC")
