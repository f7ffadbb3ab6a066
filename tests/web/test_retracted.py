"""Retracted revisions: words that by law must no longer be shown."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from snippetsvc.errors import Gone
from tests.service import Service
from tests.store.backings import Backing
from tests.store.servers import Server
from tests.web.ferry import EDITED, FIRST, MOVED, statuses


def test_words_that_still_stand_keep_their_marks_and_the_rest_is_gone(
    service: Service, slug: str, edited_link: str
) -> None:
    for path in ("", "?as=marked", "/print", ".txt"):
        service.get(f"/s/{edited_link}{path}")
    done = service.flask("articles", "retract", slug, "1")
    assert done.returncode == 0, done.stderr
    found = statuses(service, edited_link)
    assert found["children travel free of charge"] == found["the crossing takes an hour longer"] == "intact"
    # Of the two others nobody may say what they were.
    assert len(found) == 3
    assert None in found
    for path in (
        "",
        "?as=marked",
        "?marks=off",
        "/print",
        "?only=snippets",
        "/print?only=snippets",
        ".txt",
        ".md",
        ".json",
        ".jsonld",
    ):
        answer = service.get(f"/s/{edited_link}{path}")
        assert "Lindholm" not in answer.text, path
        assert "at six" not in answer.text, path
    assert service.get(f"/s/{edited_link}?as=marked").status == 410
    assert service.get(f"/articles/{slug}?revision=1").status == 410
    assert service.get(f"/api/v1/articles/{slug}/text?revision=1").status == 410
    assert service.get(f"/s/{edited_link}").status == 200
    assert 'property="og:description"' not in service.get(f"/s/{edited_link}").text


def test_nothing_of_it_stays_in_the_files(service: Service, backing: Backing, slug: str) -> None:
    word = "Quisquilian" + slug.replace("-", "")
    service.publish(slug, f"<h1>T</h1><p>{word} was said.</p><p>Other words stay.</p>")
    service.share(slug, "Other words stay.")
    service.publish(slug, "<h1>T</h1><p>Other words stay.</p>")
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    files = backing.files()
    assert files
    assert not [path for path in files if word.encode() in path.read_bytes()]


def test_the_title_goes_with_the_headline_it_was_published_with(service: Service, slug: str) -> None:
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


def test_a_store_that_may_not_rewrite_its_files(tmp_path: Path) -> None:
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


def test_a_revision_with_the_same_words_is_named(service: Service, slug: str, edited_link: str) -> None:
    service.flask("articles", "revert", slug, "1")
    done = service.flask("articles", "retract", slug, "1", "1")
    assert done.stdout.startswith(f"{slug}: retracted 1; revision 3 is current\n")
    assert done.stderr == "revision 3 holds the same words, and is still shown\n"


def test_the_page_of_a_retracted_revision_leads_to_the_article(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    service.get(f"/articles/{slug}")
    for path in (f"/articles/{slug}?revision=1", f"/articles/{slug}/print?revision=1", f"/s/{edited_link}?as=marked"):
        page = service.get(path)
        assert page.status == 410
        assert f'href="/articles/{slug}"' in page.text


def test_a_head_that_was_read_before_does_not_show_an_empty_revision(
    service: Service, slug: str, edited_link: str, later: Callable[..., FlaskClient]
) -> None:
    services = later(0).application.extensions["snippetsvc"].services
    opened = services.shares.open(edited_link)
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    assert services.views.of(opened).document.text
    with pytest.raises(Gone):
        services.views.of(opened, as_marked=True)


def test_while_it_is_read_and_marked(service: Service, slug: str, edited_link: str) -> None:
    """Nobody meets an error, nor an empty article, nor, once it is done, a word of it."""
    paths = [
        f"/s/{edited_link}",
        f"/s/{edited_link}/print",
        f"/s/{edited_link}.json",
        f"/api/v1/shares/{edited_link}",
        f"/articles/{slug}",
    ]
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


def test_the_newest_that_is_left_becomes_current(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "retract", slug, "2").returncode == 0
    assert service.get(f"/api/v1/articles/{slug}").json["revision"] == 1
    assert set(statuses(service, edited_link).values()) == {"intact"}


def test_with_none_left_all_is_gone_until_it_is_published_again(service: Service, slug: str, edited_link: str) -> None:
    assert service.flask("articles", "retract", slug, "1", "2").returncode == 0
    for path in (f"/articles/{slug}", f"/s/{edited_link}", f"/api/v1/articles/{slug}", f"/api/v1/shares/{edited_link}"):
        assert service.get(path).status == 410
    service.publish(slug, "<h1>The ferry</h1><p>Nothing to be said.</p>")
    share = service.get(f"/api/v1/shares/{edited_link}").json
    assert [(each["status"], each["quote"]) for each in share["snippets"]] == [("lost", None)] * 4
    assert service.get(f"/s/{edited_link}").status == 200


def test_marks_of_a_retracted_revision_count_where_they_stand(
    service: Service, slug: str, edited_link: str, tmp_path: Path
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


def test_in_two_steps(service: Service, slug: str, edited_link: str) -> None:
    """What was left of the first revision lay in the second, which is retracted as well."""
    service.publish(slug, EDITED.replace("A new pier was opened in May.", "The pier is closed."))
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    assert service.flask("articles", "retract", slug, "3").returncode == 0
    found = statuses(service, edited_link)
    assert found["children travel free of charge"] == "intact"
    assert found["the crossing takes an hour longer"] == "intact"


@pytest.mark.parametrize(
    ("second", "third"),
    [
        pytest.param(EDITED, EDITED.replace("seven", "eight"), id="before it was retracted"),
        pytest.param(FIRST.replace("six", "seven"), EDITED, id="after it was retracted"),
    ],
)
def test_what_moved_says_so_in_either_step(service: Service, slug: str, second: str, third: str) -> None:
    service.publish(slug, FIRST)
    moved, unmoved = (
        service.share(slug, words)["token"]
        for words in ("the crossing takes an hour longer", "children travel free of charge")
    )
    service.publish(slug, second)
    assert service.flask("articles", "retract", slug, "1").returncode == 0
    service.publish(slug, third)
    assert MOVED["en"] in service.get(f"/s/{moved}").text
    assert MOVED["en"] not in service.get(f"/s/{unmoved}").text
