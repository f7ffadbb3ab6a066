"""A link outlives the edits of its article: right place, or an honest word."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from snippetsvc.anchoring import Alignment, carry_through
from snippetsvc.errors import Gone
from snippetsvc.service.history import History
from snippetsvc.store import Store
from tests.service import Service
from tests.store.backings import Backing
from tests.store.servers import Server

FIRST = """<h1>The ferry</h1><p>The first ferry leaves at six in the morning and carries forty cars.</p>
<p>Tickets are sold on board, and children travel free of charge.</p>
<p>The captain, Anna Lindholm, has crossed the strait nine thousand times.</p>
<p>In winter the crossing takes an hour longer because of the ice.</p>"""
EDITED = """<h1>The ferry</h1><p>A new pier was opened in May.</p>
<p>In winter the crossing takes an hour longer because of the ice.</p>
<p>The first ferry leaves at seven in the morning and carries forty cars.</p>
<p>Tickets are sold on board, and children travel free of charge.</p>"""
QUOTES = (
    "children travel free of charge",  # stays
    ("leaves at six in the morning and carries", "green"),  # edited
    ("The captain, Anna Lindholm, has crossed the strait", "blue"),  # deleted
    ("the crossing takes an hour longer", "pink"),  # moved
)


@pytest.fixture
def link(service: Service, slug: str) -> str:
    """The token of a share of FIRST whose article is EDITED by now."""
    service.publish(slug, FIRST)
    token: str = service.share(slug, *QUOTES)["token"]
    service.publish(slug, EDITED)
    return token


def statuses(service: Service, token: str) -> dict[str, str]:
    snippets = service.get(f"/api/v1/shares/{token}").json["snippets"]
    return {snippet["quote"]: snippet["status"] for snippet in snippets}


def test_the_api_says_what_became_of_each_snippet(service: Service, slug: str, link: str) -> None:
    share = service.get(f"/api/v1/shares/{link}").json
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


def test_the_page_draws_what_has_a_place_and_lists_what_has_none(service: Service, link: str) -> None:
    page = service.get(f"/s/{link}").text
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


def test_as_it_was_marked_and_back(service: Service, link: str) -> None:
    page = service.get(f"/s/{link}?as=marked").text
    assert 'data-revision="1"' in page
    assert re.findall(r'data-status="(\w+)"[^>]* id="snippet', page) == ["intact"] * 4
    assert f'href="/s/{link}"' in page
    assert "as=marked" in service.get(f"/s/{link}").text


@pytest.mark.parametrize("path", ["", "/print", "/print?only=snippets", "/print?marks=off", "?as=marked"])
def test_links_within_the_page_lead_somewhere(service: Service, link: str, path: str) -> None:
    page = service.get(f"/s/{link}{path}").text
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r' id="([^"]+)"', page))


@pytest.mark.parametrize("path", ["/print", "/print?only=snippets", ".txt", ".md", ".jsonld"])
def test_print_and_exports_tell_it_too(service: Service, link: str, path: str) -> None:
    page = service.get(f"/s/{link}{path}").text
    assert "Anna Lindholm" in page
    assert "no longer in the article" in page
    assert "edited after they were marked" in page
    assert "seven" in page
    assert re.search(r"\bsix\b", page)


def test_the_way_back_restores_every_mark(service: Service, slug: str, link: str) -> None:
    assert service.flask("articles", "revert", slug, "1").stdout == f"{slug}: revision 3\n"
    assert set(statuses(service, link).values()) == {"intact"}


def test_a_passage_that_is_gone_for_a_while_is_found_again(service: Service, slug: str, link: str) -> None:
    service.publish(slug, EDITED.replace("seven", "eight"))
    service.publish(slug, FIRST.replace("forty", "fifty"))
    assert statuses(service, link)["The captain, Anna Lindholm, has crossed the strait"] == "intact"


def test_what_is_kept_of_the_way_changes_nothing(
    service: Service, slug: str, link: str, later: Callable[..., FlaskClient]
) -> None:
    """Whatever is composed and kept between revisions, in whichever order it is asked for."""
    for number in range(3, 8):
        service.publish(slug, EDITED.replace("seven", f"number {number}") + f"<p>Note {number % 3}.</p>" * (number % 2))
    services = later(0).application.extensions["snippetsvc"].services
    opened = services.shares.open(link)
    history = History(services.library)
    texts = [services.library.document(opened.article, number).text for number in range(1, 8)]
    marked = [snippet.span for snippet in opened.share.snippets]
    for old, new in ((1, 3), (1, 6), (1, 7), (1, 5), (2, 7), (7, 1), (1, 2), (4, 4)):
        steps = texts[old - 1 : new] if old <= new else texts[new - 1 : old][::-1]
        spans = [span for span in marked if span.end <= len(steps[0])]
        found = history.way(opened.article, old, new).carry(spans)
        assert found == carry_through(steps, spans), (old, new)


def test_what_another_release_has_kept_is_made_again(
    service: Service, slug: str, link: str, backing: Backing, store: Store, later: Callable[..., FlaskClient]
) -> None:
    number = store.find(slug)
    assert number is not None
    known = statuses(service, link)
    for record in (b"nonsense", msgspec.msgpack.encode([1, b"\xffof a later format"])):
        backing.ask("SET", f"snip:alignment:{{{number}}}:1:2", record)
        assert later(0).get(f"/s/{link}").status_code == 200
        assert statuses(service, link) == known
        stored = store.alignment(number, 1, 2)
        assert stored is not None
        assert Alignment.from_bytes(stored).pieces


def test_diff_counts_what_a_revision_does_to_the_marks(service: Service, slug: str, link: str) -> None:
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


class TestRetracted:
    """Words that by law must no longer be shown."""

    def test_words_that_still_stand_keep_their_marks_and_the_rest_is_gone(
        self, service: Service, slug: str, link: str
    ) -> None:
        for path in ("", "?as=marked", "/print", ".txt"):
            service.get(f"/s/{link}{path}")
        done = service.flask("articles", "retract", slug, "1")
        assert done.returncode == 0, done.stderr
        found = statuses(service, link)
        assert found["children travel free of charge"] == found["the crossing takes an hour longer"] == "intact"
        # Of the two others nobody may say what they were.
        assert len(found) == 3
        assert None in found
        for path in (
            "",
            "?as=marked",
            "?marks=off",
            "/print",
            "/print?only=snippets",
            ".txt",
            ".md",
            ".json",
            ".jsonld",
        ):
            answer = service.get(f"/s/{link}{path}")
            assert "Lindholm" not in answer.text, path
            assert "at six" not in answer.text, path
        assert service.get(f"/s/{link}?as=marked").status == 410
        assert service.get(f"/articles/{slug}?revision=1").status == 410
        assert service.get(f"/api/v1/articles/{slug}/text?revision=1").status == 410
        assert service.get(f"/s/{link}").status == 200
        assert 'property="og:description"' not in service.get(f"/s/{link}").text

    def test_nothing_of_it_stays_in_the_files(self, service: Service, backing: Backing, slug: str) -> None:
        word = "Quisquilian" + slug.replace("-", "")
        service.publish(slug, f"<h1>T</h1><p>{word} was said.</p><p>Other words stay.</p>")
        service.share(slug, "Other words stay.")
        service.publish(slug, "<h1>T</h1><p>Other words stay.</p>")
        assert service.flask("articles", "retract", slug, "1").returncode == 0
        files = backing.files()
        assert files
        assert not [path for path in files if word.encode() in path.read_bytes()]

    def test_the_title_goes_with_the_headline_it_was_published_with(self, service: Service, slug: str) -> None:
        service.publish(slug, "<h1>A theft</h1><p>Somebody took the cup.</p>")
        token = service.share(slug, "took the cup")["token"]
        service.publish(slug, "<h1>Lindholm is a thief</h1><p>Somebody took the cup.</p>", title="Lindholm! | News")
        for path in ("/", f"/s/{token}"):
            assert "Lindholm" in service.get(path).text
        assert service.flask("articles", "retract", slug, "2").returncode == 0
        assert service.get(f"/api/v1/articles/{slug}").json["title"] == "A theft"
        for path in (
            *("/", f"/articles/{slug}", f"/s/{token}", f"/s/{token}/print", f"/s/{token}.txt", f"/s/{token}.md"),
            *(f"/s/{token}.jsonld", f"/oembed?url={service.url}/s/{token}", "/api/v1/articles"),
        ):
            answer = service.get(path)
            assert "Lindholm" not in answer.text + str(answer.headers), path
        assert service.flask("articles", "retract", slug, "1").returncode == 0
        assert "A theft" not in service.get(f"/articles/{slug}").text
        service.publish(slug, "<p>Nothing to be said.</p>")
        assert service.get(f"/api/v1/articles/{slug}").json["title"] == slug

    def test_a_store_that_may_not_rewrite_its_files(self, tmp_path: Path) -> None:
        with (
            Server("--appendonly", "yes") as server,
            Service(tmp_path / "data", REDIS_URL=server.url, SECRET_KEYS="a" * 32) as service,
        ):
            service.publish("ferry", FIRST)
            token = service.share("ferry", "Anna Lindholm")["token"]
            service.publish("ferry", EDITED)
            server.ask("ACL", "SETUSER", "default", "-bgrewriteaof")
            done = service.flask("articles", "retract", "ferry", "1")
            assert done.returncode == 1
            assert "does not permit BGREWRITEAOF" in done.stderr
            assert len(done.stderr.splitlines()) == 1
            assert "Lindholm" not in service.get(f"/s/{token}").text
            server.ask("ACL", "SETUSER", "default", "+bgrewriteaof")
            assert service.flask("articles", "retract", "ferry", "1").returncode == 0

    def test_a_revision_with_the_same_words_is_named(self, service: Service, slug: str, link: str) -> None:
        service.flask("articles", "revert", slug, "1")
        done = service.flask("articles", "retract", slug, "1", "1")
        assert done.stdout.startswith(f"{slug}: retracted 1; revision 3 is current\n")
        assert done.stderr == "revision 3 holds the same words, and is still shown\n"

    def test_the_page_of_a_retracted_revision_leads_to_the_article(
        self, service: Service, slug: str, link: str
    ) -> None:
        assert service.flask("articles", "retract", slug, "1").returncode == 0
        service.get(f"/articles/{slug}")
        for path in (f"/articles/{slug}?revision=1", f"/articles/{slug}/print?revision=1", f"/s/{link}?as=marked"):
            page = service.get(path)
            assert page.status == 410
            assert f'href="/articles/{slug}"' in page.text

    def test_a_head_that_was_read_before_does_not_show_an_empty_revision(
        self, service: Service, slug: str, link: str, later: Callable[..., FlaskClient]
    ) -> None:
        services = later(0).application.extensions["snippetsvc"].services
        opened = services.shares.open(link)
        assert service.flask("articles", "retract", slug, "1").returncode == 0
        assert services.views.of(opened).document.text
        with pytest.raises(Gone):
            services.views.of(opened, as_marked=True)

    def test_while_it_is_read_and_marked(self, service: Service, slug: str, link: str) -> None:
        """Nobody meets an error, nor an empty article, nor, once it is done, a word of it."""
        paths = [f"/s/{link}", f"/s/{link}/print", f"/s/{link}.json", f"/api/v1/shares/{link}", f"/articles/{slug}"]
        mark = {"article": slug, "snippets": [{"selectors": [{"type": "TextQuoteSelector", "exact": "the ice."}]}]}
        stopped = threading.Event()
        met: list[tuple[str, int, bool]] = []

        def read(path: str) -> None:
            while not stopped.is_set():
                answer = service.get(path)
                met.append((path, answer.status, "free of charge" in answer.text))

        def mark_it() -> None:
            while not stopped.is_set():
                answer = service.call("POST", "/api/v1/shares", mark)
                met.append(("POST", answer.status, "the ice." in answer.text))

        with ThreadPoolExecutor() as readers:
            running = [readers.submit(read, path) for path in paths] + [readers.submit(mark_it)]
            try:
                for number in range(3, 8):
                    service.publish(slug, EDITED.replace("seven", f"Quisque {number}"))
                    assert service.flask("articles", "retract", slug, str(number)).returncode == 0
                    assert not [path for path in paths if "Quisque" in service.get(path).text]
            finally:
                stopped.set()
            for each in running:
                each.result()
        assert {(status, whole) for path, status, whole in met if path != "POST"} == {(200, True)}
        assert {(status, whole) for path, status, whole in met if path == "POST"} == {(201, True)}

    def test_the_newest_that_is_left_becomes_current(self, service: Service, slug: str, link: str) -> None:
        assert service.flask("articles", "retract", slug, "2").returncode == 0
        assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 1
        assert set(statuses(service, link).values()) == {"intact"}

    def test_with_none_left_all_is_gone_until_it_is_published_again(
        self, service: Service, slug: str, link: str
    ) -> None:
        assert service.flask("articles", "retract", slug, "1", "2").returncode == 0
        for path in (f"/articles/{slug}", f"/s/{link}", f"/api/v1/articles/{slug}", f"/api/v1/shares/{link}"):
            assert service.get(path).status == 410
        service.publish(slug, "<h1>The ferry</h1><p>Nothing to be said.</p>")
        share = service.get(f"/api/v1/shares/{link}").json
        assert [(each["status"], each["quote"]) for each in share["snippets"]] == [("lost", None)] * 4
        assert service.get(f"/s/{link}").status == 200

    def test_marks_of_a_retracted_revision_count_where_they_stand(
        self, service: Service, slug: str, link: str, tmp_path: Path
    ) -> None:
        service.share(slug, "carries forty cars", "A new pier was opened")
        assert service.flask("articles", "retract", slug, "2").returncode == 0
        file = tmp_path / f"{slug}.html"
        file.write_text(FIRST.replace("free of charge", "for nothing"))
        counted = "5 marks on revision 1; in {}: 4 intact, 1 changed, 0 lost"
        dry = service.flask("articles", "publish", str(file), "--dry-run").stdout
        assert dry.startswith(f"{slug}: {counted.format('what would be revision 3')}\n")
        service.publish(slug, file.read_text())
        assert service.flask("articles", "diff", slug, "1", "3").stdout.startswith(
            f"{slug}: {counted.format('revision 3')}\n"
        )

    def test_in_two_steps(self, service: Service, slug: str, link: str) -> None:
        """What was left of the first revision lay in the second, which is retracted as well."""
        service.publish(slug, EDITED.replace("A new pier was opened in May.", "The pier is closed."))
        assert service.flask("articles", "retract", slug, "1").returncode == 0
        assert service.flask("articles", "retract", slug, "3").returncode == 0
        found = statuses(service, link)
        assert found["children travel free of charge"] == "intact"
        assert found["the crossing takes an hour longer"] == "intact"


def test_a_revert_brings_the_title_and_a_withdrawn_article_back(service: Service, slug: str) -> None:
    service.publish(slug, "<h1>Old</h1><p>Words.</p>", lang="en")
    service.publish(slug, "<h1>New</h1><p>Words.</p>", title="New | News")
    assert service.flask("articles", "revert", slug, "1").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["title"] == "Old"
    assert service.flask("articles", "withdraw", slug).returncode == 0
    assert service.flask("articles", "diff", slug, "1", "2").returncode == 0
    assert service.get(f"/articles/{slug}").status == 410
    assert service.flask("articles", "revert", slug, "2").stdout == f"{slug}: revision 4\n"
    assert service.get(f"/articles/{slug}").status == 200
    service.flask("articles", "withdraw", slug)
    assert service.flask("articles", "revert", slug, "2").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 4
    service.publish(slug, "<h1>New</h1><p>Other words.</p>", title="New | News")
    service.flask("articles", "revert", slug, "2")
    assert service.get(f"/api/v1/articles/{slug}").json["title"] == "New | News"


def test_withdrawn_and_published_again(service: Service, slug: str, link: str) -> None:
    assert service.flask("articles", "withdraw", slug).returncode == 0
    assert [service.get(path).status for path in (f"/articles/{slug}", f"/s/{link}")] == [410, 410]
    assert service.publish(slug, EDITED).status == 200
    assert [service.get(path).status for path in (f"/articles/{slug}", f"/s/{link}")] == [200, 200]


def test_renamed(service: Service, slug: str, link: str) -> None:
    assert service.flask("articles", "rename", slug, f"{slug}-new").returncode == 0
    moved = service.get(f"/articles/{slug}")
    assert (moved.status, moved.headers["location"]) == (301, f"/articles/{slug}-new")
    assert service.get(f"/s/{link}").status == 200
    assert service.get(f"/api/v1/shares/{link}").json["article"] == f"{slug}-new"
    service.publish(f"{slug}-other", FIRST)
    taken = service.flask("articles", "rename", f"{slug}-new", f"{slug}-other")
    assert taken.returncode == 1
    assert len(taken.stderr.splitlines()) == 1
