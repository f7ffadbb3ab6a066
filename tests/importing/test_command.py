"""`flask articles import`: what it takes, what it says, and how it ends."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from snippetsvc import __version__
from tests.importing.command import below, ended, start, summary
from tests.importing.documents import comments, paragraph, run, word
from tests.importing.press import Press
from tests.importing.sites import Reply, Site
from tests.service import ROOT, environment
from tests.store.servers import Server

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, server: Server, press: Press) -> Command:
    """The command, on the store that `press` looks into."""
    return lambda *arguments: ended(start(tmp_path / "data", server, *arguments))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Of documents of each kind, and other files."""
    folder = tmp_path / "export"
    (folder / "news").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Home</title><main><h1>Home</h1><p>Welcome.</p></main>")
    (folder / "news" / "Ein Tag.md").write_text("---\ntitle: Ein Tag\nlang: de\nauthor: Ada\n---\nWorte & mehr.\n")
    (folder / "news" / "minutes.docx").write_bytes(
        word(paragraph(run("Minutes"), style="Heading1"), paragraph(run("We met.")), comments=comments("Did we?"))
    )
    (folder / "news" / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_folder(command: Command, press: Press, folder: Path) -> None:
    code, out, err = command(str(folder))
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "new      index  file:export/index.html",
        "new      news-ein-tag  file:export/news/Ein Tag.md",
        "new      news-minutes  file:export/news/minutes.docx",
    ]
    assert summary(out) == {"documents": 3, "new": 3}
    assert below("notices", out) == ["left out: 1 × comment"]
    article = press.services.articles.head("news-ein-tag")
    assert (article.title, article.lang, article.authors, article.source_url) == ("Ein Tag", "de", ("Ada",), None)
    assert press.text("news-ein-tag") == "Ein Tag\nWorte & mehr."
    assert press.text("news-minutes") == "Minutes\nWe met."

    # Elsewhere under the same name it is the same folder; one that goes is named.
    moved = folder.parent / "elsewhere" / "export"
    moved.parent.mkdir()
    folder.rename(moved)
    (moved / "index.html").unlink()
    (moved / "news" / "Ein Tag.md").write_text("---\ntitle: Ein Tag\nlang: de\n---\nAndere Worte.\n")
    code, out, _ = command(str(moved))
    assert (code, summary(out)) == (0, {"documents": 2, "changed": 1, "same": 1, "gone": 1})
    assert below("gone, and kept here", out)[0].split()[:3] == ["unlisted", "index", "file:export/index.html"]


def test_a_file_of_a_folder_is_the_same_alone(command: Command, folder: Path) -> None:
    command(str(folder / "news"))
    code, out, _ = command(str(folder / "news" / "Ein Tag.md"), str(folder / "news"))
    assert (code, summary(out)) == (0, {"documents": 2, "same": 2})


def test_files_that_are_refused(command: Command, folder: Path) -> None:
    other = folder / "other" / "news"
    other.mkdir(parents=True)
    (other / "minutes.docx").write_bytes(b"PK")
    code, out, err = command(
        str(folder / "news" / "picture.png"), str(other / "minutes.docx"), str(folder / "news"), "--dry-run"
    )
    assert (code, err) == (1, "Error: 3 of 4 documents refused\n")
    assert [line.split()[0] for line in below("refused", out)] == ["name", "kind", "docx"]


