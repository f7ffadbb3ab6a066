"""Paper: the pages as PDF files of Chromium's print, read with poppler."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import SHARED, mark
from tests.browser.texts import ARABIC, EDITED, ELSEWHERE, MARKED, RICH
from tests.browsers import obtain_poppler
from tests.service import Service

TITLE = "The river comes back to the town"
#: Pixels to a point.
SCALE = 3
#: Points: of what is darker than paper, and lighter than a line.
DARK = 170


@dataclass(frozen=True)
class Word:
    """A word on paper; points from the upper left corner of its sheet, numbered from 1."""

    text: str
    sheet: int
    left: float
    top: float
    right: float
    bottom: float


class Paper:
    """A PDF file: its words and its pixels.

    words: in the order in which they are read; written: in that of the page's source, where a raised number in a
    table is beside its words in whatever font.
    """

    def __init__(self, path: Path) -> None:
        obtain_poppler()
        self._path = path
        self.words = list(self._read())
        self.written = list(self._read("-raw"))
        self.sheets = max(word.sheet for word in self.words)

    def _read(self, *options: str) -> Iterator[Word]:
        found = subprocess.run(["pdftotext", *options, "-bbox", self._path, "-"], check=True, capture_output=True)
        text = found.stdout.decode()
        name = "{http://www.w3.org/1999/xhtml}"
        # Characters that XML does not have are no part of any word.
        sheets = ElementTree.fromstring(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text))  # noqa: S314  # poppler's own
        for number, sheet in enumerate(sheets.iter(f"{name}page"), 1):
            self.size = float(sheet.get("width", 0)), float(sheet.get("height", 0))
            for word in sheet.iter(f"{name}word"):
                edges = (float(word.get(edge, 0)) for edge in ("xMin", "yMin", "xMax", "yMax"))
                yield Word((word.text or "").replace("\u2060", ""), number, *edges)

    def text(self, sheet: int | None = None) -> str:
        return " ".join(word.text for word in self.words if sheet in (None, word.sheet))

    def find(self, phrase: str, after: int = 0, *, written: bool = False) -> list[Word]:
        """The words of a phrase, where it stands first (from word number `after` on)."""
        wanted, words = phrase.split(), self.written if written else self.words
        for start in range(after, len(words)):
            found = words[start : start + len(wanted)]
            if [word.text.strip(",.:") for word in found] == [word.strip(",.:") for word in wanted]:
                return found
        raise AssertionError(f"{phrase!r} is not on paper: {self.text()}")

    def pixels(self, sheet: int) -> Pixels:
        command = ["pdftoppm", "-gray", "-r", f"{72 * SCALE}", "-f", f"{sheet}", "-l", f"{sheet}", str(self._path)]
        return Pixels(subprocess.run(command, check=True, capture_output=True).stdout)


class Pixels:
    """A grey picture in PGM's form."""

    def __init__(self, data: bytes) -> None:
        _, width, height, _ = (head := data[:64]).split(maxsplit=4)[:4]
        self._width, self._height = int(width), int(height)
        self._data = data[len(data) - self._width * self._height :]
        assert head.startswith(b"P5")

    def at(self, left: float, top: float) -> int:
        x, y = round(left * SCALE), round(top * SCALE)
        return self._data[min(y, self._height - 1) * self._width + min(x, self._width - 1)]

    def underlined(self, word: Word) -> float:
        """How much of the word's width has a line somewhere below its letters.

        In whatever font, the letters stand a fifth of the word's height above its lower edge, and the line about that
        edge. The feet of letters with serifs are dark for most of their width, too.
        """
        height = word.bottom - word.top
        columns = range(round(word.left * SCALE) + 1, round(word.right * SCALE) - 1)
        rows = range(round((word.bottom - height * 0.1) * SCALE), round((word.bottom + height * 0.12) * SCALE))
        dark = sum(any(self._data[row * self._width + column] < DARK for row in rows) for column in columns)
        return dark / len(columns)


@pytest.fixture(scope="module")
def share(service: Service) -> Any:
    """A share whose article was edited after it was marked: one snippet changed, one lost."""
    facts = {"lang": "en", "publisher": "The Town Courier", "source_url": "https://example.org/news/river"}
    service.publish("printed", RICH, **facts)
    made = service.share("printed", *MARKED)
    service.publish("printed", EDITED, **facts)
    return made


@pytest.fixture
def printed(new_page: Callable[..., Page], tmp_path: Path) -> Callable[..., Paper]:
    """Print a page: on A4 unless told, without the backgrounds that a printer may drop."""

    def print_page(address: str, paper: str = "A4", *, economy: bool = False, **options: Any) -> Paper:
        page = new_page(bypass_csp=economy, **options)
        page.route(ELSEWHERE, lambda route: route.abort())
        page.goto(address)
        if economy:
            page.add_style_tag(content="* { print-color-adjust: economy !important }")
        path = tmp_path / "paper.pdf"
        page.pdf(path=path, format=paper, print_background=False)
        return Paper(path)

    return print_page


