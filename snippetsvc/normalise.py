"""HTML -> the normalised HTML of a revision: harmless, one white-space rule, a fixed point of an HTML5 parser.

nh3 (html5ever, a real HTML5 parser) leaves only elements that are known here; `Normaliser` writes the tree anew.
What leaves `settled` has passed both once more without a change, so it is harmless and stable by construction.

The white-space rule (docs/adr/0001-text-model.md): outside `pre` a run of HTML white space is one space, none at
the edges of a block; between two blocks, and after each `br`, stands exactly one line feed. A `br` at the edge of
a block shows nothing, and goes like white space there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from typing import Literal
from urllib.parse import urljoin

import nh3
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from snippetsvc.errors import Invalid

MAX_DEPTH = 200
ID_PREFIX = "c-"
_MAX_UNCLOSED = 5 * MAX_DEPTH

VOID = frozenset({"br", "col", "hr", "img", "wbr"})
BLOCKS = frozenset(
    "address article aside blockquote caption col colgroup dd details div dl dt figcaption figure footer h1 h2 h3 "
    "h4 h5 h6 header hr li ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd q rt ruby s samp small span strong sub sup time u "
    "var wbr".split()
)
_KEPT = BLOCKS | _INLINE
#: Blocks of no use here: their text stays a block of its own.
_RENAMED = {
    "center": "div",
    "dialog": "div",
    "dir": "ul",
    "fieldset": "div",
    "form": "div",
    "hgroup": "div",
    "legend": "div",
    "listing": "pre",
    "main": "div",
    "menu": "ul",
    "search": "div",
}
#: HTML lets authors leave out the end tags of these.
_NEEDS_NO_END = VOID | frozenset(
    "area base body caption colgroup dd dt embed head html input li link meta optgroup option p param rp rt source "
    "tbody td tfoot th thead tr track".split()
)
#: Not displayed, or no text of an article: they vanish with what is in them.
_VANISHING = frozenset(
    "script style noscript template nav svg math title head button input select textarea option optgroup datalist "
    "output meter progress iframe object embed applet video audio canvas noembed noframes frameset map area rp".split()
)
#: Empty, they still are what they are: cells keep their column, items their number.
_MEANINGFUL_EMPTY = frozenset({"td", "th", "tr", "li", "dt", "dd"}) | VOID
_ATTRIBUTES = {
    "*": {"id", "lang", "dir"},
    "a": {"href", "hreflang"},
    "abbr": {"title"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "dfn": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
_ADDRESSES = frozenset({"href", "cite", "src"})
_NUMBERS = frozenset({"colspan", "rowspan", "span", "start", "width", "height"})
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

_RUN = re.compile(r"[ \t\n\f\r]+")
_ANY_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_NO_TAGS = re.compile(r"<!--.*?-->|<script\b.*?</script", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^>]*>")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_NUMBER = re.compile(r"-?[0-9]{1,5}")
_LANG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_UNDISPLAYED_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)


def parsed(markup: str) -> BeautifulSoup:
    """The displayed part of `markup` as a tree of the elements known here.

    Raises `Invalid` (pointer `/html`) when the nesting is deeper than `MAX_DEPTH` elements.
    """
    if _unclosed(markup) > _MAX_UNCLOSED:
        raise _too_deep()
    attributes = {name: set(allowed) for name, allowed in _ATTRIBUTES.items()}
    attributes["*"] |= {"hidden", "style"}
    attributes["a"].add("name")
    clean = _clean(markup, _KEPT | _RENAMED.keys(), attributes)
    depth = 0
    for closing, name in _TAG.findall(clean):
        depth += -1 if closing else name not in VOID
        if depth > MAX_DEPTH:
            raise _too_deep()
    tree = _tree(clean)
    for element in tree.find_all(_undisplayed):
        element.decompose()
    return tree


def _unclosed(markup: str) -> int:
    """About how many elements are open at once at the most, by counting tags.

    A parser's time grows with the square of that, so what is hopeless is refused before it is parsed.
    """
    depth = deepest = 0
    for closing, name in _ANY_TAG.findall(_NO_TAGS.sub("", markup)):
        if name.lower() not in _NEEDS_NO_END:
            depth = max(0, depth - 1) if closing else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _too_deep() -> Invalid:
    return Invalid.one("/html", "depth", f"the document is nested deeper than {MAX_DEPTH} elements")


def settled(html: str) -> str:
    """`html` once neither the sanitiser nor the normaliser changes it any more.

    Taking an element away can bring together what a parser will not keep so (a paragraph in a paragraph); the
    next reading mends it. Raises `Invalid` (pointer `/html`) if that does not end.
    """
    for _ in range(8):
        clean = _clean(html, _KEPT, _ATTRIBUTES)
        again = Normaliser().write(_tree(clean))
        if html == clean == again:
            return html
        html = again
    raise Invalid.one("/html", "unstable", "the document's mark-up is malformed beyond repair")


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a BCP 47 language tag."""
    return len(tag) <= 35 and _LANG.fullmatch(tag) is not None


