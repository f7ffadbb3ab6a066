"""What goes from a whole page with a notice, and what stays though it looks like it."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import Prepared, prepare
from snippetsvc.models import Did, NoticeKind
from snippetsvc.text.document import Document
from tests.stories import story


def made(inside: str, around: str = "") -> Prepared:
    body = f"{around}<main><h1>Pier reopens</h1>{story(3)}{inside}{story(3, 9)}</main>"
    page = f"<!doctype html><title>Pier reopens</title><body>{body}"
    return prepare(page, fallback_title="Fallback", source_url="https://example.org/pier")


STORY = Document(made("").html).text

#: In an article alone.
BY_ITS_PLACE = [
    (NoticeKind.RELATED, "<div><a href=/o>One of the other stories</a></div>"),
    (NoticeKind.BYLINE, "<div class=post-meta>One</div>"),
]

#: By kind, in several spellings.
GOES = [
    (NoticeKind.NAVIGATION, "<nav><a href=/a>One</a></nav>"),
    (NoticeKind.NAVIGATION, "<div role=navigation>One</div>"),
    (NoticeKind.NAVIGATION, "<ol class=breadcrumb><li><a href=/>One</a></li></ol>"),
    (NoticeKind.NAVIGATION, "<div id=Pagination>One</div>"),
    (NoticeKind.NAVIGATION, "<a class=skip-link href=#x>One</a>"),
    (NoticeKind.SEARCH, "<div role=search>One</div>"),
    (NoticeKind.SEARCH, "<search>One</search>"),
    (NoticeKind.BANNER, "<div role=banner>One</div>"),
    (NoticeKind.CONTENTINFO, "<div role=ContentInfo>One</div>"),
    (NoticeKind.CONTENTINFO, "<footer>One</footer>"),
    (NoticeKind.COMPLEMENTARY, "<div role=complementary>One</div>"),
    (NoticeKind.COMPLEMENTARY, "<aside><h3>One</h3><p>two</p></aside>"),
    (NoticeKind.DIALOG, "<div role=dialog>One</div>"),
    (NoticeKind.DIALOG, "<dialog open>One</dialog>"),
    (NoticeKind.SHARE, "<ul class='share-buttons'><li><a href=https://x.example/>One</a></li></ul>"),
    (NoticeKind.SHARE, "<div class=shareBar>One</div>"),
    (NoticeKind.SHARE, "<div class='sharedaddy sd-block'>One</div>"),
    (NoticeKind.SHARE, "<section id=social_links>One</section>"),
    (NoticeKind.SHARE, "<span class=addtoany_content>One</span>"),
    (NoticeKind.RELATED, "<aside class=related><h3>One</h3><a href=/o>Other</a></aside>"),
    (NoticeKind.RELATED, "<div id=jp-relatedposts>One</div>"),
    (NoticeKind.RELATED, "<section class=RecommendedStories>One</section>"),
    (NoticeKind.RELATED, "<div class=c-read-next>One</div>"),
    (NoticeKind.COMMENTS, "<div id=comments><h2>One comment</h2><p>First!</p></div>"),
    (NoticeKind.COMMENTS, "<section class=wp-block-comments><p>One</p></section>"),
    (NoticeKind.COMMENTS, "<div id=disqus_thread>One</div>"),
    (NoticeKind.COMMENTS, "<div id=respond>One</div>"),
    (NoticeKind.NEWSLETTER, "<div class=newsletter-box><p>One</p></div>"),
    (NoticeKind.NEWSLETTER, "<div id=mc_embed_signup>One</div>"),
    (NoticeKind.NEWSLETTER, "<form class=subscribeForm>One</form>"),
    (NoticeKind.COOKIES, "<div class=cookie-notice role=dialog>One</div>"),
    (NoticeKind.COOKIES, "<div id=onetrust-consent-sdk>One</div>"),
    (NoticeKind.ADVERTISING, "<div class=advertisement>One</div>"),
    *BY_ITS_PLACE,
]


@pytest.mark.parametrize(("kind", "piece"), GOES, ids=[f"{kind}-{piece[:40]}" for kind, piece in GOES])
def test_a_piece_of_the_page_goes_and_is_told(kind: NoticeKind, piece: str) -> None:
    prepared = made(piece)
    assert Document(prepared.html).text == STORY
    assert [(each.kind, each.count, each.did) for each in prepared.notices] == [(kind, 1, Did.DROPPED)]
    assert prepared.notices[0].example.startswith("One")


@pytest.mark.parametrize(("kind", "piece"), [each for each in GOES if each not in BY_ITS_PLACE])
def test_around_the_article_it_is_told_too(kind: NoticeKind, piece: str) -> None:
    prepared = made("", f"<div><div>{piece}</div></div>")
    assert Document(prepared.html).text == STORY
    assert [(each.kind, each.did) for each in prepared.notices] == [(kind, Did.DROPPED)]


def test_what_else_stands_around_the_article_is_told() -> None:
    prepared = made("", "<header>Site<nav>Menu</nav></header><div>A <b>day</b><p>in May</p></div>")
    assert [(each.kind, each.example) for each in prepared.notices] == [
        (NoticeKind.OUTSIDE, "A day in May"),
        (NoticeKind.BANNER, "Site Menu"),
    ]


STAYS = {
    "a button": "<div class=wp-block-buttons><div><a class=wp-block-button__link href=/p>The plans</a></div></div>",
    "a document": "<p><a href=/plan.PDF>The plans</a></p>",
    "a card": "<figure class=bookmark-card><a href=/x><div>The plans</div></a></figure>",
    "a list of links between paragraphs": "<ul><li><a href=/x>The</a></li><li><a href=/y>plans</a></li></ul>",
    "contents": "<div class=toc><a href=#a>The</a> <a href=#a>plans</a></div><p id=a>Words</p>",
    "words that have a name in them": "<p class=railway-shareholders-commentary>The plans</p>",
    "a section that is about its name": "<section id=social-rail-work><h2>Social rail work</h2>The plans</section>",
    "a heading with such an id": "<h2 id=latest>The plans</h2><p>Words</p>",
    "a link in a sentence": "<p>See <a class=related href=/x>the plans</a> of the engineers</p>",
    "a note": "<aside class='admonition note'><p>The plans</p></aside>",
    "who is quoted": "<blockquote><p>The</p><footer>plans</footer></blockquote>",
    "the lines that it begins with": "<div class=teaser-text><p>The plans</p></div>",
    "an item in a list": "<ul><li>One</li><li class=share>The plans</li></ul>",
    "a table of links": "<table><tr><th>The<td><a href=/x>plans</a></table>",
    "a caption beside its picture": "<div><img src=https://x.example/a><b class=caption>The plans</b></div>",
    "a formula with a menu of its own": "<mjx-container class=CtxtMenu_Attached_0 data-mathml='<math><mi>plans</mi>'>x"
    "</mjx-container>",
    "a caption": "<figure><img src=https://x.example/a.jpg><figcaption class=meta>The plans</figcaption></figure>",
}


@pytest.mark.parametrize("piece", STAYS.values(), ids=STAYS)
def test_what_looks_like_it_stays(piece: str) -> None:
    prepared = made(piece)
    assert "plans" in Document(prepared.html).text
    assert prepared.notices == ()


@pytest.mark.parametrize(("kind", "piece"), GOES, ids=[f"{kind}-{piece[:40]}" for kind, piece in GOES])
def test_of_a_fragment_all_of_it_stays(kind: NoticeKind, piece: str) -> None:
    prepared = prepare(f"<h1>A</h1>{piece}<p>b</p>", fallback_title="Fallback")
    assert "One" in Document(prepared.html).text
    assert kind not in [each.kind for each in prepared.notices]


def test_what_holds_the_article_stays_whatever_it_is_called() -> None:
    for around in ("<div class=comments-open>", "<aside class=social>", "<form id=newsletter>", "<nav class=share>"):
        page = f"<!doctype html><title>Pier reopens</title><body>{around}<h1>Pier reopens</h1>{story(6)}"
        assert Document(prepare(page, fallback_title="Fallback").html).text == STORY


ENDS = {
    "other stories": "<h2>More of it</h2><ul><li><a href=/a>One</a></li></ul><p><a href=/b>Two</a></p><p>© 2026</p>",
    "a link to the top": "<p>[<a href=#>Back to top</a>]</p>",
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_follows_its_own_end_goes(end: str) -> None:
    page = f"<!doctype html><title>Pier reopens</title><body><div><h1>Pier reopens</h1>{story(6)}{end}</div>"
    assert Document(prepare(page, fallback_title="Fallback").html).text == STORY


def test_a_small_page_is_read_by_its_names_alone() -> None:
    page = """<!doctype html><title>Bridge</title><body><article><h1>Bridge</h1><ul class=share><li><a href=/x>Share</a>
        </ul><p>It is open.</p><aside class=related><h3>Related</h3><a href=/o>Other</a></aside>
        <div id=comments><h2>1 comment</h2><p>First!</p></div></article></body>"""
    assert Document(prepare(page, fallback_title="Fallback").html).text == "Bridge\nIt is open."


@pytest.mark.parametrize(
    ("name", "more", "last"),
    [
        ("the newest of a day's updates", "<article class='update latest'><h2>10:40</h2><p>{}</p></article>"
         "<article class=update><h2>9:40</h2><p>{}</p></article>", "10:40"),
        ("sections that are called as their headings", "<section id=errors><h2>Errors</h2><p>{}</p></section>"
         "<section id=comments><h2>Comments</h2><p>{}</p></section>", "Comments"),
        ("notes beside the text",
         "<p>{}<a id=r href=#n>1</a></p></main><div><p id=n><a href=#r>1</a> A note.</p></div>", "A note."),
        ("a list at its end", "<p>{}</p><p>{}</p><p>They want:</p><ul><li>Bridges<li>Roads</ul>", "Roads"),
        ("lines below its last heading", "<p>{}</p><p>{}</p><h2>Contact</h2><p>Phone 12 34</p>", "Phone 12 34"),
        ("notes below the text", "<p>{}</p><footer class=footnotes><ol><li>A note.</ol></footer>", "A note."),
    ],
)  # fmt: skip
def test_parts_of_the_article_are_none_of_it_by_no_name(name: str, more: str, last: str) -> None:
    words = "The council met on Monday and spoke of the harbour at length, as it had done before. " * 3
    page = f"<!doctype html><title>Council</title><main><h1>Council</h1>{more.format(words, words)}</main>"
    assert last in Document(prepare(page, fallback_title="F").html).text