@pytest.mark.parametrize(("paper", "size"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_every_sheet_names_article_address_and_number(
    share: Any, printed: Callable[..., Paper], paper: str, size: tuple[int, int]
) -> None:
    found = printed(share["print_url"], paper)

    assert found.size == pytest.approx(size, abs=1)
    assert found.sheets > 1
    for sheet in range(1, found.sheets + 1):
        text = found.text(sheet)
        assert "The river comes back" in text
        assert share["url"] in text.replace(" ", "")
        assert f"{sheet} / {found.sheets}" in text
    # Nothing stands in the margins, nothing runs out of the sheet.
    assert all(word.left > 28 and word.right < size[0] - 28 for word in found.words)


def test_the_end_tells_address_source_and_date(share: Any, printed: Callable[..., Paper]) -> None:
    found = printed(share["print_url"])

    last = found.text(found.sheets)
    assert "https://example.org/news/river" in last
    assert re.search(r"Revision 2 · printed on [A-Z][a-z]+ \d+, 20\d\d", last)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_ordinary_page_tells_address_source_and_date_as_well(
    service: Service, share: Any, printed: Callable[..., Paper], scripts: bool
) -> None:
    for address in (share["url"], f"{service.url}/articles/printed"):
        found = printed(address, java_script_enabled=scripts)

        last = found.text(found.sheets)
        assert "https://example.org/news/river" in last
        assert address in last
        assert re.search(r"Revision 2 .* retrieved on [A-Z][a-z]+ \d+, 20\d\d", last)


@pytest.mark.parametrize("economy", [False, True], ids=["background off", "every background dropped"])
@pytest.mark.parametrize("where", ["print_url", "url"])
def test_marks_are_numbered_and_underlined(
    share: Any, printed: Callable[..., Paper], where: str, economy: bool
) -> None:
    found = printed(share[where], economy=economy)
    marked = {
        1: "[1] the council opened the [2] lower sluice, and the old river bed filled within",
        3: "[3] among them Mayor Agnes Hollow and the engineers of the water works",
        5: "[5] Green Hands Cooperative",
    }

    for number, words in marked.items():
        drawn = [word for word in found.find(words, written=True) if not word.text.startswith("[")]
        assert all(found.pixels(word.sheet).underlined(word) > 0.4 for word in drawn), number
    for word in found.find("Hundreds of people stood on the bridges"):
        assert found.pixels(word.sheet).underlined(word) < 0.4, word.text


def test_a_number_stays_with_its_words(share: Any, printed: Callable[..., Paper]) -> None:
    found = printed(share["print_url"])

    for number, first in ((1, "the"), (2, "lower"), (3, "among"), (5, "Green")):
        label, word = found.find(f"[{number}] {first}", written=True)
        assert label.sheet == word.sheet
        assert label.top < word.bottom
        assert label.bottom > word.top
        # In some fonts what joins the two, though it is not drawn, counts as a part of the number.
        assert label.left < word.left < label.right + 2.5


@pytest.mark.parametrize("where", ["print_url", "url"])
def test_the_snippets_are_listed_at_the_end(share: Any, printed: Callable[..., Paper], where: str) -> None:
    found = printed(share[where])
    text = found.text()
    listed = text[text.index("5 snippets marked") :]

    for number, (words, color) in enumerate(MARKED, 1):
        # Numbers go by place; the list has them all, the lost one too.
        assert words in listed, number
        assert color in listed
    assert "These words were edited after they were marked." in listed
    assert "filled within an hour a single afternoon" in listed
    assert "These words are no longer in the article." in listed
    numbers = [word for word in found.words if re.fullmatch(r"\[\d\]", word.text)]
    starts = found.words.index(found.find("5 snippets marked")[0])
    entries = [word for word in numbers if found.words.index(word) > starts]
    assert sorted(word.text for word in entries) == [f"[{number}]" for number in range(1, 6)]
    for entry in entries:
        follower = found.words[found.words.index(entry) + 1]
        assert follower.sheet == entry.sheet
        assert follower.top == pytest.approx(entry.top, abs=9)


@pytest.mark.parametrize("where", ["print_url", "url"])
def test_long_numbers_leave_the_words_of_the_list_alone(
    service: Service, slug: str, printed: Callable[..., Paper], where: str
) -> None:
    service.publish(slug, "<h1>Many</h1>" + "".join(f"<p>Word{n} stands here.</p>" for n in range(1, 112)), lang="en")
    made = service.share(slug, *(f"Word{n} stands" for n in range(1, 112)))
    found = printed(made[where])

    starts = found.words.index(found.find("111 snippets marked")[0])
    for number in (9, 10, 111):
        label = next(word for word in found.words[starts:] if word.text == f"[{number}]")
        words = next(word for word in found.words[starts:] if word.text == f"Word{number}")
        assert words.sheet == label.sheet
        assert words.left > label.right


def test_a_table_that_lays_out_tables_is_read_from_top_to_bottom(
    service: Service, slug: str, printed: Callable[..., Paper]
) -> None:
    words = "<p>" + "Water finds its way through every gate. " * 12 + "</p>"
    cells = f"<td>{words}</td><td><table><tr><td>inner</td><td>cells</td></tr></table></td><td>{words}</td>"
    service.publish(slug, f"<h1>Old page</h1><table><tr>{cells}</tr></table>" + words, lang="en")
    found = printed(f"{service.url}/articles/{slug}/print")

    assert found.sheets == 1
    inner, outer = found.find("inner cells")[0], found.words.index(found.find("Water finds")[0])
    # Each cell is as wide as the sheet; the table within is one still.
    for start in (outer, found.words.index(inner) + 2):
        assert max(word.right for word in found.words[start : start + 84]) > 480
    assert inner.top == pytest.approx(found.find("cells", found.words.index(inner))[0].top, abs=1)


def test_the_snippets_alone(share: Any, printed: Callable[..., Paper]) -> None:
    found = printed(f"{share['print_url']}?only=snippets")

    assert found.sheets == 1
    assert TITLE in found.text()
    assert "We gave the river its bed back" in found.text()
    assert "Hundreds of people" not in found.text()
    assert share["url"] in found.text()


def test_an_article_without_marks(service: Service, share: Any, printed: Callable[..., Paper]) -> None:
    found = printed(f"{service.url}/articles/printed/print")

    assert "[1]" not in found.text()
    assert "snippet" not in found.text()
    assert f"{service.url}/articles/printed" in found.text(1)
    # What is folded away on screen is on paper.
    assert "Eleven for it, two against, and one was fishing." in found.text()


def test_marks_of_the_readers_own_are_printed_with_their_link(
    service: Service, share: Any, page: Page, tmp_path: Path
) -> None:
    page.route(ELSEWHERE, lambda route: route.abort())
    page.goto(f"{service.url}/articles/printed")
    mark(page, "Hundreds of people", color="green")
    expect(page).to_have_url(SHARED)
    path = tmp_path / "paper.pdf"
    page.pdf(path=path, format="A4", print_background=False)
    found = Paper(path)

    for word in found.find("[1] Hundreds of people")[1:]:
        assert found.pixels(word.sheet).underlined(word) > 0.4
    listed = found.text().partition("1 snippet ")[2]
    assert "[1] Hundreds of people" in listed
    # In a wide face it takes two lines.
    assert page.url in listed.replace(" ", "")


def test_nothing_of_the_screen_is_on_paper(service: Service, share: Any, printed: Callable[..., Paper]) -> None:
    for address in (f"{service.url}/articles/printed", share["url"]):
        text = printed(address).text()
        for words in (
            "All articles",
            "Беларуская",
            "Mark with the keyboard",
            "Printable version",
            "Hide the marks",
        ):
            assert words not in text


def test_paper_is_white_when_the_screen_is_dark(share: Any, printed: Callable[..., Paper]) -> None:
    for where in ("print_url", "url"):
        found = printed(share[where], color_scheme="dark")
        pixels = found.pixels(1)
        assert pixels.at(3, 3) == 255
        assert pixels.at(300, 800) == 255
        heading = found.find("The river comes back to the town", after=4)[0]
        shades = [
            pixels.at(heading.left + step / SCALE, (heading.top + heading.bottom) / 2)
            for step in range(round((heading.right - heading.left) * SCALE))
        ]
        assert min(shades) < 60


def test_headings_stay_with_what_they_head(service: Service, slug: str, printed: Callable[..., Paper]) -> None:
    paragraph = "<p>" + "Water finds its way through every gate that men have built. " * 6 + "</p>"
    service.publish(slug, "<h1>Long</h1>" + "".join(f"<h2>Part {n}</h2>{paragraph}" for n in range(30)), lang="en")
    found = printed(f"{service.url}/articles/{slug}/print")

    assert found.sheets > 3
    heads = [found.find(f"Part {number}") for number in range(30)]
    for head, following in pairwise([*heads, [found.words[-1]]]):
        assert found.words[found.words.index(head[-1]) + 1].sheet == head[0].sheet
        assert following[0].sheet >= head[0].sheet


def test_arabic_on_paper(service: Service, slug: str, printed: Callable[..., Paper]) -> None:
    service.publish(slug, ARABIC, lang="ar", dir="rtl")
    made = service.share(slug, "يوم الاثنين", ("بالقوارب", "pink"))
    found = printed(made["print_url"])

    marked = [word for word in found.words if "Riverton" in word.text]
    assert marked
    assert any("[1]" in word.text or word.text in ("1", "]1[") for word in found.words)
