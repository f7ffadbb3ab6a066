"""A tree of elements -> the normalised HTML of a revision: one white-space rule, a fixed point of an HTML5 parser.

What leaves `settled` has passed the sanitiser without a change, so it is harmless and stable by construction. The white
space between words is `whitespace`'s.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from bs4 import Tag
from bs4.element import NavigableString, PageElement, PreformattedString

from snippetsvc.errors import Invalid
from snippetsvc.html.addresses import resolved
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import (
    ATTRIBUTES,
    BLOCKS,
    HEADINGS,
    KEPT,
    RENAMED,
    SAID,
    SCHEMES,
    TOKENS,
    VANISHING,
    attribute,
    is_language,
    sanitised,
    stands_apart,
    tree_of,
)
from snippetsvc.html.tree import above, first_below
from snippetsvc.html.writing.whitespace import Event, pruned, spaced
from snippetsvc.models import Did, NoticeKind
from snippetsvc.text.document import VOID

ID_PREFIX = "c-"

#: What a list is one by: old pages indent with lists that have none.
_ITEMS = {"ul": ("li",), "ol": ("li",), "dl": ("dt", "dd")}
_ADDRESSES = frozenset({"href", "cite", "src"})

_KNOWN = KEPT | RENAMED.keys() | VANISHING.keys()

_RUN = re.compile(r"[ \t\n\f\r]+")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PHOTOGRAPH = re.compile(r"\.(?:jpe?g|webp|avif|heic)\b", re.IGNORECASE)
#: In no language: a picture that has its words beside it, or none.
_PICTURE = "🖼"


def settled(html: str) -> str:
    """`html` once the sanitiser, and so an HTML5 parser, leaves it as it is.

    Taking an element away can bring together what a parser will not keep so (a paragraph in a paragraph); the
    next reading mends it. Raises `Invalid` (pointer `/html`) if that does not end.
    """
    for _ in range(8):
        clean = sanitised(html)
        if clean == html:
            return html
        html = Normaliser().write(tree_of(clean))
    raise Invalid.one("/html", "unstable", "the document's mark-up is malformed beyond repair")


@dataclass(slots=True)
class Normaliser:
    """Writes a tree as normalised HTML.

    With `headline`, the tree is a publisher's: that `h1` alone stays one, ids get their prefix, and addresses are
    resolved against `base`. Without, it is our own, read again.
    """

    headline: Tag | None = None
    base: str | None = None
    notices: Notices = field(default_factory=Notices)
    _events: list[Event] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)
    #: How many elements of each name are written.
    _written: Counter[str] = field(default_factory=Counter)
    _in_heading: bool = False
    #: What follows the link that is open, if one is.
    _after_link: list[Event] | None = None

    def write(self, root: Tag) -> str:
        self._children(root, pre=False)
        return "".join(spaced(pruned(self._events)))

    def _walk(self, node: object, pre: bool) -> None:
        if isinstance(node, Tag) and node.name in VANISHING:
            kind = VANISHING[node.name]
            if kind is not None and (said := _said(node)):
                self.notices.add(kind, Did.DROPPED, said)
        elif isinstance(node, Tag) and node.name == "math":
            if node.get_text(strip=True):
                self._events.append(Event("words", text=_formula(node)))
        elif isinstance(node, Tag):
            # The style goes, the lines that it made stay apart.
            edges = [Event("edge", "pre" if pre else "")] if stands_apart(node) else []
            self._events += edges
            self._element(node, pre)
            self._events += edges
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
                self._events.append(Event("words", text=_escaped(text)))
            return
        folded = _RUN.sub(" ", text)
        words = folded.strip(" ")
        if folded.startswith(" "):
            self._events.append(Event("white"))
        if words:
            self._events.append(Event("words", text=_escaped(words)))
            if folded.endswith(" "):
                self._events.append(Event("white"))

    def _element(self, element: Tag, pre: bool) -> None:
        tag = RENAMED.get(element.name, element.name)
        if tag == "br":
            if pre:
                self._text("\n", pre)
            else:
                self._events.append(Event("br"))
            return
        if tag == "img":
            self._picture(element, pre)
            return
        heading = tag in HEADINGS
        if tag in BLOCKS and (pre or (heading and self._in_heading)):
            # `pre` takes phrasing only, and a heading in a heading would end it at the next reading: such blocks go,
            # their lines stay apart.
            edge = Event("edge", "pre" if pre else "")
            self._events.append(edge)
            self._children(element, pre)
            self._events.append(edge)
            return
        attributes = self._attributes(element, tag)
        if tag not in KEPT or (tag == "a" and not attributes):
            self._children(element, pre)
            return
        opening = Event("open", tag, f"<{tag}{attributes}>")
        self._events.append(opening)
        self._written[tag] += 1
        if tag in VOID:
            self._events.append(Event("close", tag))
            return
        self._in_heading ^= heading
        around, self._after_link = self._after_link, [] if tag == "a" else self._after_link
        if tag in _ITEMS:
            before = self._items_of(tag)
            self._items(element)
            if self._items_of(tag) == before:
                opening.text = f"<div{opening.text.removeprefix(f'<{tag}')}"
                tag = opening.tag = "div"
        else:
            self._children(element, pre or tag == "pre")
        self._in_heading ^= heading
        self._events.append(Event("close", tag, f"</{tag}>"))
        if tag == "a":
            self._events += self._after_link or []
            self._after_link = around

    def _picture(self, image: Tag, pre: bool) -> None:
        """A picture; where the page's policy, which loads them by https alone, would not show it, what it tells."""
        source, told = attribute(image, "src"), attribute(image, "alt")
        address = (self._address(source) if source else None) or ""
        scheme = address.partition(":")[0].lower()
        if self.headline is None or scheme == "https":
            self._events.append(Event("image", text=f"<img{self._attributes(image, 'img')}>"))
            return
        # Words that stood beside a picture do not run into those that stand for it.
        apart = [] if pre else [Event("white")]
        self._events += apart
        if scheme == "http" and (told or not _is_ornament(image)):
            self.notices.add(NoticeKind.PICTURE, Did.LINKED, source)
            if self._after_link is None:
                self._events += _link(address, _PICTURE if _is_captioned(image) else told or _PICTURE)
            else:
                # A link takes none: the words are its, the picture's own follows.
                self._text(told, pre)
                self._after_link += [*apart, *_link(address, _PICTURE), *apart]
                return
        else:
            if source or told:
                self.notices.add(NoticeKind.PICTURE, Did.DROPPED, told or source)
            self._text(told, pre)
        self._events += apart

    def _children(self, element: Tag, pre: bool) -> None:
        for child in _children(element):
            self._walk(child, pre)

    def _items_of(self, tag: str) -> int:
        return sum(self._written[item] for item in _ITEMS[tag])

    def _items(self, element: Tag) -> None:
        """The children of a list; words that stand in the list itself get a block, as a list takes no `mark`."""
        loose = False
        for child in _children(element):
            block = isinstance(child, Tag) and (child.name in BLOCKS or child.name in RENAMED)
            if loose and block:
                self._events.append(Event("close", "div", "</div>"))
            elif not loose and not block and (isinstance(child, Tag) or _RUN.sub("", str(child))):
                self._events.append(Event("open", "div", "<div>"))
                loose = True
            loose = loose and not block
            self._walk(child, pre=False)
        if loose:
            self._events.append(Event("close", "div", "</div>"))

    def _attributes(self, element: Tag, tag: str) -> str:
        """The attributes as HTML."""
        values: dict[str, str] = {}
        for name in element.attrs:
            if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, ()):
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
            address = self._address(value)
            if address is None and name == "href" and value not in ("", "#"):
                self.notices.add(NoticeKind.LINK, Did.DROPPED, element.get_text().strip() or value)
            return address
        return _RUN.sub(" ", value)

    def _id(self, value: str) -> str | None:
        if self.headline is not None:
            value = _prefixed(value) if value and not _RUN.search(value) else ""
        if not value or value in self._ids:
            return None
        self._ids.add(value)
        return value

    def _address(self, value: str) -> str | None:
        if self.headline is None:
            return value
        # As a browser reads an address: control characters around it, tabs and line ends in it do not count.
        value = re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(33)))))
        if value.startswith("#"):
            return f"#{_prefixed(value[1:])}" if len(value) > 1 else None
        address = resolved(value, self.base)
        scheme = _SCHEME.match(address)
        if scheme is None or scheme[1].lower() not in SCHEMES or not address[scheme.end() :].strip("/"):
            return None
        return address


