"""Scripts, their words and style sheets, as they are served: read once, joined, without their comments, compressed.

The files are served under addresses that change with their content, so that browsers may keep them for ever. The
version is all files' together and stands in the path: modules that import each other stay of one version.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import rcssmin  # type: ignore[import-untyped]
import rjsmin  # type: ignore[import-untyped]
from flask import Response, request, url_for
from werkzeug.exceptions import NotFound

from snippetsvc.web.joining import joined, with_print

#: The scripts that pages and other scripts ask for.
ENTRIES = (
    "article.js",
    "boxes.js",
    "tool.js",
    "handles.js",
    "keys.js",
    "sharing.js",
    "links.js",
    "fragments.js",
    "leftovers.js",
)
#: Those that pages without an article ask for, or that make no use of the tool: joined for themselves, with modules of
#: their own, so that none of them loads it.
APART = ("home.js", "returning.js", "shelf.js")
#: The publisher's own sheet, where there is one.
PUBLISHERS = "publisher.css"
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class _Asset:
    content_type: str
    body: bytes
    compressed: bytes
    etag: str

    @classmethod
    def of(cls, name: str, data: bytes) -> _Asset:
        suffix = Path(name).suffix
        body = _without_comments(suffix, data)
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return cls(
            content_type=_TYPES.get(suffix, guessed),
            body=body,
            compressed=gzip.compress(body, 9, mtime=0),
            etag=hashlib.sha256(data).hexdigest()[:20],
        )


class Assets:
    """The files of `folder` at the time of the start, and others that are `made`, by their names."""

    def __init__(self, folder: Path, made: Mapping[str, bytes]) -> None:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
        files.update(made)
        scripts = {name: data.decode() for name, data in files.items() if name.endswith(".js")}
        for entries in (ENTRIES, APART):
            files.update((name, script.encode()) for name, script in joined(scripts, entries).items())
        files["page.css"] = with_print(files["page.css"].decode(), files["print.css"].decode()).encode()
        self._assets = {name: _Asset.of(name, data) for name, data in files.items()}
        names = "".join(f"{name} {asset.etag}\n" for name, asset in self._assets.items())
        self.version = hashlib.sha256(names.encode()).hexdigest()[:12]

    def __call__(self, name: str) -> str:
        """The path of a file."""
        return url_for("static", version=self.version, name=name)

    def text(self, name: str) -> str:
        """What is in a file."""
        return self._assets[name].body.decode()

    def serve(self, version: str, name: str) -> Response:
        """A file; kept for ever under the present version, asked for again under any other."""
        asset = self._assets.get(name)
        if asset is None:
            raise NotFound
        response = Response(asset.body, content_type=asset.content_type)
        lasting = version == self.version
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if lasting else "public, no-cache"
        response.vary.add("Accept-Encoding")
        response.set_etag(asset.etag, weak=True)
        if request.accept_encodings["gzip"] > 0:
            response.data = asset.compressed
            response.headers["Content-Encoding"] = "gzip"
        response.make_conditional(request)
        return response


def _without_comments(suffix: str, data: bytes) -> bytes:
    """What the sources explain to people is a third of their size, and readers need not load it."""
    if suffix == ".js":
        return bytes(rjsmin.jsmin(data))
    if suffix == ".css":
        return bytes(rcssmin.cssmin(data))
    return data
