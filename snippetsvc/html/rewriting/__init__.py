"""What carries meaning and may not be published becomes something that may: a kind of it a module, in this order."""

from __future__ import annotations

from collections.abc import Callable

from bs4 import Tag

from snippetsvc.html.notices import Notices
from snippetsvc.html.rewriting.breaks import paragraphed
from snippetsvc.html.rewriting.buttons import buttons
from snippetsvc.html.rewriting.checkboxes import checkboxes
from snippetsvc.html.rewriting.code import code_alone
from snippetsvc.html.rewriting.embeds import embeds
from snippetsvc.html.rewriting.emoji import emoji
from snippetsvc.html.rewriting.formulas import formulas
from snippetsvc.html.rewriting.layout import layout
from snippetsvc.html.rewriting.leftovers import without_leftovers
from snippetsvc.html.rewriting.lists import nested
from snippetsvc.html.rewriting.look import said_by_elements
from snippetsvc.html.rewriting.noscript import noscript
from snippetsvc.html.rewriting.pictures import pictures
from snippetsvc.html.rewriting.readings import readings
from snippetsvc.html.rewriting.redirects import straight
from snippetsvc.html.rewriting.review import without_review
from snippetsvc.html.rewriting.spacing import apart
from snippetsvc.html.rewriting.struck import struck
from snippetsvc.html.rewriting.word_lists import listed
from snippetsvc.html.source.page import Page

#: Each changes the tree below the article's root in place, and tells what it did.
_KINDS: tuple[Callable[[Tag, Page, Notices], None], ...] = (
    formulas,
    emoji,
    pictures,
    noscript,
    embeds,
    without_leftovers,
    listed,
    nested,
    readings,
    said_by_elements,
    struck,
    straight,
    buttons,
    checkboxes,
    apart,
    paragraphed,
)


def clear(page: Page, notices: Notices) -> None:
    """Before the article is looked for: take out what is nobody's to read, wherever it stands, and open up what only
    sets places on the page."""
    without_review(page.tree, page, notices)
    # Before tables are opened up: some set numbers beside code.
    code_alone(page.tree, page, notices)
    layout(page.tree, page, notices)


def rewrite(root: Tag, page: Page, notices: Notices) -> None:
    for kind in _KINDS:
        kind(root, page, notices)
