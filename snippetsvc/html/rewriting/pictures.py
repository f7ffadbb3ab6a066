"""Pictures that load late, or in sizes, get the address of the picture itself; what only counts or fills goes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import Tag

from snippetsvc.html.addresses import file_name
from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import destroy_inside, elements, first_below, vanish
from snippetsvc.models import Did, NoticeKind

#: Elements of other kinds of pages that are pictures: of AMP, and of those that load late.
_CUSTOM = re.compile(r"amp-(?:img|anim)|[a-z]+(?:-[a-z]+)*-(?:img|image)")
#: Where a page keeps a picture's address for a script that loads it when it comes into sight.
_LATE = re.compile(
    r"data-(?:[a-z]+-)*(?:src|original|orig|lazy|lazyload|actualsrc|cfsrc|ezsrc|echo|hires|(?:delayed|lazy|image|img)-url)"
)
_LESSER = re.compile(r"thumb|small|tiny|low|lqip|blur|placeholder|fallback|error|mobile")
_LATE_SETS = re.compile(r"data-(?:[a-z]+-)*(?:srcset|original-set)")
_FILE = re.compile(r"[^\s<>\"{}]+\.(?:jpe?g|png|gif|webp|avif)(?:[?#][^\s<>]*)?", re.IGNORECASE)
_LONGEST_ADDRESS = 4_000
#: Words of the names of files that stand where the picture will be, or keep room; and what else is said in these.
_FILLING = frozenset(
    "spinner blank placeholder lazy lazyload lazyloading loading loader preload preloader spacer transparent pixel "
    "clear shim empty dummy 1x1".split()
)
_BESIDE_FILLING = frozenset(
    "image img photo pic picture gif ajax default bg icon animation grey gray white black place holder load content "
    "article post thumb large medium small px dot trans t".split()
)
_NAME = re.compile(r"([\w-]{1,60})(?:\.min)?\.(?:gif|png|svg|jpe?g|webp)", re.IGNORECASE)
#: A picture that stands in the mark-up itself has more characters than one that stands for another.
_SHORTEST_DATA = 1_000
#: A source that is for some screens alone.
_SOME_SCREENS = re.compile(r"max-width|max-device-width|prefers-|print|orientation", re.IGNORECASE)
_UNSHOWN_TYPES = frozenset({"image/jp2", "image/jxl", "image/jxr", "image/vnd.ms-photo", "image/tiff"})
_CANDIDATE = re.compile(r"[\s,]*+(\S++)(?:(?<=,)|\s*+((?:[^,(]++|\([^)]*+\)?)*+),?)")
_DESCRIPTOR = re.compile(r"(\d+(?:\.\d+)?)([wx])")
_TINY_STYLE = re.compile(r"(?:^|;)\s*(?:width|height)\s*:\s*[01](?:px)?\s*(?=;|!|\Z)", re.IGNORECASE)
_LAID = re.compile(r"\burl\(\s*['\"]?([^'\")\s]{1,2000})", re.IGNORECASE)
#: Without contents by themselves, and looked after elsewhere.
_MEDIA = frozenset("img svg source track iframe embed object video audio script link meta input".split())
_SIZES = ("width", "height", "style")
_PIXELS = re.compile(r"(\d{1,5}(?:\.\d{1,5})?)(?:px)?", re.IGNORECASE)


class _Candidate(NamedTuple):
    """An address of a set, and how large its picture is: its width in pixels, 0 if that is not said, and density."""

    address: str
    width: float
    density: float


def pictures(root: Tag, page: Page, notices: Notices) -> None:
    # Inner ones first: what becomes a picture takes what is in it along.
    for element in reversed([each for each in elements(root) if "-" in each.name and _CUSTOM.fullmatch(each.name)]):
        if attribute(element, "src") or attribute(element, "srcset") or _late(element):
            destroy_inside(element)
            element.name = "img"
            if is_tiny(element):
                # What counts visits has another name there: it is a proportion.
                element.attrs = {name: value for name, value in element.attrs.items() if name not in _SIZES}
    for element in [each for each in elements(root) if each.attrs and not each.contents and each.name not in _MEDIA]:
        if attribute(element, "role") == "img" and attribute(element, "aria-label"):
            # A sheet that does not come with the article draws it.
            notices.add(NoticeKind.DRAWING, Did.DROPPED, attribute(element, "aria-label"))
            vanish(element)
        elif background := _background(element):
            notices.add(NoticeKind.PICTURE, Did.DROPPED, background)
    sources = {}
    for element in elements(root, "picture"):
        its = [each for each in element.children if isinstance(each, Tag) and each.name == "source"]
        if its and first_below(element, {"img"}) is None:
            its[0].name = "img"
        if (image := first_below(element, {"img"})) is not None:
            sources[id(image)] = its
    for image in elements(root, "img"):
        _mend(image, sources.get(id(image), []), notices)


def is_tiny(element: Tag) -> bool:
    """Whether it has at most a pixel of width and height: it counts visits; or is drawn a pixel wide or high.

    A width or height of nothing beside another says only that it is not known.
    """
    sizes = [float(size[1]) for name in ("width", "height") if (size := _PIXELS.fullmatch(attribute(element, name)))]
    if sizes and (max(sizes) <= 1 or 1 in sizes):
        return True
    style = attribute(element, "style")
    return len(_TINY_STYLE.findall(style)) > 1 and "min-" not in style


def _background(element: Tag) -> str:
    """The address of a picture that a style or a script lays behind an element without contents, else nothing."""
    laid = _LAID.search(attribute(element, "style"))
    known = [laid[1]] if laid else [attribute(element, name) for name in element.attrs if name.startswith("data-")]
    return next(filter(_is_file, known), "")


def _mend(image: Tag, sources: list[Tag], notices: Notices) -> None:
    alternative, source = attribute(image, "alt"), attribute(image, "src")
    address = _address(image, sources)
    if is_tiny(image):
        if address == source or not _is_file(address):
            if alternative:
                notices.add(NoticeKind.PICTURE, Did.DROPPED, alternative)
            vanish(image)
            return
        # The size is that of what stood for it.
        for name in _SIZES:
            del image[name]
    if address:
        image["src"] = address
    else:
        del image["src"]


def _address(image: Tag, sources: list[Tag]) -> str:
    """The address of the picture itself; empty where only what stands for it is known."""
    special = [each for each in sources if _SOME_SCREENS.search(attribute(each, "media"))]
    general = [each for each in sources if not _SOME_SCREENS.search(attribute(each, "media"))]
    candidates = [*_of(image), *_of_sources(general)]
    largest = max(candidates, key=lambda each: (each.width, each.density), default=None)
    if largest is not None and (largest.width, largest.density) > (0, 1):
        return largest.address
    source = attribute(image, "src")
    if late := _late(image):
        return late
    if source and not _is_filling(source):
        return source
    for candidate in (*candidates, *_of_sources(special)):
        return candidate.address
    others = (attribute(image, name) for name in image.attrs if name.startswith("data-"))
    return next(filter(_is_file, others), source if _is_shown_alone(source) else "")


def _is_shown_alone(source: str) -> bool:
    """Whether what looks like a stand-in is a picture where nothing better is known: it holds one, or is one."""
    if source.startswith("data:"):
        return source.startswith("data:image/") and len(source) >= _SHORTEST_DATA
    return file_name(source).lower().endswith((".jpg", ".jpeg", ".webp"))


def _late(image: Tag) -> str:
    names = [name for name in image.attrs if _LATE.fullmatch(name) and not _LESSER.search(name)]
    # The usual name first.
    values = (attribute(image, name) for name in sorted(names, key=lambda name: name != "data-src"))
    return next(filter(_is_address, values), "")


def _of_sources(sources: list[Tag]) -> Iterator[_Candidate]:
    for source in sources:
        if attribute(source, "type") in _UNSHOWN_TYPES:
            continue
        yield from _of(source)
        address = _late(source) or attribute(source, "src")
        if address:
            yield _Candidate(address, 0, 1)


def _of(element: Tag) -> Iterator[_Candidate]:
    late = [name for name in element.attrs if _LATE_SETS.fullmatch(name)]
    for name in late or ["srcset"]:
        yield from (each for each in _parsed(attribute(element, name)) if not _is_filling(each.address))


def _parsed(srcset: str) -> Iterator[_Candidate]:
    """The candidates of a `srcset` (HTML, "parse a srcset attribute"): an address may have commas in it."""
    for address, descriptors in _CANDIDATE.findall(srcset.strip(", \t\n\f\r")):
        sizes = dict.fromkeys("wx", 0.0)
        for descriptor in descriptors.split():
            if found := _DESCRIPTOR.fullmatch(descriptor):
                sizes[found[2]] = float(found[1])
        yield _Candidate(address.rstrip(","), sizes["w"], sizes["x"] or 1)


def _is_address(value: str) -> bool:
    return (
        bool(value)
        and len(value) <= _LONGEST_ADDRESS
        and re.search(r"[\s<>{}]", value) is None
        and ("/" in value or "." in value)
        and not _is_filling(value)
    )


def _is_file(value: str) -> bool:
    """Whether it is an address of what can only be a picture."""
    return len(value) <= _LONGEST_ADDRESS and _FILE.fullmatch(value) is not None


def _is_filling(address: str) -> bool:
    """Whether an address is one of what stands for a picture."""
    if address.startswith(("data:", "about:")):
        return True
    name = _NAME.fullmatch(file_name(address))
    words = re.split(r"[_-]", name[1].lower()) if name else []
    rest = [word for word in words if word not in _FILLING]
    return len(rest) < len(words) and all(word in _BESIDE_FILLING or re.fullmatch(r"\d*x?\d*", word) for word in rest)
