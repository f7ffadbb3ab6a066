"""What no reader of a page is shown: hidden elements that nothing unfolds, words for the ear alone, letters of icons.

Words that a reader can unfold (panels, tabs, pop-overs) are words of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from snippetsvc.html.sanitise import HIDDEN, SAID, attribute
from snippetsvc.html.tree import below, elements, first_below

_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
#: The ways to keep words from the eye and leave them to screen readers.
_CLIPPING_STYLE = re.compile(
    r"""(?:^|;)\s*(?:
        clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)
        | (?:-webkit-)?clip-path\s*:\s*inset\(\s*(?:[5-9]\d|100)%
        | (?:left|right|top|text-indent)\s*:\s*-\d{3,}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
#: Names of classes for the same, without hyphens and in lower case, as the common style sheets have them.
_FOR_EARS = re.compile(
    r"(?!not)[a-z]{0,8}?(?:sronly|visuallyhidden|hiddenvisually|accessiblyhidden|accessiblehidden|a11yhidden|"
    r"screenreader(?:s|only|text)*|showforsr|elementinvisible|assistivetext|offscreen)(?:focusable|text|element)?"
)
_SEEN_ON_WIDE_SCREENS = re.compile(r"\b(?:sm|md|lg|xl|2xl):not-sr-only\b")

#: Attributes that name what an element opens, as ids, or as selectors of one id or class.
_OPENERS = frozenset(
    "aria-controls popovertarget commandfor data-target data-bs-target data-mdb-target data-uk-target data-controls "
    "data-open data-toggle data-collapse-target data-accordion-target data-collapse-toggle data-content-id".split()
)
#: What a page opens for something else than reading.
_NO_TEXT = frozenset("menu menubar listbox tooltip alert alertdialog status progressbar search".split())
#: Classes of what is folded away, by their words.
_FOLDED = re.compile(
    r"(?<![a-z])(?:accordion|accordeon|akkordeon|spoiler|collapse|collapsible|expandable|expander|foldable|folded|"
    r"disclosure|faq|(?:tab|toggle)[\W_]?(?:pane|panel|content|body))(?![a-z])",
    re.IGNORECASE,
)
_TOGGLES = frozenset({"button", "summary"})
#: These matter without any attribute, too.
_ALWAYS = _TOGGLES | {"dialog", "i"}
#: How far above a toggle the heading or bar may be that its panel follows.
_CLIMB = 3

_ICON_FONTS = re.compile(r"\bmaterial-(?:icons|symbols)|\bgoogle-symbols\b", re.IGNORECASE)
_ICON_CLASS = re.compile(r"(?:^|[\s_-])(?:icons?|ico|glyph)(?:[\s_-]|$)", re.IGNORECASE)
_LIGATURE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
#: Code points that fonts of icons take for themselves (Unicode, "private use").
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010fffd\s]+")


def undisplayed(tree: BeautifulSoup) -> Iterator[tuple[Tag, str]]:
    """Each element that is not displayed, and the words that are lost with it; what is in one before itself."""
    found = [element for element in elements(tree) if element.attrs or element.name in _ALWAYS]
    unfolding = _Unfolding()
    unfolding.learn(found)
    for element in reversed(found):
        if _is_icon(element):
            yield element, ""
            continue
        unseen = _is_for_ears(element) or (_is_hidden(element) and not unfolding.opens(element))
        if unseen and not _is_formula(element):
            yield element, _said(element)


def _is_hidden(element: Tag) -> bool:
    if element.name in ("img", "amp-img") and any("src" in name for name in element.attrs if name != "src"):
        # A picture that loads late is shown when it is there.
        return False
    return (
        (element.has_attr("hidden") and attribute(element, "hidden").lower() != "until-found")
        or element.has_attr("popover")
        or (element.name == "dialog" and not element.has_attr("open"))
        or _HIDING_STYLE.search(attribute(element, "style")) is not None
    )


