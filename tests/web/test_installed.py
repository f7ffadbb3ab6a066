"""The service as an installed package, where what it brings stands inside the package, and no checkout is around."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service import ROOT, environment

ASK = """
import re
from snippetsvc.run.app import create_app
client = create_app().test_client()
page = client.get("/?lang=ru").get_data(as_text=True)
(sheet, *_) = re.findall('<link rel="stylesheet" href="([^"]+)"', page)
print("Статьи" in page, "tomsk-belarus" in page, client.get(sheet).status_code)
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The folder that a package was installed in, with `wsgi.py` beside it."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "snippetsvc", site / "snippetsvc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("templates", "static", "demo"):
        shutil.copytree(ROOT / name, site / "snippetsvc" / name)
    shutil.copy(ROOT / "wsgi.py", site)
    return site


def python(site: Path, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {**environment(site.parent / "data"), "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8", **more}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd or site,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_it_finds_what_it_brings(site: Path) -> None:
    done = python(site, "-m", "flask", "articles", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "tomsk-belarus: revision 1" in done.stdout
    assert python(site, "-c", ASK).stdout == "True True 200\n"


def test_it_finds_itself_from_any_working_directory(site: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "page.html").write_text("<h1>Title</h1><p>Some words.</p>")
    flask = str(Path(sys.executable).with_name("flask"))
    done = python(
        site, flask, "articles", "publish", "page.html", cwd=elsewhere, FLASK_APP=str(site / "wsgi.py"), PYTHONPATH=""
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "page: revision 1\n")


@pytest.mark.parametrize("name", ["messages.mo", "messages.json"])
def test_words_that_were_not_compiled_are_named_in_one_line(site: Path, name: str) -> None:
    os.remove(site / "snippetsvc" / "translations" / "be" / "LC_MESSAGES" / name)
    done = python(site, "-m", "flask", "articles", "list")
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "translations/be" in line
    assert "tools.catalogues" in line
