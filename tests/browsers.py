"""The browsers that tests drive: found where they are, obtained where they are not.

    python -m tests.browsers                all three, and the tools that read PDF files
    python -m tests.browsers chromium       one of them: chromium, firefox, webkit, poppler

Chromium must be had. Firefox and WebKit are named where they cannot be had, and with `CI` set in the environment
they must be had as well.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Tests that need no browser run without its drivers.
    from playwright.sync_api import Browser, Playwright
    from selenium.webdriver.remote.webdriver import WebDriver

ENGINES = ("chromium", "firefox", "webkit")
ROOT_USER = os.geteuid() == 0

CHROMIUM_ARGUMENTS = (
    *(("--no-sandbox",) if ROOT_USER else ()),
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

_COMMANDS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
_MINIBROWSERS = ("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser")
_PLAYWRIGHTS_OWN = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)
_PACKAGES = {
    # DejaVu has Latin, Greek, Cyrillic, Arabic and Hebrew; the small ones add Chinese and Japanese, and Thai.
    "chromium": ("chromium", "fonts-dejavu-core", "fonts-wqy-microhei", "fonts-tlwg-loma-ttf"),
    "firefox": ("firefox-esr",),
    "webkit": ("webkit2gtk-driver", "xvfb"),
    "poppler": ("poppler-utils",),
}


class Missing(RuntimeError):
    """A browser can neither be found nor obtained; the text is one line that says so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A browser that is there. version: what it says of itself."""

    engine: str
    executable: Path
    version: str


def find(engine: str) -> Found | None:
    """What is on this machine, or None; installs nothing."""
    if engine == "webkit" and not (shutil.which("WebKitWebDriver") and shutil.which("Xvfb")):
        return None
    for candidate in _candidates(engine):
        if engine == "webkit":
            with _virtual_screen() as display:
                version = _version(candidate, {"DISPLAY": display})
        else:
            version = _version(candidate)
        if version:
            return Found(engine, candidate, version)
    return None


@cache
def obtain(engine: str) -> Found:
    """What is on this machine, else Debian's package, else (Chromium) Playwright's own. Raises Missing."""
    found = find(engine)
    if found:
        return found
    refusals = []
    for install in (_install_from_debian, _install_from_playwright):
        refusal = install(engine)
        found = find(engine)
        if found:
            return found
        refusals.append(refusal)
    reasons = "; ".join(refusal for refusal in refusals if refusal) or "what was installed does not run"
    raise Missing(f"{engine} is not here and cannot be obtained: {reasons}")


def all_are_needed() -> bool:
    """Whether a missing Firefox or WebKit is an error, and not only a line that says so."""
    return bool(os.environ.get("CI"))


def launch(playwright: Playwright, found: Found) -> Browser:
    """Chromium or Firefox, headless, driven by Playwright."""
    if found.engine == "chromium":
        return playwright.chromium.launch(executable_path=found.executable, args=CHROMIUM_ARGUMENTS)
    # The channel is what lets Playwright drive a Firefox that is not its own build (WebDriver BiDi).
    return playwright.firefox.launch(channel="moz-firefox", executable_path=found.executable)


@contextmanager
def webkit(found: Found) -> Iterator[WebDriver]:
    """WebKitGTK's MiniBrowser, driven by Selenium, on a virtual screen of its own."""
    from selenium.webdriver import WebKitGTK, WebKitGTKOptions, WebKitGTKService

    options = WebKitGTKOptions()
    options.binary_location = str(found.executable)
    options.add_argument("--automation")
    with _virtual_screen() as display:
        environment = {**os.environ, "DISPLAY": display, "GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1"}
        service = WebKitGTKService(executable_path=shutil.which("WebKitWebDriver"), env=environment)
        driver = WebKitGTK(options=options, service=service)
        try:
            yield driver
        finally:
            driver.quit()


@contextmanager
def _virtual_screen() -> Iterator[str]:
    """Xvfb on the first free display; yields its name, as ":7"."""
    readable, writable = os.pipe()
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writable), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
        pass_fds=[writable],
        stderr=subprocess.DEVNULL,
    )
    os.close(writable)
    try:
        with os.fdopen(readable) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise Missing("the virtual screen of WebKit (Xvfb) does not start")
        yield f":{number}"
    finally:
        xvfb.terminate()
        xvfb.wait()


