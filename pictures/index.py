"""The page that shows the pictures: all of them small, by group, each with a link to its full size."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path

from pictures.states import GROUPS, State

NAME = "index.html"
_SHEET = """
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 90rem; margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem }
h1, h2 { line-height: 1.2 }
h2 { margin: 3rem 0 1rem; padding-block-start: .75rem; border-block-start: 1px solid #8886 }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem }
section > div { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 2rem 1.5rem }
figure { margin: 0 }
figure.wide { grid-column: span 2 }
img { display: block; width: 100%; height: 20rem; object-fit: contain; object-position: 0 0 }
img { filter: drop-shadow(0 0 1px #888) }
figcaption { margin-block-start: .5rem; overflow-wrap: anywhere }
figcaption span { display: block; font-size: .8125rem; opacity: .75 }
.failure { margin: 0; padding: 1rem; border: 1px solid #c33; border-radius: .5rem }
@media (max-width: 40rem) { figure.wide { grid-column: auto } }
"""


def write(folder: Path, failures: Mapping[str, str]) -> Path:
    """Write it, about the pictures that are in the folder. failures: by state, why it could not be reached."""
    sections = {}
    for group, states in GROUPS.items():
        shown = [state for state in states if state.name in failures or picture_of(folder, state).exists()]
        if shown:
            sections[group] = "".join(_figure(folder, state, failures.get(state.name)) for state in shown)
    ids = {group: group.lower().replace(" ", "-") for group in sections}
    links = "".join(f'<a href="#{ids[group]}">{escape(group)}</a>' for group in sections)
    body = "".join(
        f'<section id="{ids[group]}"><h2>{escape(group)}</h2><div>{figures}</div></section>'
        for group, figures in sections.items()
    )
    page = folder / NAME
    page.write_text(
        '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Pictures of the interface</title><style>{_SHEET}</style>"
        f"<h1>Pictures of the interface</h1><nav>{links}</nav>{body}</html>\n",
        encoding="utf-8",
    )
    return page


def picture_of(folder: Path, state: State) -> Path:
    return folder / f"{state.name}.png"


def _figure(folder: Path, state: State, failure: str | None) -> str:
    screen = state.screen
    about = [f"{screen.width} × {screen.height}", state.lang]
    about += [state.scheme] * (state.scheme != "light")
    about += ["forced colours"] * state.forced_colors + ["no JavaScript"] * (not state.script)
    about += ["whole page"] * state.whole + ["paper"] * state.paper
    name = picture_of(folder, state).name
    seen = (
        f'<p class="failure">{escape(failure)}</p>'
        if failure
        else f'<a href="{name}"><img src="{name}" alt="" loading="lazy"></a>'
    )
    wide = ' class="wide"' if screen.width > screen.height and not state.paper else ""
    return f"<figure{wide}>{seen}<figcaption>{state.name}<span>{', '.join(about)}</span></figcaption></figure>"