def _is_for_ears(element: Tag) -> bool:
    classes = attribute(element, "class")
    names = classes.replace("-", "").replace("_", "").lower().split()
    if any(_FOR_EARS.fullmatch(name) for name in names):
        return _SEEN_ON_WIDE_SCREENS.search(classes) is None
    return _CLIPPING_STYLE.search(attribute(element, "style")) is not None


def _is_icon(element: Tag) -> bool:
    """Whether its letters are drawn as a picture, or as the sign of what folds and unfolds."""
    if len(element.contents) != 1 or isinstance(element.contents[0], Tag):
        return False
    words, classes = element.get_text().strip(), attribute(element, "class")
    if not words or len(words) > 40:
        return False
    if _PRIVATE.fullmatch(words) or _ICON_FONTS.search(classes):
        return True
    if attribute(element, "aria-hidden").lower() != "true":
        return False
    if _ICON_CLASS.search(classes) and _LIGATURE.fullmatch(words):
        return True
    return not any(map(str.isalnum, words)) and _is_at_the_edge(element) and _is_in_toggle(element)


def _is_at_the_edge(element: Tag) -> bool:
    return element.previous_sibling is None or element.next_sibling is None


def _is_in_toggle(element: Tag) -> bool:
    return any(each.name in _TOGGLES or each.has_attr("aria-expanded") for each in element.parents)


def _is_formula(element: Tag) -> bool:
    """Whether it hides a formula's mark-up, whose picture stands beside it, and nothing else."""
    formula = first_below(element, {"math"})
    return formula is not None and formula.get_text().strip() == element.get_text().strip() != ""


def _said(element: Tag) -> str:
    said = (attribute(each, "alt") or attribute(each, SAID) for each in below(element, {"img", HIDDEN}))
    return " ".join(element.get_text().split()) or next(filter(None, said), "")


@dataclass(slots=True)
class _Unfolding:
    """What a reader can open: `targets`: names that something on the page opens; `toggles`: ids of what opens.

    followers: the elements that stand directly after something that opens and names nothing.
    """

    targets: set[str] = field(default_factory=set)
    toggles: set[str] = field(default_factory=set)
    followers: set[int] = field(default_factory=set)

    def learn(self, elements: Iterable[Tag]) -> None:
        for element in elements:
            named = {name for opener in element.attrs.keys() & _OPENERS for name in attribute(element, opener).split()}
            if element.name == "a" and attribute(element, "href").startswith("#"):
                named.add(attribute(element, "href"))
            self.targets |= {name.removeprefix("#") for name in named}
            expands = element.has_attr("aria-expanded")
            if not (expands or element.name in _TOGGLES or attribute(element, "role") == "tab"):
                continue
            if name := attribute(element, "id"):
                self.toggles.add(name)
            expands = expands or _FOLDED.search(attribute(element, "class")) is not None
            if expands and (after := follower(element)) is not None:
                self.followers.add(id(after))

    def opens(self, element: Tag) -> bool:
        role = attribute(element, "role").lower()
        if role in _NO_TEXT:
            return False
        classes = attribute(element, "class")
        return (
            role == "tabpanel"
            or attribute(element, "id") in self.targets - {""}
            or any(f".{name}" in self.targets for name in classes.split())
            or any(name in self.toggles for name in attribute(element, "aria-labelledby").split())
            or id(element) in self.followers
            or _FOLDED.search(classes) is not None
        )


def follower(toggle: Tag) -> Tag | None:
    """The element that stands next after a toggle, or after the heading or bar that it closes."""
    place: PageElement | None = toggle
    for _ in range(_CLIMB):
        if place is None:
            return None
        after = place.next_sibling
        while after is not None and not isinstance(after, Tag) and not str(after).strip():
            after = after.next_sibling
        if after is not None:
            return after if isinstance(after, Tag) else None
        place = place.parent
    return None
