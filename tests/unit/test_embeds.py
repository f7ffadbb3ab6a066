"""What becomes of films, sounds and what other sites put into a page."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare

FILM = "https://films.example/embed/a1"


def body(source: str) -> str:
    made = prepare(f"<h1>T</h1>{source}", fallback_title="T", source_url="https://press.example/news/a.html")
    return made.html.removeprefix("<h1>T</h1>").strip()


def told(source: str) -> list[tuple[str, str, int, str]]:
    made = prepare(f"<h1>T</h1>a{source}", fallback_title="T")
    return [(each.kind.value, each.did.value, each.count, each.example) for each in made.notices]


@pytest.mark.parametrize(
    ("name", "source", "address", "words"),
    [
        ("with a title", f"<iframe title='The opening' src={FILM}></iframe>", FILM, "The opening"),
        ("with a label", f"<iframe aria-label='The opening' src={FILM}></iframe>", FILM, "The opening"),
        ("without words", f"<iframe src={FILM}></iframe>", FILM, "▶ films.example"),
        ("that loads late", f"<iframe src='about:blank' data-src={FILM}></iframe>", FILM, "▶ films.example"),
        ("that waits for consent", f"<iframe data-cookieblock-src={FILM}></iframe>", FILM, "▶ films.example"),
        ("without a scheme", "<iframe src='//www.films.example/watch?v=1'></iframe>",
         "https://www.films.example/watch?v=1", "▶ films.example"),
        ("of the site itself", "<iframe src=/costs title=Costs></iframe>", "https://press.example/costs", "Costs"),
        ("a map", "<iframe src='https://maps.example/x?y'></iframe>", "https://maps.example/x?y", "maps.example"),
        ("a film's file", "<video src='/files/bridge.mp4' controls></video>",
         "https://press.example/files/bridge.mp4", "▶ bridge.mp4"),
        ("one of a film's files", "<video controls><source src='//a.example/b.webm'><track src=c.vtt></video>",
         "https://a.example/b.webm", "▶ b.webm (a.example)"),
        ("a sound", "<audio src=/speech.mp3 title=Speech></audio>", "https://press.example/speech.mp3", "Speech"),
        ("an object", "<object data=/plan.pdf type=application/pdf>The plan</object>",
         "https://press.example/plan.pdf", "The plan"),
        ("an old one", f"<embed src={FILM} type=application/x-shockwave-flash>", FILM, "▶ films.example"),
        ("an old one in a new one", f"<object data={FILM}><param name=a value=b><embed src={FILM}></object>",
         FILM, "▶ films.example"),
        ("of AMP, by number", "<amp-youtube data-videoid=a1 title='The opening'></amp-youtube>",
         "https://www.youtube.com/watch?v=a1", "The opening"),
        ("that loads with a press", "<lite-youtube videoid=a1 playlabel='The opening'></lite-youtube>",
         "https://www.youtube.com/watch?v=a1", "The opening"),
        ("of an editor", f"<oembed url={FILM}></oembed>", FILM, "▶ films.example"),
        ("that a script fills", f"<div class='fb-video' data-href={FILM}></div>", FILM, "▶ films.example"),
        ("shown without scripts", f"<noscript><iframe src={FILM}></iframe></noscript>", FILM, "▶ films.example"),
    ],
)  # fmt: skip
def test_what_is_embedded_is_a_link(name: str, source: str, address: str, words: str) -> None:
    link = f'<a href="{address}">{words}</a>'
    assert body(source) == link
    assert body(f"<figure>{source}<figcaption>It</figcaption></figure>") == (
        f"<figure>{link}\n<figcaption>It</figcaption></figure>"
    )
    assert [notice[:3] for notice in told(source)][:1] == [("embed", "linked", 1)]


@pytest.mark.parametrize(
    ("name", "source", "notices"),
    [
        ("counts", "<iframe src=https://count.example/ width=1 height=1></iframe>", []),
        ("is empty", "<iframe></iframe>", []),
        (
            "is empty, with a name",
            "<iframe src=about:blank title=Advert></iframe>",
            [("embed", "dropped", 1, "Advert")],
        ),
        ("is a script", "<iframe src='javascript:alert(1)'></iframe>", []),
        ("is a script that loads late", "<iframe data-src='javascript:alert(1)'></iframe>", []),
        ("has text for old browsers", "<iframe><h1>No frames</h1><p>here</iframe>", []),
        ("is hidden", "<iframe src=https://count.example/ style='display:none'></iframe>", []),
    ],
)
def test_what_shows_nothing_is_no_link(name: str, source: str, notices: list[tuple[str, str, int, str]]) -> None:
    assert body(f"a{source}") == "a"
    assert told(source) == notices


@pytest.mark.parametrize(
    ("name", "source", "html"),
    [
        ("words in a film", "<video src=/a.mp4 title=It><p>What is said in it</p></video>",
         '<a href="https://press.example/a.mp4">It</a>\n<p>What is said in it</p>'),
        ("words in a sound", "<p>a</p><audio src=/a.mp3 title=It>What is said in it</audio>b",
         '<p>a</p>\n<a href="https://press.example/a.mp3">It</a><br>\nWhat is said in it<br>\nb'),
        ("words in an object", "<object data=/a.swf title=It><p>What it shows</p><embed src=/a.swf></object>",
         '<a href="https://press.example/a.swf">It</a>\n<p>What it shows</p>'),
        ("words in a film that is nowhere", "<video><p>What is said in it</p></video>", "<p>What is said in it</p>"),
        ("a film's first picture", "<video src=/a.mp4 poster=/a.jpg title=It></video>",
         '<a href="https://press.example/a.mp4"><img alt="" src="https://press.example/a.jpg">It</a>'),
        ("an object that is a picture", "<object data=/a.svg type=image/svg+xml>The plan</object>",
         '<img alt="The plan" src="https://press.example/a.svg">'),
        ("between words", "a<iframe src=https://maps.example/ title=Map></iframe>b",
         'a<br>\n<a href="https://maps.example/">Map</a><br>\nb'),
        ("in a link", "<a href=https://a.example/>See <iframe src=https://maps.example/ title=it></iframe></a>",
         '<a href="https://a.example/">See it</a>'),
        ("a post with its words", "<blockquote class=x-post><p>Done.</p>N. N.</blockquote><script src=/x.js></script>",
         "<blockquote><p>Done.</p>\nN. N.</blockquote>"),
        ("a player that the page draws", "<div class=my-player><audio src=/a.mp3 title=It></audio>"
         "<span class=current-time>0:00</span><span class=duration>/12:34</span></div>",
         '<div><a href="https://press.example/a.mp3">It</a></div>'),
    ],
)  # fmt: skip
def test_words_that_stand_in_or_beside_stay(name: str, source: str, html: str) -> None:
    assert body(source) == html


@pytest.mark.parametrize(
    "source",
    ["<iframe src=https://a.example/></iframe>" * 10_000, "<video src=/a>w</video>" * 5_000, "<video src=/a>w" * 190],
    ids=["frames", "films", "films in films"],
)
def test_many_take_time_by_their_number(source: str) -> None:
    assert body(source)


def test_a_frame_that_only_tells_an_advertiser_of_the_page_is_no_link() -> None:
    frame = f"<iframe src='https://ads.example/call?page={'x' * 500}'></iframe>"
    assert body(f"a{frame}b") == "a<br>\nb"
    assert told(frame)[0][:3] == ("embed", "dropped", 1)


def test_times_of_players_who_run_are_words() -> None:
    source = "<ul><li class=player>Anna Kask <span class=time>9.58</span></li></ul>"
    assert body(source) == "<ul><li>Anna Kask <span>9.58</span></li></ul>"
