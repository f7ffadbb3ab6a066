"""Secrets stay out of the log."""

from __future__ import annotations

from tests.service import PUBLISH_KEY, PUBLISHER, Service
from tests.web.managing import manager


def test_secrets_stay_out_of_the_log(below: Service) -> None:
    share = below.share("harbour", "Monday")
    token = share["token"]
    key = "an-idempotency-key-for-the-log"
    body = {"article": "harbour", "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "Monday"}]}]}
    for method, path in (
        ("GET", f"/s/{token}"),
        ("GET", f"/marks/s/{token}/print"),
        ("GET", f"/s/{token}.nothing"),
        ("POST", f"/s/{token}"),
        ("GET", f"/oembed?url={share['url']}"),
        ("PATCH", f"/api/v1/shares/{token}"),
        ("DELETE", f"/api/v1/shares/{token}"),
        ("GET", f"/s/{token}"),
    ):
        below.call(method, path, {"expires_in": 60} if method == "PATCH" else None, manager(share))
    below.call("POST", "/api/v1/shares", body, {"Idempotency-Key": key})
    below.call("PUT", "/api/v1/articles/harbour", b"{", PUBLISHER)
    log = below.log()
    signing = (below.data_dir / "secret-keys").read_text().strip()
    for secret in (token.partition(".")[2], token.partition(".")[0], share["manage_key"], PUBLISH_KEY, key, signing):
        assert secret not in log
