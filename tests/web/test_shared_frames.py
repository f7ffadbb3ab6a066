"""Pages of shares have a frame in common: each is as if it were the only one, in whichever order they are opened."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from flask.testing import FlaskClient

from snippetsvc.web.frames import hole
from tests.service import Service
from tests.web.ferry import EDITED, FIRST, QUOTES

QUERIES = ["", "?lang=ru", "?as=marked", "?marks=off", "?as=marked&marks=off&lang=be"]
HOSTS = ["one.example", "two.example:8443"]


@pytest.fixture
def tokens(service: Service, slug: str) -> list[str]:
    """Of shares that differ in all that shares can differ in."""
    service.publish(slug, FIRST)
    early = [service.share(slug, *QUOTES), service.share(slug, QUOTES[0]), service.share(slug, ("forty cars", "pink"))]
    service.publish(slug, EDITED)
    late = [service.share(slug, "forty cars"), service.share(slug, "sold", "on board", expires_in=86_400)]
    return [share["token"] for share in [*early, *late]]


def opened(client: FlaskClient, token: str, query: str, host: str) -> str:
    answer = client.get(f"/s/{token}{query}", base_url=f"http://{host}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_each_is_as_if_it_were_the_only_one(tokens: list[str], later: Callable[..., FlaskClient]) -> None:
    everywhere = list(product(QUERIES, HOSTS))
    one_after_the_other = later(0, BASE_URL=None)
    pages = {(token, *where): opened(one_after_the_other, token, *where) for where in everywhere for token in tokens}
    for token in tokens:
        alone = later(0, BASE_URL=None)
        for where in everywhere:
            page = pages[token, *where]
            assert page == opened(alone, token, *where)
            assert {*re.findall(r"/s/([0-9a-z]+-[\w-]+\.[\w-]+)", page)} == {token}
            assert hole("x").partition(".")[0] not in page
    assert len({*pages.values()}) == len(pages)


def test_words_that_look_like_mark_up_stay_words(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>Of signs</h1><p>One &lt;b&gt; and &amp;amp; \\1 and {{ two }} stand here.</p>")
    page = service.get(service.share(slug, "<b> and &amp; \\1 and {{ two }}")["url"]).text
    assert page.count("&lt;b&gt; and &amp;amp; \\1 and {{ two }}") >= 3
    assert "<b>" not in page
