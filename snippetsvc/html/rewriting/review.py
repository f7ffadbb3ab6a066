"""What editors said to each other goes: comments and their marks, and words that a tracked change took out.

Word's HTML, whole, "filtered" or pasted, and that of Google Docs. Elsewhere `del` and `ins` are for readers.
"""

from __future__ import annotations

import re

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.sanitise import attribute
from snippetsvc.html.source.page import Page
from snippetsvc.html.tree import classes, elements, is_gone, vanish, words
from snippetsvc.models import Did, NoticeKind

_OFFICE = re.compile(r"urn:schemas-microsoft-com:office:word|microsoft word|libreoffice|openoffice", re.IGNORECASE)
_OF_WORD = re.compile(r"(?:^|\s)Mso[A-Z]")
_COMMENT_STYLE = re.compile(r"mso-element:\s*comment\b(?!-)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"mso-element:\s*comment-list\b", re.IGNORECASE)
_MARK_STYLE = re.compile(r"mso-special-character:\s*comment\b", re.IGNORECASE)
_RANGE_STYLE = re.compile(r"mso-comment-reference\s*:", re.IGNORECASE)
_COMMENT_CLASSES = frozenset({"msocomtxt", "msocommenttext", "msocommentsubject", "msoannotationtext"})
_MARK_CLASSES = frozenset({"msocommentreference", "msoannotationreference", "msocomanchor", "msocomoff"})
_MARK_CLASS = re.compile("(?i)msocomanchor|msocommentreference")
_MARK_HREF = re.compile(r"#(?:_msocom_|_msoanchor_|cmnt(?:_ref)?)\d+\Z")
_GOOGLE_COMMENT = re.compile(r"#cmnt_ref\d+\Z")
#: What stands for a comment, where nothing else does.
_MARK_WORDS = re.compile(r"\S{0,5}")


def without_review(root: Tag, page: Page, notices: Notices) -> None:
    inside = elements(root)
    tracked = _is_of_an_office(inside, page)
    marked = any(_MARK_CLASS.search(attribute(element, "class")) for element in inside)
    for element in inside:
        if element.attrs and not is_gone(element):
            _comment(element, root, marked, notices)
        if tracked and not is_gone(element):
            _change(element, notices)


def _is_of_an_office(inside: list[Tag], page: Page) -> bool:
    """Whether a word processor wrote it."""
    said = [str(value) for tag in page.above for value in tag.attrs.values()]
    said += [
        attribute(meta, "content")
        for meta in elements(page.tree, "meta")
        if attribute(meta, "name").lower() == "generator"
    ]
    return any(map(_OFFICE.search, said)) or any(_OF_WORD.search(attribute(each, "class")) for each in inside)


def _comment(element: Tag, root: Tag, marked: bool, notices: Notices) -> None:
    """Drop what is a comment or its mark; marked: comments have marks beside the words that they are about."""
    style, named = attribute(element, "style"), {each.lower() for each in classes(element)}
    lists = _LIST_STYLE.search(style) and element.find(style=_COMMENT_STYLE) is None
    if lists or _COMMENT_STYLE.search(style) or named & _COMMENT_CLASSES:
        _drop(element, notices)
    elif element.name == "a" and _GOOGLE_COMMENT.match(attribute(element, "href")):
        _drop(_google_comment(element, root), notices)
    elif _RANGE_STYLE.search(style):
        # The words that a comment is about are the article's.
        if not marked and _MARK_WORDS.fullmatch(words(element)):
            vanish(element)
        else:
            element.name, element.attrs = "span", {}
    elif named & _MARK_CLASSES or _MARK_STYLE.search(style) or _MARK_HREF.match(attribute(element, "href")):
        vanish(element)


def _google_comment(anchor: Tag, root: Tag) -> Tag:
    """The block at the article's end that a comment is alone in."""
    block = anchor.find_parent("div")
    if block is None or block is root or root not in block.parents or not _begins(block, anchor):
        block = anchor.find_parent(["p", "li"])
    return anchor if block is None or block is root else block


def _begins(block: Tag, anchor: Tag) -> bool:
    return words(anchor).startswith(next(block.stripped_strings, ""))


def _change(element: Tag, notices: Notices) -> None:
    named = {each.lower() for each in classes(element)}
    if element.name == "del" or "msodel" in named:
        if said := words(element):
            notices.add(NoticeKind.CHANGE, Did.DROPPED, said)
        vanish(element)
    elif element.name == "ins" or "msoins" in named:
        if said := words(element):
            notices.add(NoticeKind.CHANGE, Did.REPLACED, said)
        element.name, element.attrs = "span", {}


def _drop(element: Tag, notices: Notices) -> None:
    if said := words(element):
        notices.add(NoticeKind.COMMENT, Did.DROPPED, said)
    vanish(element)
