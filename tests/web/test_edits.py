"""A link outlives the edits of its article: right place, or an honest word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.service import Service
from tests.web.ferry import EDITED, FIRST, MOVED, QUOTES, statuses


def test_the_api_says_what_became_of_each_snippet(service: Service, slug: str, edited_link: str) -> None:
    share = service.get(f"/api/v1/shares/{edited_link}").json
    assert (share["revision"], share["current_revision"], share["selectors_revision"]) == (1, 2, 2)
    text = service.text(slug)
    found = {}
    for snippet in share["snippets"]:
        place = [each for each in snippet["selectors"] if each["type"] == "TextPositionSelector"]
        found[snippet["quote"]] = (snippet["status"], text[place[0]["start"] : place[0]["end"]] if place else None)
    assert found == {
        "children travel free of charge": ("intact", "children travel free of charge"),
        "leaves at six in the morning and carries": ("changed", "leaves at seven in the morning and carries"),
        "The captain, Anna Lindholm, has crossed the strait": ("lost", None),
        "the crossing takes an hour longer": ("intact", "the crossing takes an hour longer"),
    }


def test_the_page_draws_what_has_a_place_and_lists_what_has_none(service: Service, edited_link: str) -> None:
    page = service.get(f"/s/{edited_link}").text
    article = re.search(r"<article id=.*?</article>", page, re.DOTALL)
    assert article
    marks = re.findall(r'<mark class="snippet" data-snippets="(\d)"[^>]*data-status="(\w+)"[^>]*>', article[0])
    assert sorted(marks) == [("1", "changed"), ("2", "intact"), ("4", "intact")]
    assert "Lindholm" not in article[0]
    rest = page.replace(article[0], "")
    assert "Lindholm" in rest
    assert 'id="snippet-3"' in rest
    assert re.search(r"<del>.*six.*</del>", rest)
    assert re.search(r"<ins>.*seven.*</ins>", rest)


def test_as_it_was_marked_and_back(service: Service, edited_link: str) -> None:
    page = service.get(f"/s/{edited_link}?as=marked").text
    assert 'data-revision="1"' in page
    assert re.findall(r'data-status="(\w+)"[^>]* id="snippet', page) == ["intact"] * 4
    assert f'href="/s/{edited_link}"' in page
    assert "as=marked" in service.get(f"/s/{edited_link}").text


#: What is marked in three paragraphs, what becomes of them, and what is said of that at the top, by language.
WORDS = {
    "moved": "Gulls follow the boat",
    "edited": "It leaves at noon",
    "same": "Dogs travel free",
    "lost": "Bears do not",
}
BEFORE = "".join(f"<p>{words}, say those who have seen it all their lives.</p>" for words in WORDS.values())
PARTS = BEFORE.replace("</p>", "</p>|").split("|")
STILL = "The article was edited after the snippets were marked. The words that were marked are still the same."
SAID = [
    ("nothing", BEFORE, "moved edited same lost", {"en": None, "ru": None, "be": None}),
    ("the article alone", f"{BEFORE}<p>More tomorrow.</p>", "moved edited same lost", {"en": STILL}),
    ("what was not marked", BEFORE.replace("noon", "one"), "moved same", {"en": STILL}),
    (
        "one of several",
        BEFORE.replace("noon", "one"),
        "moved edited same lost",
        {
            "en": "1 of 4 snippets was edited since.",
            "ru": "1 из 4 фрагментов с тех пор изменён.",
            "be": "1 з 4 фрагментаў з таго часу зменены.",
        },
    ),
    (
        "several of several",
        BEFORE.replace("noon", "one").replace("travel free", "sail free"),
        "moved edited same lost",
        {
            "en": "2 of 4 snippets were edited since.",
            "ru": "2 из 4 фрагментов с тех пор изменены.",
            "be": "2 з 4 фрагментаў з таго часу зменены.",
        },
    ),
    (
        "all that can be",
        (PARTS[1] + PARTS[2] + PARTS[0]).replace("noon", "one"),
        "moved edited same lost",
        {
            "en": "1 of 4 snippets was edited since, 1 was moved, and 1 is no longer in the article.",
            "ru": "1 из 4 фрагментов с тех пор изменён, 1 перемещён и 1 исчез из статьи.",
            "be": "1 з 4 фрагментаў з таго часу зменены, 1 перамешчаны і 1 знік з артыкула.",
        },
    ),
    (
        "the only one",
        PARTS[0],
        "lost",
        {
            "en": "The snippet is no longer in the article.",
            "ru": "Фрагмент исчез из статьи.",
            "be": "Фрагмент знік з артыкула.",
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("html", "marked", "said"), [row[1:] for row in SAID], ids=[row[0] for row in SAID])
@pytest.mark.parametrize("path", ["?", "?only=snippets&", "/print?", "/print?only=snippets&"])
def test_one_sentence_at_the_top_says_what_changed(
    service: Service, slug: str, path: str, html: str, marked: str, said: dict[str, str | None]
) -> None:
    service.publish(slug, BEFORE, lang="en", title="The boat")
    token = service.share(slug, *(WORDS[name] for name in marked.split()))["token"]
    service.publish(slug, html, lang="en", title="The boat")
    for lang, sentence in said.items():
        page = BeautifulSoup(service.get(f"/s/{token}{path}lang={lang}").text, "html.parser")
        notes = [note.get_text() for note in page.select(".notice[data-of-share]")]
        assert [note.startswith(sentence or "") for note in notes] == [True] * (sentence is not None), notes
        assert all(note.find_parent(class_="preface") for note in page.select("[role=note]"))


#: Words of which too little is left to be shown as one difference.
REWRITTEN = (
    "the council decided to close it for good",
    "the council has after long debate put off whether it shall",
)


@pytest.mark.parametrize(("path", "marked", "now"), [
    ("", "leaves at six in the morning and carries", None),
    ("", *REWRITTEN),
    ("?only=snippets", *REWRITTEN),
    ("/print", *REWRITTEN),
])  # fmt: skip
def test_an_edited_entry_tells_the_words_then_and_now_once(
    service: Service, slug: str, path: str, marked: str, now: str | None
) -> None:
    before = f"{FIRST}<p>The crew likes to talk of old times. {REWRITTEN[0]}.</p>"
    service.publish(slug, before)
    token = service.share(slug, marked)["token"]
    service.publish(slug, before.replace("six", "seven").replace(marked, now or marked))
    entry = BeautifulSoup(service.get(f"/s/{token}{path}").text, "html.parser").select_one(
        ".entry[data-status=changed]"
    )
    assert entry
    for silent in entry.select(".visually-hidden, .entry-note"):
        silent.decompose()
    said = " ".join(entry.get_text(" ").split())
    assert said == (f"Then: {marked} Now: {now}" if now else "leaves at six seven in the morning and carries")


@pytest.mark.parametrize(
    "path", ["", "?only=snippets", "/print", "/print?only=snippets", "/print?marks=off", "?as=marked"]
)
def test_links_within_the_page_lead_somewhere(service: Service, edited_link: str, path: str) -> None:
    page = service.get(f"/s/{edited_link}{path}").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


@pytest.mark.parametrize("path", ["/print", "/print?only=snippets", ".txt", ".md", ".jsonld"])
def test_print_and_exports_tell_it_too(service: Service, edited_link: str, path: str) -> None:
    page = service.get(f"/s/{edited_link}{path}").text
    assert "Anna Lindholm" in page
    assert "no longer in the article" in page
    assert "edited after they were marked" in page
    assert "seven" in page
    assert re.search(r"\bsix\b", page)


@pytest.mark.parametrize(("lang", "words"), MOVED.items())
@pytest.mark.parametrize("path", ["?", "/print?", "/print?only=snippets&", ".txt?", ".md?"])
def test_what_moved_says_so(service: Service, slug: str, path: str, lang: str, words: str) -> None:
    service.publish(slug, FIRST)
    quotes = {
        "the crossing takes an hour longer": ("intact", True),
        "because of the ice": ("changed", True),
        "children travel free of charge": ("intact", False),
        "leaves at six in the morning and carries": ("changed", False),
        "The captain, Anna Lindholm, has crossed the strait": ("lost", False),
    }
    tokens = {quote: service.share(slug, quote)["token"] for quote in quotes}
    service.publish(slug, EDITED.replace("because of the ice", "because of thick ice"))
    answers = {quote: service.get(f"/s/{token}{path}lang={lang}") for quote, token in tokens.items()}
    found = {quote: (statuses(service, tokens[quote])[quote], words in answers[quote].text) for quote in quotes}
    assert found == quotes


def test_nothing_has_moved_where_it_was_marked(service: Service, edited_link: str) -> None:
    assert MOVED["en"] in service.get(f"/s/{edited_link}").text
    assert MOVED["en"] not in service.get(f"/s/{edited_link}?as=marked").text
    assert MOVED["en"] not in service.get(f"/s/{edited_link}.txt?as=marked").text


def test_the_way_back_restores_every_mark(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "revert", slug, "1").stdout == f"{slug}: revision 3\n"
    assert set(statuses(service, edited_link).values()) == {"intact"}


def test_a_passage_that_is_gone_for_a_while_is_found_again(service: Service, slug: str, edited_link: str) -> None:
    service.publish(slug, EDITED.replace("seven", "eight"))
    service.publish(slug, FIRST.replace("forty", "fifty"))
    assert statuses(service, edited_link)["The captain, Anna Lindholm, has crossed the strait"] == "intact"


def test_diff_counts_what_a_revision_does_to_the_marks(service: Service, slug: str, edited_link: str) -> None:
    shown = service.flask("articles", "diff", slug, "1", "2").stdout
    assert shown.splitlines()[0] == f"{slug}: 4 marks on revision 1; in revision 2: 2 intact, 1 changed, 1 lost"
    assert "Lindholm" in shown


def test_a_dry_run_says_it_before_and_publishes_nothing(service: Service, slug: str, tmp_path: Path) -> None:
    service.publish(slug, FIRST)
    service.share(slug, *QUOTES)
    file = tmp_path / f"{slug}.html"
    file.write_text(EDITED)
    shown = service.flask("articles", "publish", str(file), "--dry-run").stdout
    assert shown.startswith(f"{slug}: 4 marks on revision 1; in what would be revision 2: 2 intact, 1 changed, 1 lost")
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 1
