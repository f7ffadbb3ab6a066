"""Emoji that are drawn as pictures become letters, so that they are in the text and in what is quoted of it."""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import elements, say
from snippetsvc.models import Did, NoticeKind

_CLASS = re.compile(
    r"(?:^|[\s_-])(?:emoji|emojione|emojis|twemoji|joypixels|emoticon|smiley|smilies|smile)(?:[\s_-]|$)", re.IGNORECASE
)
#: Emoji, and what joins and changes them (Unicode Technical Standard 51).
_EMOJI = re.compile(
    r"(?:[0-9#*]\ufe0f?\u20e3|[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u231a-\u23ff\u24c2\u25a0-\u27bf\u2934"
    r"\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f])+"
)
#: A larger one is a picture.
_MAX_PIXELS = 72
_PIXELS = re.compile(r"(\d{1,5})(?:\.\d*)?(?:px)?", re.IGNORECASE)
_LONGEST = 40


def emoji(root: Tag, page: Page, notices: Notices) -> None:
    # Inner ones first: what becomes words takes what is in it along.
    for image in reversed([each for each in elements(root) if _is_picture(each)]):
        words = _words(image)
        if words:
            say(image, words)
            notices.add(NoticeKind.PICTURE, Did.REPLACED, words)


def _is_picture(element: Tag) -> bool:
    return element.name in ("img", "amp-img") or (not element.contents and attribute(element, "role") == "img")


def _words(image: Tag) -> str:
    """What an emoji's picture stands for; empty where it is no emoji."""
    said = next((value for name in ("alt", "data-emoji", "aria-label") if (value := attribute(image, name))), "")
    if len(said) > _LONGEST or _is_large(image):
        return ""
    named = _CLASS.search(attribute(image, "class")) or any(name.startswith("data-emoji") for name in image.attrs)
    return said if named or _EMOJI.fullmatch(said) else ""


def _is_large(image: Tag) -> bool:
    sizes = (_PIXELS.fullmatch(attribute(image, name)) for name in ("width", "height"))
    return any(size is not None and int(size[1]) > _MAX_PIXELS for size in sizes)