def _candidates(engine: str) -> Iterator[Path]:
    if engine == "webkit":
        for pattern in _MINIBROWSERS:
            yield from (Path(match) for match in sorted(glob.glob(pattern), reverse=True))
        return
    for command in _COMMANDS[engine]:
        path = shutil.which(command)
        if path:
            yield Path(path)
    if engine == "chromium":
        # In a process of its own: Playwright's sync API cannot be started twice in one thread.
        asked = subprocess.run([sys.executable, "-c", _PLAYWRIGHTS_OWN], capture_output=True, text=True, timeout=60)
        yield Path(asked.stdout.strip())


def _version(executable: Path, environment: Mapping[str, str] | None = None) -> str | None:
    """What `--version` prints, or None for what does not run (on Ubuntu the command may be a note about a snap)."""
    try:
        ran = subprocess.run(
            [executable, "--version"],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = ran.stdout.strip().splitlines()
    return lines[-1].strip() if ran.returncode == 0 and lines else None


def _install_from_debian(engine: str) -> str:
    """Install the engine's packages; returns why that is not possible, or ''."""
    if not shutil.which("apt-get"):
        return "no apt-get here"
    if not ROOT_USER:
        return "not root, so no apt-get (as root: apt-get install " + " ".join(_PACKAGES[engine]) + ")"
    if engine == "chromium" and "ID=debian" not in Path("/etc/os-release").read_text().split():
        return "not Debian, whose chromium is a real package"
    failure = _update_lists() or _run_with_progress(
        ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=600", *_PACKAGES[engine]],
        f"Debian's packages for {engine}",
    )
    return failure and f"apt-get: {failure}"


@cache
def _update_lists() -> str:
    return _run_with_progress(["apt-get", "update", "-o", "DPkg::Lock::Timeout=600"], "Debian's package lists")


def _install_from_playwright(engine: str) -> str:
    if engine != "chromium":
        return ""
    failure = _run_with_progress([sys.executable, "-m", "playwright", "install", "chromium"], "Playwright's Chromium")
    return failure and f"playwright install: {failure}"


def _run_with_progress(arguments: Sequence[str], title: str) -> str:
    """Run with a sign of life every ten seconds; returns the line that says why it failed, or ''."""
    begun = time.monotonic()
    _say(f"Getting {title}; the first time this takes some minutes")
    with tempfile.TemporaryFile("w+") as output:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        while True:
            try:
                code = process.wait(timeout=10)
                break
            except subprocess.TimeoutExpired:
                _say(f"  {title}, {time.monotonic() - begun:.0f} s")
            except BaseException:
                process.terminate()
                process.wait()
                raise
        if code == 0:
            return ""
        output.seek(0)
        lines = [line.strip() for line in output if line.strip()]
    errors = [line for line in lines if line.startswith(("E:", "Error", "ERROR"))]
    return (errors or lines or [f"exit code {code}"])[-1]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def obtain_poppler() -> str:
    """The version of pdftotext, which tests of printing read PDF files with. Raises Missing."""
    if not shutil.which("pdftotext"):
        refusal = _install_from_debian("poppler")
        if not shutil.which("pdftotext"):
            raise Missing(f"pdftotext is not here and cannot be obtained: {refusal}")
    ran = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, timeout=60)
    return ran.stderr.splitlines()[0]


def main(names: Sequence[str]) -> int:
    unknown = set(names) - {*ENGINES, "poppler"}
    if unknown:
        _say(f"error: no such browser: {', '.join(sorted(unknown))}; there are {', '.join(ENGINES)} and poppler")
        return 2
    failed = False
    for name in names or (*ENGINES, "poppler"):
        try:
            if name == "poppler":
                _say(f"poppler: {obtain_poppler()}")
            else:
                found = obtain(name)
                _say(f"{name}: {found.version} ({found.executable})")
        except Missing as missing:
            needed = bool(names) or name in ("chromium", "poppler") or all_are_needed()
            failed = failed or needed
            _say(f"error: {missing}" if needed else f"without {name}, its tests are left out: {missing}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
