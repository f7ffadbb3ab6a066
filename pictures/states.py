"""The states of the interface that are looked at: a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pictures.articles import FOUR
from pictures.steps import (
    Step,
    arrived,
    at,
    back_at_the_top,
    coming_back,
    marking,
    offline,
    pressing,
    seeing,
    selecting,
    then,
    typing,
)


@dataclass(frozen=True, slots=True)
class Screen:
    """width, height: in CSS pixels; touch: a finger instead of a mouse; scale: pixels of the picture to one of CSS."""

    width: int
    height: int
    touch: bool = False
    scale: int = 1


PHONE = Screen(360, 740, touch=True, scale=2)
TABLET = Screen(768, 1024, touch=True)
DESKTOP = Screen(1366, 650)
WIDE = Screen(1920, 1080)


@dataclass(frozen=True, slots=True)
class State:
    """name: also that of its picture's file; reach: brings a page there; lang: the reader's own language; whole: the
    picture is of the whole page and not only of what is in the window; paper: it is of the first sheet that is printed.
    """

    name: str
    screen: Screen
    reach: Step
    scheme: Literal["light", "dark"] = "light"
    forced_colors: bool = False
    lang: str = "en"
    script: bool = True
    whole: bool = False
    paper: bool = False


MARKED = then(at("article"), marking(*FOUR))
MARKED_IN_RUSSIAN = then(
    at("Russian article"), marking(("два духовых оркестра", "green"), ("хотя бы шесть зим", "pink"))
)
UNFOLDED = then(pressing("[data-do=fold]"), seeing("#panel-body"))
OWN_AGAIN = then(MARKED, coming_back, arrived)
SENT = then(at("sent"), arrived)
PANEL = seeing("#panel")
DIALOG = seeing("dialog[open] h2")
MY_LINKS = then(pressing(":is([data-do=links], a[href*='/links'])"), seeing(":is(h1, h2)", "My links"))
LATER = then(at("edited"), arrived, back_at_the_top)
TAPPED = then(pressing("#article mark.snippet"), seeing("#toolbar"))
BY_KEYS = typing("ArrowDown", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
UNSAVED = then(at("article"), selecting(FOUR[0][0]), offline, pressing("#toolbar [data-color]"))
RETRYING = seeing("body[data-state=retrying] #article mark.snippet")

#: By what they are about, in the order in which somebody comes to them.
GROUPS: dict[str, tuple[State, ...]] = {
    "Home": (
        State("home-phone", PHONE, at("home")),
        State("home-tablet-russian", TABLET, at("home"), lang="ru"),
        State("home-desktop", DESKTOP, at("home")),
        State("home-desktop-dark", DESKTOP, at("home"), scheme="dark"),
    ),
    "An article": (
        State("article-phone", PHONE, at("article")),
        State("article-tablet", TABLET, at("article")),
        State("article-desktop", DESKTOP, at("article")),
        State("article-wide", WIDE, at("article")),
        State("article-whole-dark", DESKTOP, at("article"), scheme="dark", whole=True),
        State("article-russian-phone", PHONE, at("Russian article"), lang="ru"),
        State("article-arabic-desktop", DESKTOP, at("Arabic article")),
        State("article-japanese-phone", PHONE, at("Japanese article")),
        State("article-without-script", PHONE, at("article"), script=False),
    ),
    "Marking": (
        State("selection-phone", PHONE, then(at("article"), selecting(FOUR[0][0]))),
        State("selection-desktop", DESKTOP, then(at("article"), selecting(FOUR[0][0]))),
        State("marked-phone", PHONE, then(MARKED, PANEL)),
        State("marked-phone-panel-open", PHONE, then(MARKED, UNFOLDED)),
        State("marked-russian-phone-panel-open", PHONE, then(MARKED_IN_RUSSIAN, UNFOLDED), lang="ru"),
        State("marked-desktop", DESKTOP, then(MARKED, PANEL)),
        State("marked-desktop-dark", DESKTOP, then(MARKED, PANEL), scheme="dark"),
        State("own-mark-tapped-phone", PHONE, then(MARKED, TAPPED)),
        State("offline-phone", PHONE, then(UNSAVED, RETRYING)),
        State("marking-off", DESKTOP, then(MARKED, pressing("[data-do=off]"), back_at_the_top, seeing("[data-do=on]"))),
        State("keyboard", DESKTOP, then(at("article"), pressing("#keyboard-mark"), BY_KEYS, seeing(".hint"))),
        State("help-phone", PHONE, then(at("article"), pressing("[data-do=help]"), DIALOG)),
    ),
    "Coming back": (
        State("own-again-phone", PHONE, OWN_AGAIN),
        State("own-again-desktop", DESKTOP, then(OWN_AGAIN, PANEL)),
        State("my-links-empty-phone", PHONE, then(at("article"), MY_LINKS)),
        State("my-links-phone", PHONE, then(MARKED, back_at_the_top, MY_LINKS)),
        State("my-links-desktop", DESKTOP, then(MARKED, back_at_the_top, MY_LINKS)),
    ),
    "Being sent a link": (
        State("sent-phone", PHONE, SENT),
        State("sent-phone-top", PHONE, then(SENT, back_at_the_top)),
        State("sent-belarusian-phone", PHONE, SENT, lang="be"),
        State("sent-mark-tapped-phone", PHONE, then(SENT, TAPPED)),
        State("sent-mark-tapped-desktop", DESKTOP, then(SENT, TAPPED)),
        State("sent-phone-without-script", PHONE, at("sent"), script=False),
        State("sent-desktop", DESKTOP, SENT),
        State("sent-desktop-forced-colours", DESKTOP, SENT, forced_colors=True),
        State("sent-everywhere", DESKTOP, at("everywhere"), whole=True),
        State("sent-everywhere-dark", DESKTOP, at("everywhere"), scheme="dark", whole=True),
        State("sent-arabic-phone", PHONE, then(at("Arabic sent"), arrived)),
        State("sent-japanese-phone", PHONE, then(at("Japanese sent"), arrived)),
    ),
    "Long after": (
        State("edited-phone-top", PHONE, LATER),
        State("edited-phone-lost", PHONE, then(at("edited", "#snippet-2"), seeing(".lost .entry"))),
        State("edited-desktop", DESKTOP, LATER),
        State("edited-desktop-russian", DESKTOP, LATER, lang="ru"),
        State("edited-whole-dark", DESKTOP, at("edited"), scheme="dark", whole=True),
        State("as-marked-desktop", DESKTOP, then(at("edited", "?as=marked"), arrived, back_at_the_top)),
    ),
    "No longer here": (
        State("revoked-phone", PHONE, at("revoked")),
        State("expired-russian-desktop", DESKTOP, at("expired"), lang="ru"),
        State("unknown-phone-dark", PHONE, at("unknown"), scheme="dark"),
    ),
    "Alone and on paper": (
        State("snippets-alone-phone", PHONE, at("edited", "?only=snippets"), whole=True),
        State("snippets-alone-desktop", DESKTOP, at("sent", "?only=snippets"), whole=True),
        State("printed-sent", DESKTOP, at("sent"), paper=True),
        State("printed-own", DESKTOP, MARKED, paper=True),
        State("printed-edited", DESKTOP, at("edited", "/print"), paper=True),
        State("printed-snippets", DESKTOP, at("edited", "/print?only=snippets"), paper=True),
        State("printed-arabic", DESKTOP, at("Arabic sent", "/print"), paper=True),
    ),
}
STATES = tuple(state for states in GROUPS.values() for state in states)