def attribute(element: Tag, name: str) -> str:
    """The attribute's value without white space around it, empty when there is none."""
    value = element.get(name)
    return value.strip() if isinstance(value, str) else ""


def _clean(markup: str, tags: frozenset[str] | set[str], attributes: dict[str, set[str]]) -> str:
    return nh3.clean(
        markup,
        tags=set(tags),
        clean_content_tags=set(_VANISHING),
        attributes=attributes,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _tree(clean: str) -> BeautifulSoup:
    # Only ever given what html5ever has written, in which every tag is explicit.
    return BeautifulSoup(clean, "html.parser", multi_valued_attributes=None)


def _undisplayed(element: Tag) -> bool:
    return element.has_attr("hidden") or _UNDISPLAYED_STYLE.search(attribute(element, "style")) is not None


@dataclass(slots=True)
class _Event:
    """One step through the tree in document order; `text` is HTML that is ready to be written."""

    kind: Literal["open", "close", "edge", "white", "br", "words", "image"]
    tag: str = ""
    text: str = ""

    @property
    def breaks(self) -> bool:
        """Whether a block begins or ends here."""
        return self.kind == "edge" or (self.kind in ("open", "close") and self.tag in BLOCKS)

    @property
    def solid(self) -> bool:
        return self.kind in ("words", "image")


@dataclass(slots=True)
class Normaliser:
    """Writes a tree as normalised HTML.

    With `headline`, the tree is a publisher's: that `h1` alone stays one, ids get their prefix, and addresses are
    resolved against `source_url`. Without, it is our own, read again.
    """

    headline: Tag | None = None
    source_url: str | None = None
    _events: list[_Event] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def write(self, root: Tag) -> str:
        for child in root.children:
            self._walk(child, pre=False)
        return "".join(_spaced(_pruned(self._events)))

    def _walk(self, node: object, pre: bool) -> None:
        if isinstance(node, Tag):
            self._element(node, pre)
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            self._text(str(node), pre)

    def _text(self, text: str, pre: bool) -> None:
        if pre:
            # A carriage return does not outlive a second reading.
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            before = self._events[-1]
            if before.kind == "open" and before.tag == "pre":
                # A parser drops a line feed that follows the tag, and none is left for its next reading.
                text = text.lstrip("\n")
            if text:
                self._events.append(_Event("words", text=_escaped(text)))
            return
        folded = _RUN.sub(" ", text)
        words = folded.strip(" ")
        if folded.startswith(" "):
            self._events.append(_Event("white"))
        if words:
            self._events.append(_Event("words", text=_escaped(words)))
            if folded.endswith(" "):
                self._events.append(_Event("white"))

    def _element(self, element: Tag, pre: bool) -> None:
        tag = _RENAMED.get(element.name, element.name)
        if tag == "h1" and self.headline is not None and element is not self.headline:
            tag = "h2"
        if tag == "br":
            if pre:
                self._text("\n", pre)
            else:
                self._events.append(_Event("br"))
            return
        if tag == "img":
            if attributes := self._attributes(element, tag):
                self._events.append(_Event("image", text=f"<img{attributes}>"))
            return
        if pre and tag in BLOCKS:
            # `pre` takes phrasing only: the blocks in it go, their lines stay apart.
            self._events.append(_Event("edge"))
            for child in element.children:
                self._walk(child, pre)
            self._events.append(_Event("edge"))
            return
        attributes = self._attributes(element, tag)
        if tag == "a" and not attributes:
            for child in element.children:
                self._walk(child, pre)
            return
        self._events.append(_Event("open", tag, f"<{tag}{attributes}>"))
        if tag in VOID:
            self._events.append(_Event("close", tag))
            return
        for child in element.children:
            self._walk(child, pre or tag == "pre")
        self._events.append(_Event("close", tag, f"</{tag}>"))

    def _attributes(self, element: Tag, tag: str) -> str:
        """The attributes as HTML; empty for an image without an address."""
        values: dict[str, str] = {}
        for name in element.attrs:
            if name not in _ATTRIBUTES["*"] and name not in _ATTRIBUTES.get(tag, ()):
                continue
            value = self._attribute(element, tag, name)
            if value is not None:
                values[name] = value
        if tag == "a" and "id" not in values and self.headline is not None and attribute(element, "name"):
            # The old way to name a place.
            name_as_id = self._id(attribute(element, "name"))
            values |= {"id": name_as_id} if name_as_id else {}
        if tag == "details":
            # What is folded away can be neither read without script nor printed.
            values["open"] = ""
        if tag == "img" and "src" not in values:
            return ""
        return "".join(f' {name}="{_escaped_value(values[name])}"' for name in sorted(values))

    def _attribute(self, element: Tag, tag: str, name: str) -> str | None:
        value = attribute(element, name)
        if name == "id":
            return self._id(value)
        if name == "lang":
            return value if value == "" or is_language(value) else None
        if name == "dir":
            return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
        if name in _ADDRESSES:
            return self._address(value, image=tag == "img")
        if name in _NUMBERS:
            return value if _NUMBER.fullmatch(value) else None
        return _RUN.sub(" ", value)

    def _id(self, value: str) -> str | None:
        if self.headline is not None:
            value = ID_PREFIX + value if value and not _RUN.search(value) else ""
        if not value or value in self._ids:
            return None
        self._ids.add(value)
        return value

    def _address(self, value: str, image: bool) -> str | None:
        if self.headline is None:
            return value
        # As a browser reads an address: control characters around it, tabs and line ends in it do not count.
        value = re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(33)))))
        if value.startswith("#") and not image:
            return f"#{ID_PREFIX}{value[1:]}" if len(value) > 1 else None
        try:
            resolved = urljoin(self.source_url, value) if self.source_url else value
        except ValueError:
            return None
        scheme = _SCHEME.match(resolved)
        if scheme is None or scheme[1].lower() not in _SCHEMES or not resolved[scheme.end() :].strip("/"):
            return None
        if image and scheme[1].lower() not in ("http", "https"):
            return None
        # The page's policy loads images by https alone.
        return f"https:{resolved[scheme.end() :]}" if image else resolved


