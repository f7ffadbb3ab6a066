"""From a state to its picture, in Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page

from pictures.states import State

#: What articles show from elsewhere: nothing is asked for there.
_ELSEWHERE = re.compile("^https:")
_PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="675" viewBox="0 0 16 9">
<path fill="#34506b" d="M0 0h16v9H0z"/><path fill="#e8b27a" d="M0 4.5h16v1.2H0z"/>
<path fill="#16283a" d="M0 5.7h16V9H0z"/>
<path fill="#f4f1ea" d="M4 5h8l-1 1.3H5zM6 4h3.5v1H6z"/></svg>"""
_LOCALES = {"en": "en-GB", "ru": "ru-RU", "be": "be-BY"}


@contextmanager
def opened(browser: Browser, state: State, bypass_csp: bool = False) -> Iterator[Page]:
    """An empty page in a browser as it is in this state, with nothing remembered."""
    screen = state.screen
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=screen.scale,
        has_touch=screen.touch,
        is_mobile=screen.touch,
        color_scheme=state.scheme,
        forced_colors="active" if state.forced_colors else "none",
        reduced_motion="reduce",
        locale=_LOCALES[state.lang],
        java_script_enabled=state.script,
        bypass_csp=bypass_csp,
    )
    try:
        context.route(_ELSEWHERE, lambda route: route.fulfill(body=_PICTURE, content_type="image/svg+xml"))
        yield context.new_page()
    finally:
        context.close()


def draw(page: Page, state: State, picture: Path) -> None:
    """Draw what is seen; of what is printed, the first sheet."""
    if not state.paper:
        page.screenshot(path=picture, full_page=state.whole, animations="disabled")
    elif shutil.which("pdftoppm"):
        sheets = page.pdf(format="A4", prefer_css_page_size=True)
        arguments = ["pdftoppm", "-png", "-singlefile", "-r", "96", "-", str(picture.with_suffix(""))]
        subprocess.run(arguments, input=sheets, check=True, timeout=60)
    else:
        page.emulate_media(media="print")
        page.screenshot(path=picture, full_page=True, animations="disabled")
