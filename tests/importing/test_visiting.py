"""Visiting: what robots may not fetch is not fetched, and nobody is asked too often or too early."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from snippetsvc.errors import NotFetched
from snippetsvc.importing.fetching import Fetched, Fetcher
from snippetsvc.importing.visiting import Visitor
from tests.importing.sites import Reply, Site


class Clock:
    """A time that passes when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.now += seconds


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        site.page("/a", "A", "Words.")
        site.page("/b", "B", "Words.")
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


def visitor(clock: Clock, delay: float = 1.0, robots: bool = True) -> Visitor:
    return Visitor(Fetcher("snippetsvc/1", {"127.0.0.1", "localhost"}), delay, robots, clock, clock.sleep)


def robots_txt(site: Site, text: str, status: int = 200) -> None:
    site.replies["/robots.txt"] = Reply(text.encode(), status, {"Content-Type": "text/plain"})


def outcome(visitor: Visitor, address: str) -> int | str:
    try:
        return visitor.get(address).status
    except NotFetched as error:
        return error.reason


@pytest.mark.parametrize(
    ("text", "status", "a", "b"),
    {
        "nothing is forbidden": ("", 200, 200, 200),
        "some is": ("User-agent: *\nDisallow: /a", 200, "robots", 200),
        "to us alone": ("User-agent: snippetsvc\nDisallow: /\n\nUser-agent: *\nDisallow:", 200, "robots", "robots"),
        "to all but us": ("User-agent: SnippetSvc\nAllow: /\n\nUser-agent: *\nDisallow: /", 200, 200, 200),
        "the longer rule counts": ("User-agent: *\nDisallow: /\nAllow: /b", 200, "robots", 200),
        "there is none": ("", 404, 200, 200),
        "it is forbidden itself": ("", 403, 200, 200),
        "the site is in trouble": ("", 500, "robots", "robots"),
        "the site is away for a while": ("", 503, "robots", "robots"),
        "it is no such file": ("<!doctype html><p>Home</p>", 200, 200, 200),
    }.values(),
)
def test_what_robots_may_fetch(site: Site, clock: Clock, text: str, status: int, a: int | str, b: int | str) -> None:
    robots_txt(site, text, status)
    visiting = visitor(clock)
    assert (outcome(visiting, f"{site.url}/a"), outcome(visiting, f"{site.url}/b")) == (a, b)
    assert (site.times["/a"], site.times["/b"]) == (a == 200, b == 200)
    assert site.times["/robots.txt"] == 1


def test_a_robots_txt_may_stand_elsewhere(site: Site, clock: Clock) -> None:
    site.moved("/robots.txt", "/rules.txt")
    site.replies["/rules.txt"] = Reply(b"User-agent: *\nDisallow: /a")
    assert outcome(visitor(clock), f"{site.url}/a") == "robots"


def test_one_that_leads_in_circles_is_none(site: Site, clock: Clock) -> None:
    site.moved("/robots.txt", "/robots.txt")
    assert outcome(visitor(clock), f"{site.url}/a") == 200


def test_a_host_that_cannot_be_asked_for_its_rules_is_not_asked(clock: Clock) -> None:
    with Site() as gone:
        url = gone.url
    assert outcome(visitor(clock), f"{url}/a") == "robots"


def test_redirects_keep_to_the_rules_of_where_they_lead(site: Site, clock: Clock) -> None:
    robots_txt(site, "User-agent: *\nDisallow: /a")
    site.moved("/b", "/a")
    with Site() as other:
        other.moved("/", f"{site.url}/b")
        assert outcome(visitor(clock), f"{other.url}/") == "robots"
    assert (site.times["/b"], site.times["/a"]) == (1, 0)


def test_one_s_own_site_may_be_fetched_whatever_they_say(site: Site, clock: Clock) -> None:
    robots_txt(site, "User-agent: *\nDisallow: /\nCrawl-delay: 30")
    visiting = visitor(clock, robots=False)
    assert [outcome(visiting, f"{site.url}/{page}") for page in "ab"] == [200, 200]
    assert site.times["/robots.txt"] == 0
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("delay", "crawl_delay", "slept"),
    [(1.0, "", 1.0), (0.0, "", 0.0), (3.0, "2", 3.0), (1.0, "2.5", 2.5), (0.0, "2", 2.0)],
)
def test_a_host_is_asked_once_in_a_while(
    site: Site, clock: Clock, delay: float, crawl_delay: str, slept: float
) -> None:
    robots_txt(site, f"User-agent: *\nCrawl-delay: {crawl_delay}\n")
    visiting = visitor(clock, delay)
    for page in "aba":
        assert outcome(visiting, f"{site.url}/{page}") == 200
    # Once more than that, between robots.txt and the first page, by our own measure.
    assert clock.slept == ([delay] if delay else []) + ([slept] * 2 if slept else [])


def test_another_host_need_not_wait(site: Site, clock: Clock) -> None:
    visiting = visitor(clock, robots=False)
    assert outcome(visiting, f"{site.url}/a") == 200
    assert outcome(visiting, f"{site.url}/b".replace("127.0.0.1", "localhost")) == 200
    assert clock.slept == []


def _busy(site: Site, times: int, status: int, **headers: str) -> None:
    left = iter(
        [Reply(status=status, headers={name.replace("_", "-"): value for name, value in headers.items()})] * times
    )
    there = site.replies["/a"]
    assert isinstance(there, Reply)
    site.replies["/a"] = lambda: next(left, there)


def _get(site: Site, clock: Clock) -> Fetched:
    return visitor(clock, delay=0, robots=False).get(f"{site.url}/a")


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_when_it_says(site: Site, clock: Clock, status: int) -> None:
    _busy(site, 2, status, Retry_After="7")
    assert (_get(site, clock).status, clock.slept) == (200, [7.0, 7.0])


def test_it_may_say_so_by_a_date(site: Site, clock: Clock) -> None:
    _busy(site, 1, 429, Retry_After=format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True))
    assert _get(site, clock).status == 200
    assert [110 < slept < 125 for slept in clock.slept] == [True]


def test_one_that_says_nothing_is_left_alone_for_some_seconds(site: Site, clock: Clock) -> None:
    _busy(site, 1, 429)
    assert (_get(site, clock).status, clock.slept) == (200, [10.0])


@pytest.mark.parametrize("by_date", [False, True])
def test_what_it_says_holds_for_its_other_pages(site: Site, clock: Clock, by_date: bool) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    _busy(site, 1, 429, Retry_After=date if by_date else "3600")
    visits = visitor(clock)
    assert (outcome(visits, site.url + "/a"), outcome(visits, site.url + "/b"), site.times["/b"]) == (429, "busy", 0)
    clock.sleep(3700)
    assert outcome(visits, site.url + "/b") == 200


def test_a_date_that_no_calendar_has_is_none(site: Site, clock: Clock) -> None:
    _busy(site, 1, 429, Retry_After="Wed, 21 Oct 99999999999 07:28:00 GMT")
    assert (_get(site, clock).status, clock.slept) == (200, [10.0])


@pytest.mark.parametrize(
    ("times", "status", "later", "asked"), [(9, 429, "1", 3), (1, 429, "86400", 1), (1, 503, "", 1), (1, 500, "1", 1)]
)
def test_not_for_ever(site: Site, clock: Clock, times: int, status: int, later: str, asked: int) -> None:
    _busy(site, times, status, Retry_After=later)
    assert _get(site, clock).status == status
    assert site.times["/a"] == asked
