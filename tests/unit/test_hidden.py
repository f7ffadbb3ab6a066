"""What no reader of a page sees goes; what a reader can unfold stays."""

from __future__ import annotations

import pytest

from snippetsvc.html.prepare import prepare
from snippetsvc.text.document import Document


def text(source: str) -> str:
    return Document(prepare(f"<h1>T</h1>{source}", fallback_title="T").html).text.removeprefix("T").strip()


def told(source: str) -> list[tuple[str, str, int, str]]:
    made = prepare(f"<h1>T</h1>a{source}", fallback_title="T")
    return [(each.kind.value, each.did.value, each.count, each.example) for each in made.notices]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("found by a search", '<div hidden="until-found">Who pays</div>'),
        ("a tab's panel", '<section role="tabpanel" hidden>Who pays</section>'),
        ("controlled", '<span aria-controls="a b"></span><p id=b style="display: none">Who pays</p>'),
        ("of a link", '<a href="#b"></a><p id=b hidden>Who pays</p>'),
        ("of a style sheet's script", '<i data-bs-target="#b"></i><div id=b style="visibility:hidden">Who pays</div>'),
        ("by class", '<i data-target=".b"></i><div class="a b" hidden>Who pays</div>'),
        ("labelled by what opens it", '<span role=tab id=t></span><div aria-labelledby=t hidden>Who pays</div>'),
        ("after what opens it", '<h4><span aria-expanded=false></span></h4> <div hidden>Who pays</div>'),
        ("after a term that opens it", '<dl><dt><i aria-expanded=false></i></dt><dd hidden>Who pays</dd></dl>'),
        ("of an accordion", '<div class="faq-accordion__content" style="display:none">Who pays</div>'),
        ("of a forum", '<div class="spoiler-body" style="DISPLAY:NONE">Who pays</div>'),
        ("of a forum, in other letters", '<div class="text_spoiler" style="display:none">Who pays</div>'),
        ("a pop-over", "<button popovertarget=b>i</button><aside popover id=b>Who pays</aside>"),
        ("a dialog that a button opens", "<button commandfor=b>i</button><dialog id=b>Who pays</dialog>"),
        ("details", "<details><summary></summary>Who pays</details>"),
    ],
)  # fmt: skip
def test_what_a_reader_can_unfold_stays(name: str, source: str) -> None:
    assert text(source) == "Who pays"
    assert all(kind != "hidden" for kind, *_ in told(source))


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("hidden", "<p hidden>Who pays</p>"),
        ("by its style", '<p style="color:red; display:none">Who pays</p>'),
        ("with an id that nothing names", "<p id=b hidden>Who pays</p>"),
        ("after a heading that opens nothing", "<h3></h3><p hidden>Who pays</p>"),
        ("a menu that a button opens", '<i aria-controls=b></i><ul id=b role=menu hidden><li>Who pays</ul>'),
        ("a pop-over that nothing opens", "<p popover>Who pays</p>"),
        ("a dialog that nothing opens", "<dialog>Who pays</dialog>"),
        ("for screen readers", '<span class="sr-only">Who pays</span>'),
        ("for screen readers, in a system of styles", '<span class="govuk-visually-hidden">Who pays</span>'),
        ("for screen readers, of old", '<h2 class="element-invisible">Who pays</h2>'),
        ("for screen readers, of blogs", '<span class="screen-reader-text">Who pays</span>'),
        ("cut to nothing", '<span style="position:absolute;clip:rect(1px, 1px, 1px, 1px)">Who pays</span>'),
        ("cut to nothing, of late", '<span style="clip-path: inset(50%)">Who pays</span>'),
        ("beside the screen", '<span style="position:absolute; left:-9999px">Who pays</span>'),
        ("in what is hidden", "<div hidden><p hidden>Who pays</p></div>"),
    ],
)  # fmt: skip
def test_what_nothing_unfolds_goes_with_a_notice(name: str, source: str) -> None:
    assert text(f"a {source}") == "a"
    assert told(source) == [("hidden", "dropped", 1, "Who pays")]


