"""What stands on a page and is no part of its article, as its mark-up calls it: menus, share buttons, comments, …"""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.article.words import worded
from snippetsvc.html.sanitise import HEADINGS, attribute
from snippetsvc.html.source.page import plain
from snippetsvc.models import NoticeKind

#: WAI-ARIA's landmarks and windows.
_ROLES = {
    "alertdialog": NoticeKind.DIALOG,
    "banner": NoticeKind.BANNER,
    "complementary": NoticeKind.COMPLEMENTARY,
    "contentinfo": NoticeKind.CONTENTINFO,
    "dialog": NoticeKind.DIALOG,
    "menubar": NoticeKind.NAVIGATION,
    "navigation": NoticeKind.NAVIGATION,
    "search": NoticeKind.SEARCH,
}
_TAGS = {
    "aside": NoticeKind.COMPLEMENTARY,
    "dialog": NoticeKind.DIALOG,
    "footer": NoticeKind.CONTENTINFO,
    "nav": NoticeKind.NAVIGATION,
    "search": NoticeKind.SEARCH,
}


def _names(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{'|'.join(alternatives)})(?![a-z])")


#: Whole words of `class` and `id` ("railway" is no rail), by what they are for.
_NAMED = {
    NoticeKind.SHARE: _names("shar(?:e|es|ing|er|edaddy|iff)", "socials?", "add-?to-?any", "add-?this"),
    NoticeKind.COMMENTS: _names("comments?", "disqus", "respond", "feedback"),
    NoticeKind.COOKIES: _names(r"cookie\w*", "gdpr", "consent"),
    NoticeKind.NEWSLETTER: _names("newsletters?", r"subscri\w*", "sign-?up", "cta"),
    NoticeKind.ADVERTISING: _names("adverts?", r"advert[ie]\w*", r"promo\w*", r"sponsor\w*"),
    NoticeKind.NAVIGATION: _names("breadcrumbs?", "pagination", "pager", r"skip(?:-?(?:link|nav|to)\w*)?"),
    NoticeKind.RELATED: _names(
        r"related\w*", r"recirc\w*", r"recommend\w*", "trending", "popular", "most-?read", "outbrain",
        "taboola", "read-?(?:more|next|also)", "more-?(?:from|on)", "also-?like", "rail",
    ),
    NoticeKind.BYLINE: _names("author-?bio", "bio"),
}  # fmt: skip
#: So are lists of other articles called, and the newest `article` of a day's updates.
_LATEST = _names("latest")
#: So is what leads to another article called, and, where it leads nowhere, what this one begins with.
_TEASER = _names("teasers?")
#: These name parts of articles, too: they count where nothing else speaks for an element.
_WEAKLY = {
    NoticeKind.BYLINE: _names(
        "author", "by-?line", "tags?", "meta", "date", "time", "publish(?:ed)?", "credit", "signature", "info"
    ),
    NoticeKind.ADVERTISING: _names("ads?"),
    NoticeKind.NAVIGATION: _names("nav", "menu", "sidebar", "widget"),
    NoticeKind.CONTENTINFO: _names("footer", "copyright", "disclaimer"),
    NoticeKind.CONTROL: _names("toolbar", "tools", "print", "player", "video", "embed"),
}
#: An `aside` or a `footer` of these is a part of the text that stands beside it.
_NOTES = _names("notes?", "tip", "warning", "callout", "admonition", "(?:pull-?)?quote", "footnotes?", "side-?notes?")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
#: A `header` in none of these is the page's (HTML Accessibility API Mappings).
_SECTIONS = ("article", "aside", "main", "nav", "section")


def _landmark_of(element: Tag) -> NoticeKind | None:
    """What an element is by its role or its tag, if it is no part of an article."""
    role = attribute(element, "role").lower()
    if role in _ROLES:
        return _ROLES[role]
    if element.name == "header" and not role and element.find_parent(_SECTIONS) is None:
        return NoticeKind.BANNER
    if (element.name == "footer" and element.find_parent("blockquote")) or (
        element.name in ("aside", "footer") and (role or _NOTES.search(_names_of(element)))
    ):
        return None
    return _TAGS.get(element.name)


def called(element: Tag) -> NoticeKind | None:
    """What an element is, if it is no part of an article: by its name, which says most, its role or its tag."""
    return named_as(element) or _landmark_of(element)


def named_as(element: Tag) -> NoticeKind | None:
    """What an element is called by its `class` and `id`, if that is no part of an article."""
    kind = _first(_NAMED, element)
    if kind is None and (
        (element.name != "article" and _LATEST.search(_names_of(element)))
        or (_TEASER.search(_names_of(element)) and element.find("a"))
    ):
        return NoticeKind.RELATED
    return kind


def weakly_named_as(element: Tag) -> NoticeKind | None:
    """What an element is called by a name that parts of articles have, too."""
    return _first(_WEAKLY, element)


def _first(kinds: dict[NoticeKind, re.Pattern[str]], element: Tag) -> NoticeKind | None:
    names = _names_of(element)
    return next((kind for kind, pattern in kinds.items() if pattern.search(names)), None) if names else None


def _names_of(element: Tag) -> str:
    if "class" not in element.attrs and "id" not in element.attrs:
        return ""
    return _CAMEL.sub("-", f"{attribute(element, 'class')} {_id_of(element)}").lower().strip()


def _id_of(element: Tag) -> str:
    """The id, unless it is made of the heading's words ("related-work") and says what a section is about.

    One word ("comments") does so among sections that all are called as their headings are.
    """
    name = attribute(element, "id")
    if element.name in HEADINGS:
        return ""
    if not _is_titled(element, name):
        return name
    siblings = (*element.find_previous_siblings(element.name), *element.find_next_siblings(element.name))
    several = "-" in name or "_" in name or any(_is_titled(each, attribute(each, "id")) for each in siblings)
    return "" if several else name


def _is_titled(element: Tag, name: str) -> bool:
    first = next((child for child in element.contents if isinstance(child, Tag)), None)
    words = worded(name.replace("_", " "))
    return first is not None and first.name in HEADINGS and words != "" and worded(plain(first)) == words
