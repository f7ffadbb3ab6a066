"""The reader's own links, as a vocabulary for the tests of them."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.reader import mark, saved, shows
from tests.service import Service

ARTICLE = "<h1>Of coming back</h1><p>Alpha beta gamma delta.</p><p>Epsilon zeta eta theta.</p>"
ORDERS = "**/api/v1/shares"
#: What a browser keeps: `name` is the storage's, each value what stands under a name.
KEEP = "(kept) => { for (const name in kept) localStorage[name] = JSON.stringify(kept[name]) }"
NAMES = "(prefix) => Object.keys(localStorage).filter((name) => name.startsWith(prefix))"


def keep(page: Page, service: Service, *links: Any) -> None:
    """Let the browser keep these links, as records that it made."""
    page.goto(f"{service.url}/links")
    page.evaluate(KEEP, {f"snippets:link:{link['token']}": link for link in links})
    page.goto(f"{service.url}/links")


def made(service: Service, slug: str, words: str, **more: object) -> Any:
    """A link as this browser keeps it."""
    share = service.share(slug, words)
    names = ("token", "url", "print_url", "created_at", "expires_at", "manage_key")
    return {name: share[name] for name in names} | {"title": "Of coming back", "words": words, "count": 1, **more}


def a_row(number: int = 0, **more: object) -> dict[str, object]:
    """A link as a file holds it."""
    fields = {"token": f"1-{number:022}.{'s' * 43}", "manage_key": "k" * 43, "count": 1, "words": f"words {number}"}
    return {**fields, "title": "An article", "article": "an-article", "created_at": "2026-11-01T10:00:00Z", **more}


def a_file(*links: object, **more: object) -> Any:
    body = json.dumps({"warning": "…", "format": "snippetsvc-links", "version": 1, "links": links, **more})
    return {"name": "my-links.json", "mimeType": "application/json", "buffer": body.encode()}


def take(page: Page, file: Any) -> None:
    """Import a file, once the page offers that."""
    expect(page.get_by_role("button", name="Import a file…")).to_be_visible()
    page.set_input_files("#file", file)


def rows(page: Page) -> Locator:
    return page.locator(".own-link")


def press_twice(button: Locator) -> None:
    button.click()
    button.click()


def a_visit(page: Page, address: str) -> list[str]:
    """Four marks, and a reload in between: the links that they have made, in order."""
    page.goto(address)
    links: list[str] = []
    for words, color in (("beta", None), ("delta", "pink"), ("zeta", "blue"), ("theta", "pink")):
        mark(page, words, color=color)
        links.append(saved(page, links[-1] if links else address))
        if words == "delta":
            page.reload()
            shows(page, ["beta", "delta"])
    return links