def _pruned(events: list[_Event]) -> list[_Event]:
    """Without the elements that show nothing; where such a block stood, its edge stays."""
    kept: list[_Event] = []
    opened: list[tuple[int, bool]] = []  # where each open element begins in `kept`, and whether it shows something
    for event in events:
        if event.kind == "open":
            opened.append((len(kept), event.tag in _MEANINGFUL_EMPTY or ' id="' in event.text))
        kept.append(event)
        if event.solid and opened:
            opened[-1] = (opened[-1][0], True)
        elif event.kind == "close":
            start, shows = opened.pop()
            if shows:
                if opened:
                    opened[-1] = (opened[-1][0], True)
            else:
                inner = [e for e in kept[start + 1 : -1] if e.kind in ("white", "edge", "br")]
                kept[start:] = [_Event("edge"), *inner, _Event("edge")] if event.tag in BLOCKS else inner
    return kept


def _spaced(events: list[_Event]) -> list[str]:
    """The events as HTML, with white space between words as the rule says."""
    last = max((index for index, event in enumerate(events) if event.kind == "words"), default=-1)
    pieces: list[str] = []
    text_since_break = False
    gap: list[_Event] = []
    started = False
    for index, event in enumerate(events):
        if not event.solid:
            gap.append(event)
            continue
        breaks = text_since_break and index <= last
        pieces.extend(_gap(gap, started, breaks))
        if any(each.breaks for each in gap) and breaks:
            text_since_break = False
        text_since_break = text_since_break or event.kind == "words"
        pieces.append(event.text)
        gap = []
        started = True
    pieces.extend(event.text for event in gap)
    return pieces


def _gap(gap: list[_Event], started: bool, breaks: bool) -> list[str]:
    """What stands between two words or images: `gap` with the one space, or the line feeds, that belong there."""
    if not started:
        return [event.text for event in gap]
    if any(event.breaks for event in gap):
        # The line feed belongs between the blocks: where the tree is at its shallowest, the first such place.
        depth = shallowest = at = 0
        for position, event in enumerate(gap, start=1):
            depth += (event.kind == "open") - (event.kind == "close")
            if depth < shallowest:
                shallowest, at = depth, position
        pieces = [event.text for event in gap]
        if breaks:
            pieces.insert(at, "\n")
        return pieces
    if any(event.kind == "br" for event in gap):
        return ["<br>\n" if event.kind == "br" else event.text for event in gap]
    pieces = []
    space = " "
    for event in gap:
        if event.kind == "white":
            pieces.append(space)
            space = ""
        else:
            pieces.append(event.text)
    return pieces


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def _escaped_value(text: str) -> str:
    # As the HTML standard serialises attribute values: no apostrophe, and `<` `>` since 2025.
    return escape(text, quote=False).replace('"', "&quot;").replace("\xa0", "&nbsp;")
