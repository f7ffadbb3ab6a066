"""Films, sounds and what other sites put into a page become links; the words in them stay."""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.addresses import file_name, site
from snippetsvc.html.notices import Notices
from snippetsvc.html.rewriting.pictures import is_tiny
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page, plain
from snippetsvc.html.tree import (
    above,
    below,
    destroy_inside,
    elements,
    first_below,
    is_gone,
    open_up,
    say,
    set_apart,
    vanish,
)
from snippetsvc.models import Did, NoticeKind

#: Elements that name no address but what is shown: the attribute that does, and the address that it is a part of.
_BY_NUMBER = {
    "amp-youtube": ("data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("videoid", "https://www.youtube.com/watch?v={}"),
    "amp-vimeo": ("data-videoid", "https://vimeo.com/{}"),
    "lite-vimeo": ("videoid", "https://vimeo.com/{}"),
    "amp-dailymotion": ("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-twitter": ("data-tweetid", "https://twitter.com/i/status/{}"),
    "amp-instagram": ("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-soundcloud": ("data-trackid", "https://api.soundcloud.com/tracks/{}"),
    "amp-gist": ("data-gistid", "https://gist.github.com/{}"),
}
_NUMBER = re.compile(r"[\w.-]{1,100}")
_PLAYERS = frozenset({"video", "audio", "amp-video", "amp-audio", "amp-video-iframe"})
_FRAMES = frozenset("iframe embed object oembed amp-iframe amp-facebook amp-tiktok amp-reddit amp-embedly-card".split())
_SHOWING = _PLAYERS | _FRAMES | _BY_NUMBER.keys()
#: Of boxes that a script fills, what says that they will be.
_FILLED_FROM = ("data-oembed-url", "data-embed-url", "data-href")
#: What a frame's address says of films and sounds.
_PLAYS = re.compile(r"video|player|embed|watch|film|movie|audio|podcast|track|stream|live|\btv\b", re.IGNORECASE)
_FILLED_OR_CLOCK = re.compile(
    r"(?:^|[\s_-])(?:embed|oembed|video|post|film|media|time|duration|timer|clock)(?:[\s_-]|$)", re.IGNORECASE
)
#: What a player that a page draws itself shows of the time.
_CLOCK = re.compile(r"[\d:/.\s-]{1,40}")
_PLAYER_CLASS = re.compile(r"(?:^|[\s_-])player(?:[\s_-]|$)", re.IGNORECASE)
_PLAYING = ("video", "audio", "button")
_IMAGE_TYPE = re.compile(r"image/", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>]+|(?![a-z][a-z0-9+.-]*:)[^\s<>#][^\s<>]*", re.IGNORECASE)
_MORE_THAN_NAMES = frozenset("a img iframe p div ul table".split())
#: Of what an embedded thing is shown in place of, so much may be its name.
_LONGEST_TITLE = 200
#: Of an address that names what it shows. Longer ones tell an advertiser of the page and its reader.
_LONGEST_ADDRESS = 500
_PLAYED = "▶"


def embeds(root: Tag, page: Page, notices: Notices) -> None:
    found = [
        each
        for each in elements(root)
        if each.name in _SHOWING or ("class" in each.attrs and _FILLED_OR_CLOCK.search(attribute(each, "class")))
    ]
    # Found while the players are still what they were.
    clocks = {id(each) for each in found if each.name not in _SHOWING and each.contents and _is_clock(each)}
    for element in found:
        if is_gone(element):
            # It went with one around it.
            continue
        if element.name in _SHOWING:
            _embed(element, notices)
        elif not element.contents:
            address = next((attribute(element, name) for name in _FILLED_FROM if attribute(element, name)), "")
            if _ADDRESS.fullmatch(address):
                _link(element, address, _title(element) or _kind_and_site(element, address), notices)
        elif id(element) in clocks:
            notices.add(NoticeKind.CONTROL, Did.DROPPED, plain(element))
            vanish(element)


def _is_clock(element: Tag) -> bool:
    """Whether it shows how much was played, in a player that the page draws itself."""
    return _CLOCK.fullmatch(plain(element)) is not None and any(
        _PLAYER_CLASS.search(attribute(each, "class")) and each.find(_PLAYING) is not None for each in element.parents
    )


def _embed(element: Tag, notices: Notices) -> None:
    if is_tiny(element):
        vanish(element)
        return
    address, title = _address(element), _title(element)
    if not address:
        if title:
            notices.add(NoticeKind.EMBED, Did.DROPPED, title)
        _keep_words(element)
    elif element.name == "object" and _IMAGE_TYPE.match(attribute(element, "type")):
        element["alt"] = title or plain(element)
        element["src"] = address
        destroy_inside(element)
        element.name = "img"
    elif element.name in _PLAYERS or (element.name == "object" and not _names_it(element)):
        _put_before_words(element, address, title, notices)
    else:
        words = title or (plain(element) if element.name == "object" else "")
        if not words and len(address) > _LONGEST_ADDRESS:
            notices.add(NoticeKind.EMBED, Did.DROPPED, address)
            vanish(element)
            set_apart(element)
        else:
            _link(element, address, words or _kind_and_site(element, address), notices)


def _address(element: Tag) -> str:
    """Where what is shown is; empty where nothing is, or nothing that has an address."""
    if element.name in _BY_NUMBER:
        name, whole = _BY_NUMBER[element.name]
        number = attribute(element, name)
        return whole.format(number) if _NUMBER.fullmatch(number) else ""
    late = [name for name in element.attrs if name.startswith("data-") and re.search(r"(?:^|-)src(?:-|$)", name)]
    named = ("src", "data", "url", *sorted(late, key=len), "data-href")
    sources = [*below(element, {"source"})] if element.name in _PLAYERS else []
    values = [attribute(each, name) for each in (element, *sources) for name in named]
    return next((value for value in values if _ADDRESS.fullmatch(value)), "")


def _title(element: Tag) -> str:
    names = ("title", "aria-label", "playlabel", "data-title", "data-video-title", "alt")
    return next((value for name in names if (value := attribute(element, name))), "")


def _kind_and_site(element: Tag, address: str) -> str:
    """In no language: that it is played, and where it is."""
    host, name = site(address), file_name(address)
    if element.name in _PLAYERS:
        return f"{_PLAYED} {name} ({host})" if host and name else f"{_PLAYED} {name or host or address}"
    said = host or name or address
    return f"{_PLAYED} {said}" if element.name in _BY_NUMBER or _PLAYS.search(address) else said


def _names_it(element: Tag) -> bool:
    """Whether what is shown in place of an object is no more than its name."""
    words = plain(element)
    return len(words) <= _LONGEST_TITLE and first_below(element, _MORE_THAN_NAMES) is None


def _link(element: Tag, address: str, words: str, notices: Notices) -> None:
    notices.add(NoticeKind.EMBED, Did.LINKED, address)
    if above(element, {"a"}) is not None:
        say(element, words)
        return
    destroy_inside(element)
    element.name, element.attrs = "a", {"href": address}
    set_apart(element)
    element.append(words)


def _put_before_words(element: Tag, address: str, title: str, notices: Notices) -> None:
    link = Tag(name="a")
    poster = attribute(element, "poster")
    words = title or _kind_and_site(element, address)
    element.insert(0, link)
    _link(link, address, words, notices)
    if poster and link.name == "a":
        link.insert(0, Tag(name="img", attrs={"src": poster, "alt": ""}))
    _keep_words(element)


def _keep_words(element: Tag) -> None:
    """What is in it stays, but for what is another way to show the same."""
    for other in [*below(element, _FRAMES | _PLAYERS)]:
        if not is_gone(other):
            vanish(other)
    if element.name in ("iframe", "amp-iframe", "embed"):
        vanish(element)
    else:
        open_up(element)
        set_apart(element)
