"""A web site for imports: pages that can be changed, redirects, sitemaps, a feed, robots.txt; it counts who came."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """body: answered with an ETag of its own, or `tag`, and with 304 to whoever has that already."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    tag: str = ""

    @property
    def etag(self) -> str:
        return self.tag or f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class Site:
    """At `url`, on a port of this machine. `replies` are by path, with its query; `times` counts requests by path, and
    `statuses` what was answered, as `path status`."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply | Callable[[], Reply]] = {}
        self.times: Counter[str] = Counter()
        self.statuses: Counter[str] = Counter()
        self.agents: set[str] = set()
        #: By path, the times since which clients wanted to hear of a change.
        self.since: dict[str, list[str | None]] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.times[self.path] += 1
                site.since.setdefault(self.path, []).append(self.headers.get("If-Modified-Since"))
                site.agents.add(self.headers.get("User-Agent", ""))
                found = site.replies.get(self.path, Reply(b"<p>Not here.</p>", 404))
                reply = found() if callable(found) else found
                known = reply.status == 200 and self.headers.get("If-None-Match") == reply.etag
                status, body = (304, b"") if known else (reply.status, reply.body)
                site.statuses[f"{self.path} {status}"] += 1
                self.send_response(status)
                headers = {
                    "Content-Type": "text/html; charset=utf-8",
                    "Content-Length": str(len(body)),
                    **reply.headers,
                }
                if reply.status == 200 and "Last-Modified" not in reply.headers:
                    headers["ETag"] = reply.etag
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self._server = _Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def page(self, path: str, title: str, words: str, head: str = "") -> None:
        self.replies[path] = Reply(page(title, words, head))

    def moved(self, path: str, to: str, status: int = 301) -> None:
        self.replies[path] = Reply(status=status, headers={"Location": to})

    def sitemap(self, path: str, pages: Iterable[str]) -> None:
        """Packed, if it is called so."""
        self._list(path, "urlset", "url", pages)

    def index(self, path: str, sitemaps: Iterable[str]) -> None:
        self._list(path, "sitemapindex", "sitemap", sitemaps)

    def feed(self, path: str, pages: Iterable[str]) -> None:
        items = "".join(f"<item><title>News</title><link>{self.url}{page}</link></item>" for page in pages)
        self.replies[path] = Reply(f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode())

    def _list(self, path: str, element: str, each: str, locations: Iterable[str]) -> None:
        entries = "".join(f"<{each}><loc>{self.url}{location}</loc></{each}>\n" for location in locations)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<{element} xmlns="{space}">{entries}</{element}>'.encode()
        self.replies[path] = Reply(gzip.compress(body) if path.endswith(".gz") else body)

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that are interrupted leave."""


def page(title: str, words: str, head: str = "") -> bytes:
    return (
        f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><article>"
        f"<h1>{title}</h1><p>{words} It is a story of some length, so that nobody takes it for a teaser.</p></article>"
        "</body></html>"
    ).encode()
