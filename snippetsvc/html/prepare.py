"""A publisher's document (a whole page or a fragment) -> the HTML of a revision and what it says of the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bs4 import Tag

from snippetsvc.errors import Invalid
from snippetsvc.html.addresses import Addresses
from snippetsvc.html.article.article import Search, article_in
from snippetsvc.html.article.headline import lead, still_leading
from snippetsvc.html.article.words import worded
from snippetsvc.html.facts.facts import direction_of, facts, language_of, stated_direction_of, title_in
from snippetsvc.html.names import spellings
from snippetsvc.html.notices import Notices
from snippetsvc.html.rewriting import clear, rewrite
from snippetsvc.html.rewriting.anchors import anchored
from snippetsvc.html.sanitise import tree_of
from snippetsvc.html.source.decode import decoded, readable
from snippetsvc.html.source.page import plain, read
from snippetsvc.html.source.xhtml import as_html
from snippetsvc.html.writing.normalise import Normaliser, settled
from snippetsvc.models import Notice


@dataclass(frozen=True, slots=True)
class Prepared:
    """The revision's HTML, and what the document says of its article; None where it says nothing.

    way: how the article was found in a whole page, for the next revision.
    """

    html: str
    title: str
    lang: str
    dir: str
    authors: tuple[str, ...]
    publisher: str | None
    published_at: str | None
    modified_at: str | None
    source_url: str | None
    canonical_url: str | None
    license: str | None
    description: str | None
    image: str | None
    way: str | None
    notices: tuple[Notice, ...]


def prepare(
    source: str | bytes,
    *,
    fallback_title: str,
    fallback_lang: str = "und",
    title: str | None = None,
    lang: str | None = None,
    dir: str | None = None,
    source_url: str | None = None,
    selector: str | None = None,
    way: str | None = None,
    oracle: bool = True,
    phase: Callable[[bool], None] = lambda begins: None,
) -> Prepared:
    """Make a revision's HTML of `source`, a whole page or a fragment.

    What is given by name wins over what the document says; `fallback_title` and `fallback_lang` are for a document
    that does not say.
    selector: what holds the article, by CSS; way: how it was found in the revision before, as `Prepared` has it.
    oracle: whether it may be asked; `phase` is called with True before it is, and with False when it has answered.
    Raises `Invalid` (pointer `/html`) when the document has no text, is nested too deeply, or is no text at all;
    (pointer `/selector`) when `selector` names nothing.
    """
    notices = Notices()
    markup = as_html(readable(decoded(source, notices) if isinstance(source, bytes) else source, notices))
    page = read(markup)
    said = facts(page, source_url, notices)
    source_url = source_url or said.canonical_url
    clear(page, notices)
    titles = (title, *said.titles) if title else said.titles
    found = article_in(page, markup, titles, Search(selector, way, oracle, phase), notices)
    root = found.root
    if not _has_text(root):
        raise Invalid.one("/html", "no-text", "the document has no text")
    title = title or _title(found.headline, titles) or fallback_title
    headline = lead(root, found.headline, title, notices)
    rewrite(root, page, notices)
    headline = still_leading(root, headline, title)
    addresses = Addresses.of(page.tree, source_url)
    anchored(root, addresses, notices)
    lang = lang or language_of(root, page) or said.lang or fallback_lang
    return Prepared(
        html=settled(Normaliser(headline, addresses.base, notices).write(root)),
        title=title,
        lang=lang,
        dir=dir or stated_direction_of(root, page) or direction_of(lang),
        authors=said.authors,
        publisher=said.publisher,
        published_at=said.published_at,
        modified_at=said.modified_at,
        source_url=source_url,
        canonical_url=said.canonical_url,
        license=said.license,
        description=said.description,
        image=said.image,
        way=found.way,
        notices=notices.listed(),
    )


def _has_text(root: Tag) -> bool:
    """Whether it has words; a title in it is none of the text."""
    return any(words.strip() for words in root.strings if words.parent is None or words.parent.name != "title")


def headline(html: str) -> str:
    """The words of the `h1` that a revision's HTML begins with, as a title."""
    element = tree_of(html[: html.index("</h1>")]).find("h1")
    return title_in(plain(element)) if isinstance(element, Tag) else ""


def _title(headline: Tag | None, titles: tuple[str, ...]) -> str:
    """The title as the document says it, where it says what the headline does; else the headline's words."""
    if headline is None:
        return next(iter(titles), "")
    words = plain(headline)
    said = (spelling for title in titles for spelling in spellings(title))
    return next((title for title in said if worded(title) == worded(words)), title_in(words))