def test_names_of_files_that_are_no_text(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    paths = [folder / os.fsdecode(name) for name in (b"caf\xe9.md", b"\xfe.md", b"\xff.md")]
    for path in paths:
        path.write_text("Words.")
    code, out, err = command(str(folder), str(paths[0]))
    assert (code, err) == (1, "Error: 1 of 3 documents refused\n")
    assert [line.split()[0] for line in below("refused", out)] == ["name"]


def test_a_sitemap_in_a_file(command: Command, site: Site, press: Press, tmp_path: Path) -> None:
    site.page("/a", "A", "Words.")
    site.sitemap("/sitemap.xml.gz", ["/a"])
    reply = site.replies["/sitemap.xml.gz"]
    assert isinstance(reply, Reply)
    (tmp_path / "sitemap.xml.gz").write_bytes(reply.body)
    code, out, _ = command(str(tmp_path / "sitemap.xml.gz"))
    assert (code, summary(out), press.slugs()) == (0, {"documents": 1, "new": 1}, ["a"])
    (tmp_path / "other.xml").write_text("<html/>")
    code, out, _ = command(str(tmp_path / "other.xml"))
    assert (code, [line.split()[0] for line in below("refused", out)]) == (1, ["no-list"])


def test_a_dry_run_a_limit_and_one_s_own_site(command: Command, site: Site, press: Press) -> None:
    for path in ("/a", "/b", "/c"):
        site.page(path, path, "Words.")
    site.sitemap("/sitemap.xml", ["/a", "/b", "/c"])
    site.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /b", headers={"Content-Type": "text/plain"})
    sitemap = [f"{site.url}/sitemap.xml", "--delay", "0"]
    code, out, _ = command(*sitemap, "--dry-run", "--limit", "1")
    assert (code, summary(out), press.slugs()) == (0, {"documents": 1, "new": 1}, [])
    code, out, err = command(*sitemap)
    assert (code, summary(out), press.slugs()) == (1, {"documents": 3, "new": 2, "refused": 1}, ["a", "c"])
    assert err == "Error: 1 of 3 documents refused\n"
    code, out, _ = command(*sitemap, "--ignore-robots")
    assert (code, summary(out), press.slugs()) == (0, {"documents": 3, "new": 1, "same": 2}, ["a", "b", "c"])
    assert site.agents == {f"snippetsvc/{__version__} (import of articles)"}


def test_on_a_terminal_it_shows_how_far_it_is(tmp_path: Path, server: Server, press: Press, folder: Path) -> None:
    ours, theirs = pty.openpty()
    process = start(tmp_path / "data", server, str(folder), stderr=theirs)
    os.close(theirs)
    out, _ = process.communicate(timeout=60)
    shown = os.read(ours, 65_536).decode()
    os.close(ours)
    assert process.returncode == 0
    assert out.splitlines()[0] == "3 documents: 3 new"
    assert "\r\x1b[K2 of 3  file:export/news/Ein Tag.md" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ([], "SOURCE"),
        (["no/such/folder"], "no/such/folder"),
        (["docs", "--limit", "0"], "--limit"),
        (["docs", "--delay", "-1"], "--delay"),
    ],
    ids=" ".join,
)
def test_what_it_does_not_take(command: Command, arguments: list[str], named: str) -> None:
    code, out, err = command(*arguments)
    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("Error: ")
    assert named in err.splitlines()[-1]


def test_addresses_that_are_refused(command: Command) -> None:
    private, file, scheme, password = (
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://a.example/",
        "https://me:secret@a.example/",
    )
    code, out, err = command(private, file, scheme, password)
    assert (code, [line.split()[0] for line in below("refused", out)]) == (1, ["forbidden"] * 4)
    assert err == "Error: 4 of 4 documents refused\n"
    assert "secret" not in out


def test_what_serves_readers_has_nothing_that_fetches(tmp_path: Path) -> None:
    """No worker has loaded it, nor what it stands on."""
    code = (
        "import sys; from snippetsvc.run.app import create_app; create_app();"
        "print(*(name for name in sys.modules if name.startswith("
        "('snippetsvc.importing.', 'feedparser', 'protego', 'mammoth', 'markdown_it'))))"
    )
    settings = environment(tmp_path, REDIS_URL="redis://127.0.0.1:1", SECRET_KEYS="signing-key")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=settings, capture_output=True, text=True, timeout=60, check=False
    )
    # How a setting's hosts are spelled.
    assert (done.stdout, done.stderr) == ("snippetsvc.importing.addresses\n", "")
