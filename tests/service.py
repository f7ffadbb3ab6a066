"""The service as its users meet it: `flask serve` in a process of its own, on a free port, in a temporary directory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from typing import Any

from tests.ports import own_port

ROOT = Path(__file__).parents[1]
PUBLISH_KEY = "publishing-key-of-the-tests"
#: What a publisher's request brings.
PUBLISHER = {"Authorization": f"Bearer {PUBLISH_KEY}"}


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """The environment of a process of ours: this one's without settings of its own, with those given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("SNIPPETSVC_")}
    ours = {"DATA_DIR": str(data_dir), "PUBLISH_KEYS": PUBLISH_KEY, **settings}
    return inherited | {f"SNIPPETSVC_{name}": value for name, value in ours.items()}


class Answer:
    """An answer of the service: status, headers (their names in lower case), body."""

    def __init__(self, status: int, headers: Message, body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Service:
    """A running `flask serve`. `settings` are names without their prefix: `Service(path, WORKERS="1")`."""

    def __init__(self, data_dir: Path, **settings: str) -> None:
        self.data_dir = data_dir
        self.settings = settings
        self.port = int(settings.get("PORT") or own_port())
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = environment(data_dir, **{"WORKERS": "1", **settings, "PORT": str(self.port)})
        self._log = data_dir.parent / f"{data_dir.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Service:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, patience: float = 60) -> None:
        """Start, and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flask", "serve"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        until = time.monotonic() + patience
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError(f"the service did not start:\n{self.log()}")

    def stop(self) -> None:
        """Ask it to stop, as Ctrl-C in its terminal does, and see that it does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError(f"the service did not stop:\n{self.log()}") from None

    def kill(self) -> None:
        """`kill -9` of all its processes."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(20)

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The first process, which starts the workers and leads their group."""
        assert self._process is not None
        return self._process

    def log(self) -> str:
        return self._log.read_text(errors="replace")

    def flask(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A `flask` command on the same data directory."""
        return subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def get(self, path: str, **headers: str) -> Answer:
        return self.call("GET", path, headers=headers)

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None, timeout: float = 30
    ) -> Answer:
        """One request; `path` may be an address of the service as well."""
        address = path if path.startswith("http") else self.url + path
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        all_headers = {"Content-Type": "application/json"} if data is not None else {}
        request = urllib.request.Request(address, data, {**all_headers, **(headers or {})}, method=method)
        try:
            with _opener.open(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def publish(self, slug: str, html: str, **fields: str | None) -> Answer:
        body = {"html": html, **fields}
        return self.call("PUT", f"/api/v1/articles/{slug}", body, PUBLISHER)

    def text(self, slug: str) -> str:
        """The canonical text of the current revision."""
        return self.get(f"/api/v1/articles/{slug}/text").text

    def share(self, slug: str, *quotes: str | tuple[str, str], **fields: object) -> Any:
        """Mark words of an article (each once in its text; with a colour, or yellow), and get the share."""
        text = self.text(slug)
        snippets = []
        for each in quotes:
            quote, color = (each, "yellow") if isinstance(each, str) else each
            assert text.count(quote) == 1, quote
            start = text.index(quote)
            position = {"type": "TextPositionSelector", "start": start, "end": start + len(quote)}
            snippets.append({"selectors": [position], "color": color})
        answer = self.call("POST", "/api/v1/shares", {"article": slug, "snippets": snippets, **fields})
        assert answer.status == 201, answer.text
        return answer.json


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


_opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))
