"""What a publisher is told: what became of the document, and what that does to readers' marks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from snippetsvc.web.site import services
from tests.service import PUBLISHER, Answer, Service
from tests.web.ferry import EDITED, FIRST, QUOTES
from tests.web.problems import is_problem

#: A revision of `FIRST` that loses something, and does not say when it was published in a way that can be read.
LOSSY = f"{EDITED}<button>Share it, please</button><button>Like</button><meta name=date content=03/04/2026>"
NOTICES = [
    {"kind": "control", "count": 2, "did": "dropped", "example": "Share it, please"},
    {"kind": "date", "count": 1, "did": "dropped", "example": "03/04/2026"},
]
LINES = ['  left out: 2 × control, such as "Share it, please"', '  left out: 1 × date, such as "03/04/2026"']
MARKS = {"intact": 2, "changed": 1, "lost": 1}


@pytest.fixture
def marked(service: Service, slug: str) -> str:
    """The slug of `FIRST`, with a mark on each of `QUOTES`."""
    service.publish(slug, FIRST)
    service.share(slug, *QUOTES)
    return slug


@pytest.fixture
def file(marked: str, tmp_path: Path) -> str:
    path = tmp_path / f"{marked}.html"
    path.write_text(LOSSY)
    return str(path)


def rehearsed(service: Service, slug: str, html: str) -> Answer:
    return service.call("PUT", f"/api/v1/articles/{slug}?dry_run=1", {"html": html}, PUBLISHER)


def test_what_no_document_can_hold_is_left_out_and_told(service: Service, slug: str) -> None:
    answer = service.publish(slug, "<p>Words\0 and more</p>")
    assert (answer.status, service.text(slug).splitlines()[-1]) == (201, "Words and more")
    assert [(each["kind"], each["did"]) for each in answer.json["notices"]] == [("character", "replaced")]


def test_the_answer_tells_what_was_done_to_the_document_and_to_marks(service: Service, marked: str) -> None:
    told = service.publish(marked, LOSSY).json
    assert (told["revision"], told["notices"], told["marks"]) == (2, NOTICES, MARKS)
    shown = service.get(f"/api/v1/articles/{marked}").json
    assert shown == {name: value for name, value in told.items() if name not in ("notices", "marks")}
    page = service.get(f"/articles/{marked}").text
    assert "Share it, please" not in page
    assert "03/04/2026" not in page


def test_a_dry_run_answers_the_same_and_publishes_nothing(
    service: Service, marked: str, stored: Callable[[], int]
) -> None:
    before, shown = stored(), service.get(f"/api/v1/articles/{marked}").json
    would_be = rehearsed(service, marked, LOSSY)
    assert (would_be.status, "location" in would_be.headers) == (200, False)
    assert (stored(), service.get(f"/api/v1/articles/{marked}").json) == (before, shown)
    told = service.publish(marked, LOSSY).json
    revisions = [
        *shown["revisions"],
        told["revisions"][-1] | {"created_at": would_be.json["revisions"][-1]["created_at"]},
    ]
    assert would_be.json == told | {"revisions": revisions}


def test_a_dry_run_of_what_is_not_there(service: Service, slug: str, stored: Callable[[], int]) -> None:
    before = stored()
    would_be = rehearsed(service, slug, FIRST)
    assert (would_be.status, would_be.json["revision"], would_be.json["slug"]) == (200, 1, slug)
    assert (would_be.json["notices"], would_be.json["marks"]) == ([], {"intact": 0, "changed": 0, "lost": 0})
    assert stored() == before
    is_problem(service.get(f"/api/v1/articles/{slug}"), 404)
    assert is_problem(rehearsed(service, slug, "<p> "), 422)["errors"][0]["rule"] == "no-text"


def test_where_nothing_is_revised_nothing_is_done_to_marks(service: Service, marked: str) -> None:
    for answer in (rehearsed(service, marked, FIRST), service.publish(marked, FIRST)):
        assert (answer.json["revision"], answer.json["notices"], answer.json["marks"]) == (1, [], None)


@pytest.mark.parametrize("value", ["true", "yes", "", "11"])
def test_what_may_be_meant_as_a_dry_run_publishes_nothing(service: Service, slug: str, value: str) -> None:
    path = f"/api/v1/articles/{slug}?dry_run={value}"
    assert "dry_run" in is_problem(service.call("PUT", path, {"html": FIRST}, PUBLISHER), 400)["detail"]
    is_problem(service.get(f"/api/v1/articles/{slug}"), 404)


def test_a_dry_run_needs_a_key(service: Service, slug: str) -> None:
    is_problem(service.call("PUT", f"/api/v1/articles/{slug}?dry_run=1", {"html": FIRST}), 401)


def test_marks_of_earlier_revisions_count_where_they_stand(service: Service, marked: str) -> None:
    service.publish(marked, EDITED)
    service.share(marked, "A new pier")
    told = service.publish(marked, EDITED.replace("<p>A new pier was opened in May.</p>", "")).json
    assert told["marks"] == {"intact": 3, "changed": 0, "lost": 1}


def test_more_marks_than_a_request_can_wait_for_are_not_counted(
    service: Service, marked: str, by_clock: Callable[..., FlaskClient]
) -> None:
    service.publish(marked, EDITED)
    with by_clock(lambda: datetime.now(UTC)).application.app_context():
        article, impact = services().articles.head(marked), services().impact
        assert impact.counted(article, 1, 2, shares=0) is None
        assert impact.counted(article, 1, 2, passages=3) is None
        counted = impact.counted(article, 1, 2, passages=4)
        assert counted is not None
        assert (counted.intact, counted.changed, counted.lost) == tuple(MARKS.values())


def test_the_command_says_it_in_lines(service: Service, marked: str, file: str) -> None:
    dry = service.flask("articles", "publish", file, "--dry-run")
    assert dry.returncode == 0
    assert dry.stdout.splitlines()[-2:] == LINES
    assert service.get(f"/api/v1/articles/{marked}").json["revision"] == 1
    done = service.flask("articles", "publish", file)
    assert done.stdout.splitlines() == [f"{marked}: revision 2", "  marks: 2 intact, 1 changed, 1 lost", *LINES]


def test_strictly_nothing_is_published_that_loses_something(
    service: Service, marked: str, file: str, stored: Callable[[], int]
) -> None:
    before = stored()
    for more in ([], ["--dry-run"]):
        refused = service.flask("articles", "publish", file, "--strict", *more)
        assert refused.returncode == 1
        (line,) = refused.stderr.splitlines()
        assert line.startswith("Error: ")
        assert "left out" in line
    assert (stored(), service.get(f"/api/v1/articles/{marked}").json["revision"]) == (before, 1)
    Path(file).write_text(EDITED)
    assert service.flask("articles", "publish", file, "--strict").returncode == 0
    assert service.get(f"/api/v1/articles/{marked}").json["revision"] == 2


def test_a_proof_is_one_file_with_the_page_and_its_notices(
    service: Service, marked: str, file: str, tmp_path: Path
) -> None:
    hostile = "<button>&lt;/style>&lt;script>alert(1)&lt;/script>\x1b[31m</button>"
    Path(file).write_text(LOSSY + hostile)
    out = tmp_path / "proof.html"
    done = service.flask("articles", "publish", file, "--dry-run", "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    page = BeautifulSoup(out.read_text(), "html.parser")
    assert page.find(["script", "link", "img", "iframe"]) is None
    assert "default-src 'none'" in str(page.find("meta", {"http-equiv": "Content-Security-Policy"}))
    article, notices = page.find(id="article"), page.find(class_="notice")
    assert article is not None
    assert notices is not None
    told = [item.get_text() for item in notices.find_all("li")]
    assert told == ['left out: 3 × control, such as "Share it, please"', 'left out: 1 × date, such as "03/04/2026"']
    assert "2 intact, 1 changed, 1 lost" in notices.get_text()
    assert service.get(f"/api/v1/articles/{marked}").json["revision"] == 1
    service.publish(marked, LOSSY + hostile)
    assert article.get_text() == service.text(marked)


@pytest.mark.parametrize(
    ("options", "code", "named"),
    [(["--out", "x.html"], 2, "--dry-run"), (["--dry-run", "--out", "/no/such/folder/x.html"], 1, "No such file")],
)
def test_a_proof_that_cannot_be(service: Service, file: str, options: list[str], code: int, named: str) -> None:
    failed = service.flask("articles", "publish", file, *options)
    assert (failed.returncode, named in failed.stderr) == (code, True)
