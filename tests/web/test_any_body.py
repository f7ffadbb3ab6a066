"""Whatever a body holds, it is stored or refused."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.service import Service
from tests.web.harbour import TEXT
from tests.web.oddities import HUGE, LONE
from tests.web.problems import is_problem

_words = st.sampled_from(["Monday", "Harbour opens", "harbour", "", " ", "🚢", "\0", LONE, "noon", "yellow", "pink"])
_names = st.sampled_from(
    ["article", "revision", "snippets", "expires_in", "selectors", "color", "type", "start", "end", "exact", "prefix"]
)
_numbers = st.integers(-2, 120) | st.sampled_from([2**31, 2**53, 2**63, 2**64, HUGE, 1.5, -0.0, 1e308])
_anything = st.recursive(
    st.none() | st.booleans() | _numbers | _words | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(_names | st.just(LONE) | st.text(max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
_positions = st.fixed_dictionaries(
    {"type": st.just("TextPositionSelector"), "start": _numbers, "end": _numbers | _anything}
)
_quotes = st.fixed_dictionaries(
    {"type": st.just("TextQuoteSelector"), "exact": _words | _anything}, optional={"prefix": _words, "suffix": _words}
)
_snippet = st.fixed_dictionaries(
    {"selectors": st.lists(_positions | _quotes, min_size=1, max_size=2)},
    optional={"color": st.sampled_from(["yellow", "green", "blue", "pink"]) | _anything},
)
_bodies = _anything | st.fixed_dictionaries(
    {"article": st.just("harbour") | _anything, "snippets": st.lists(_snippet | _anything, max_size=4)},
    optional={"revision": st.just(1) | _anything, "expires_in": st.none() | st.just(60) | _anything, "x": _anything},
)


@given(body=_bodies)
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_body_is_stored_or_refused(service: Service, harbour: str, stored: Callable[[], int], body: object) -> None:
    before = stored()

    answer = service.call("POST", "/api/v1/shares", json.dumps(body).encode())

    assert answer.status in (201, 422), answer.text
    assert stored() == before + (answer.status == 201)
    if answer.status == 422:
        is_problem(answer, 422)
        return
    share = answer.json
    assert [snippet["number"] for snippet in share["snippets"]] == list(range(1, len(share["snippets"]) + 1))
    assert all(snippet["quote"].strip() and snippet["quote"] in TEXT for snippet in share["snippets"])
    assert service.get(share["url"]).status == 200
