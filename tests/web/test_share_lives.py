"""The life of a share where the store is several servers: under Sentinels, in a cluster."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.service import Service
from tests.store.backings import Backings
from tests.web.harbour import HTML
from tests.web.managing import api, manager
from tests.web.problems import is_problem
from tests.web.running import SIGNING_KEY

pytestmark = pytest.mark.several


@pytest.fixture(params=["sentinel", "cluster"])
def service(request: pytest.FixtureRequest, backings: Backings, tmp_path: Path) -> Iterator[Service]:
    url = backings.empty(request.param).url
    assert url is not None
    with Service(tmp_path / "data", WORKERS="2", REDIS_URL=url, SECRET_KEYS=SIGNING_KEY) as running:
        yield running


def test_from_the_article_to_the_end_of_the_link(service: Service) -> None:
    assert service.publish("harbour", HTML).status == 201
    body = {"article": "harbour", "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "on Monday"}]}]}
    key = {"Idempotency-Key": "one-and-the-same-request"}
    issued = service.call("POST", "/api/v1/shares", body, key)
    assert issued.status == 201, issued.text
    share = issued.json
    assert service.call("POST", "/api/v1/shares", body, key).json == share
    assert service.get(share["url"]).text.count('<mark class="snippet"') == 1

    assert service.publish("harbour", HTML.replace("The new harbour", "At last the harbour")).status == 200
    carried = service.get(api(share)).json
    assert (carried["revision"], carried["current_revision"]) == (1, 2)
    assert [(snippet["quote"], snippet["status"]) for snippet in carried["snippets"]] == [("on Monday", "intact")]
    assert service.get(share["url"]).text.count('<mark class="snippet"') == 1

    changed = service.call("PATCH", api(share), {"expires_in": 3600}, manager(share))
    assert changed.status == 200, changed.text
    assert service.get(api(share)).json["expires_at"] == changed.json["expires_at"] is not None

    assert service.call("DELETE", api(share), headers=manager(share)).status == 204
    assert service.get(share["url"]).status == 410
    assert is_problem(service.get(api(share)), 410)["reason"] == "revoked"
    assert is_problem(service.call("POST", "/api/v1/shares", body, key), 410)["reason"] == "revoked"