@pytest.mark.parametrize(
    ("name", "source", "seen"),
    [
        ("an icon by its name", 'a <i class="material-icons">expand_more</i>b', "a b"),
        ("an icon by its name, of late", 'a <span class="material-symbols-outlined">home</span>b', "a b"),
        ("an icon for the eye alone", 'a <span class="nav-icon" aria-hidden="true">chevron_right</span>b', "a b"),
        ("an icon of a font", "a <i>\ue80b</i>b", "a b"),
        ("a sign that it unfolds", "<h3><button>Who pays<span aria-hidden=true>+</span></button></h3>", "Who pays"),
        ("words for the eye", '<span aria-hidden="true">from 9 to 17</span>', "from 9 to 17"),
        ("a dash for the eye", 'Minsk <span aria-hidden="true">–</span> Brest', "Minsk – Brest"),
        ("shown on wide screens", '<p class="sr-only sm:not-sr-only">a</p>', "a"),
        ("of another name", '<p class="offscreenplay unscreened">a</p>', "a"),
        ("an element that is named after a sheet", "<p>a</p><style-guide>x</style-guide><p>b</p>", "a\nx\nb"),
    ],
)
def test_what_the_eye_sees(name: str, source: str, seen: str) -> None:
    assert text(source) == seen


@pytest.mark.parametrize(
    ("name", "source", "seen"),
    [
        ("of a heading", "<h3><button type=button><span>Who pays</span></button></h3><p>City</p>", "Who pays\nCity"),
        ("of a summary", "<details><summary><button>Who pays</button></summary>City</details>", "Who pays\nCity"),
        ("of a term", "<dl><dt><button>Who pays</button><dd>City</dl>", "Who pays\nCity"),
        ("of a column", "<table><tr><th><button>Who pays</button><td>City</table>", "Who pays\nCity"),
        ("of what is called a heading", "<div role=heading><button>Who pays</button></div>", "Who pays"),
        ("of what it unfolds", "<button aria-expanded=false aria-controls=b>Who pays</button><p id=b hidden>City</p>",
         "Who pays\nCity"),
        ("of what follows it", "<button class=accordion>Who pays</button><div style='display:none'>It</div>",
         "Who pays\nIt"),
        ("of tabs", "<div role=tablist><button id=a>One</button><button id=b>Two</button></div>", "One\nTwo"),
        ("of tabs by links", "<p><a role=tab href=tel:1>One</a><a role=tab href=tel:2>Two</a></p>", "One\nTwo"),
        ("of tabs by labels",
         "<input type=radio id=a><input type=radio id=b><label for=a>One</label><label for=b>Two</label>",
         "One\nTwo"),
        ("of links", "<p><a class=btn href=tel:1>One</a><a class=btn href=tel:2>Two</a></p>", "One Two"),
    ],
)  # fmt: skip
def test_words_of_controls_that_are_the_article_s(name: str, source: str, seen: str) -> None:
    assert text(source) == seen
    assert told(source) == []


def test_other_buttons_go_with_a_notice() -> None:
    source = "<button>Copy</button><p>b</p><button aria-expanded=false aria-controls=none>Share</button>"
    assert text(f"a{source}") == "a\nb"
    assert told(source) == [("control", "dropped", 2, "Copy")]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("hidden in hidden", ("<div hidden>" * 190 + "a" * 5_000 + "</div>" * 190) * 20),
        ("for screen readers", "<span class=sr-only>a</span>" * 20_000),
        ("buttons", "<button aria-expanded=false>a</button><div hidden>x</div>" * 5_000),
        ("a class of a million letters", f"<p class='{'-sr' * 300_000}'>a"),
        ("a style of a million letters", f"<p style='{';display :' * 100_000}'>a"),
    ],
)
def test_much_that_is_hidden_takes_time_by_its_length(name: str, source: str) -> None:
    assert text(f"<p>a</p>{source}").startswith("a")
