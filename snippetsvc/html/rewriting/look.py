"""What only a style or a class says, elements say: words that are bold, italic, struck or raised, and quotations.

Google Docs, Word and others write a sheet of classes into the page, or `style` attributes. Underlining is a link's
look, and a heading is bold as it is: neither says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import BLOCKS, KEPT, RENAMED, VANISHING, attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import around, classes, elements, nest

#: Elements that say the same, by their name, and the other way round of saying it.
_SAYING = {"strong": {"strong", "b"}, "em": {"em", "i"}, "s": {"s", "strike", "del"}, "sup": {"sup"}, "sub": {"sub"}}
_LOOKS = {
    "strong": ("font-weight", re.compile(r"bold|bolder|[6-9]\d\d|1000")),
    "em": ("font-style", re.compile(r"italic|oblique\b.*")),
    "s": ("text-decoration", re.compile(r".*\bline-through\b.*")),
    "sup": ("vertical-align", re.compile(r"super")),
    "sub": ("vertical-align", re.compile(r"sub")),
}
_PROPERTIES = frozenset({"font-weight", "font-style", "text-decoration", "vertical-align"})
_NORMAL = {"strong": re.compile(r"normal|lighter|[1-5]\d\d"), "em": re.compile(r"normal")}
_RENAMED = {"strike": "s", "acronym": "abbr"}
#: Word's references to notes, where its sheet did not come with them.
_RAISED = frozenset({"MsoFootnoteReference", "MsoEndnoteReference"})
#: Google Docs puts what it gives to the clipboard into a `b` that is not bold.
_CLIPBOARD = "docs-internal-guid-"
#: What is a quotation in the Markdown that it was made of.
_QUOTATIONS = frozenset({"markdown-alert"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_WRITTEN = KEPT | RENAMED.keys() | VANISHING.keys()
_INLINE = ("span", "font", "a", "u")
#: Blocks of words; where one is struck, all of them are.
_OF_WORDS = ("p", "li", "td", "th", "dt", "dd", "figcaption", "caption", "blockquote", "div")

_IGNORED = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->|@[\w-]+[^{};@]*+(?:;|\{(?:[^{}]*+\{[^{}]*+\})*+[^{}]*+\})", re.DOTALL)
_CLASS = re.compile(r"(?:span|font|a)?\.([\w-]+)")

Style = dict[str, str]


def said_by_elements(root: Tag, page: Page, _: Notices) -> None:
    sheet = _sheet(page)
    inside = elements(root)
    with_blocks = around(each for each in inside if each.name in BLOCKS)
    for element in inside:
        element.name = _RENAMED.get(element.name, element.name)
        if not element.attrs:
            continue
        if attribute(element, "id").startswith(_CLIPBOARD):
            del element["id"]
        if element.name == "div" and _QUOTATIONS.intersection(classes(element)):
            element.name = "blockquote"
        if element.name in _INLINE:
            for name in _looks(_style(element, sheet)):
                if not _is_said(element, name) and any(element.stripped_strings):
                    _say(element, name)
        elif "style" in element.attrs:
            style = _style(element, {})
            for name, normal in _NORMAL.items():
                if element.name in _SAYING[name] and normal.fullmatch(style.get(_LOOKS[name][0], "")):
                    element.name = "div" if id(element) in with_blocks else "span"
            if element.name in _OF_WORDS and "s" in _looks(style) and id(element) not in with_blocks:
                nest(element, "s")
        if element.name not in _WRITTEN and (element.has_attr("lang") or element.has_attr("dir")):
            # What is nothing here becomes what may have a language and a direction.
            element.name = "div" if id(element) in with_blocks else "span"


def _say(element: Tag, name: str) -> None:
    if element.name in ("span", "font"):
        element.name = name
    else:
        nest(element, name)


def _is_said(element: Tag, name: str) -> bool:
    """Whether an element around the words says it, or they are in a heading, which is bold by itself."""
    for above in element.parents:
        if above.name in _SAYING[name] or (name == "strong" and above.name in _HEADINGS):
            return True
        if above.name in BLOCKS:
            return False
    return False


def _looks(style: Style) -> Iterator[str]:
    return (name for name, (key, value) in _LOOKS.items() if value.fullmatch(style.get(key, "")))


def _sheet(page: Page) -> dict[str, tuple[int, Style]]:
    """What the page's own sheets say of the classes of inline elements, and which rule, by number, says it."""
    sheet: dict[str, tuple[int, Style]] = {}
    source = "".join(element.get_text() for element in elements(page.tree, "style"))
    for number, rule in enumerate(_IGNORED.sub("", source).split("}")):
        selectors, _, declarations = rule.partition("{")
        style = _declared(declarations)
        for selector in selectors.split(",") if style else ():
            if found := _CLASS.fullmatch(selector.strip()):
                _, before = sheet.get(found[1], (0, {}))
                sheet[found[1]] = (number, before | style)
    return sheet


def _style(element: Tag, sheet: dict[str, tuple[int, Style]]) -> Style:
    named = classes(element)
    style: Style = {"vertical-align": "super"} if _RAISED.intersection(named) else {}
    for _, declared in sorted((sheet[each] for each in named if each in sheet), key=itemgetter(0)):
        style |= declared
    return style | _declared(attribute(element, "style"))


def _declared(declarations: str) -> Style:
    style: Style = {}
    for declaration in declarations.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower().removesuffix("-line")
        if name in _PROPERTIES:
            style[name] = value.partition("!")[0].strip().lower()
    return style