def _children(element: Tag) -> Iterator[PageElement]:
    """What is in an element; of elements that are nothing here, what is in them."""
    for child in element.children:
        if not isinstance(child, Tag) or child.name in _KNOWN or stands_apart(child):
            yield child
        else:
            yield from _children(child)


def _formula(element: Tag) -> str:
    """A part of a formula as it is written: no white space but between words."""
    allowed = ATTRIBUTES.get(element.name, ())
    values = {name: " ".join(attribute(element, name).split()) for name in element.attrs if name in allowed}
    written = "".join(f' {name}="{_escaped_value(values[name])}"' for name in sorted(values))
    if element.name in TOKENS:
        inner = _escaped(_RUN.sub(" ", element.get_text()).strip(" "))
    else:
        inner = "".join(_formula(child) for child in element.children if isinstance(child, Tag))
    return f"<{element.name}{written}>{inner}</{element.name}>"


def _is_ornament(image: Tag) -> bool:
    """Whether a picture that says nothing of itself is hardly a photograph, nor has a caption."""
    photograph = _PHOTOGRAPH.search(attribute(image, "src")) is not None
    return not photograph and above(image, {"figure"}) is None


def _is_captioned(image: Tag) -> bool:
    """Whether a caption tells what a picture shows."""
    figure = image.find_parent("figure")
    caption = first_below(figure, {"figcaption"}) if figure is not None else None
    return caption is not None and bool(caption.get_text().strip())


def _link(address: str, words: str) -> list[Event]:
    return [
        Event("open", "a", f'<a href="{_escaped_value(address)}">'),
        Event("words", text=_escaped(_RUN.sub(" ", words))),
        Event("close", "a", "</a>"),
    ]


def _said(element: Tag) -> str:
    """What an element that goes would have told."""
    said = (attribute(element, name) for name in (SAID, "src", "aria-label"))
    return element.get_text().strip() or next(filter(None, said), "")


def _prefixed(name: str) -> str:
    # What has been published once keeps its names when it is published again.
    return name if name.startswith(ID_PREFIX) else ID_PREFIX + name


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\xa0", "&nbsp;")


def _escaped_value(text: str) -> str:
    # As the HTML standard serialises attribute values: no apostrophe, and `<` `>` since 2025.
    return escape(text, quote=False).replace('"', "&quot;").replace("\xa0", "&nbsp;")
